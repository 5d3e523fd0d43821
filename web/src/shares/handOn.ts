/** Gives a link to the device's own sheet. Whoever closes that has decided so: it is no failure. */
export async function handOn(what: ShareData, share = (data: ShareData) => navigator.share(data)): Promise<void> {
  try {
    await share(what);
  } catch (error) {
    if (!(error instanceof DOMException && error.name === "AbortError")) throw error;
  }
}
