import type { Stelai } from "@stelai/sdk";
import type { WorkMetadata } from "@stelai/sdk/wire";

/** Uploads by what they hold: going back and forth between form and sheet costs nothing of a day's allowance. */
const done = new Map<string, Promise<string>>();

/** Stores a work's metadata on IPFS, the same only once. The relayer wants a sign-in. @returns `ipfs://…`. */
export async function uploadMetadata(stelai: Stelai, workMetadata: WorkMetadata): Promise<string> {
  const write = (_: string, value: unknown) => (typeof value === "bigint" ? String(value) : value);
  const key = `${stelai.client.relayerUrl} ${JSON.stringify(workMetadata, write)}`;
  const running = done.get(key) ?? stelai.relayer.uploadContent({ workMetadata }).then(({ uri }) => uri);
  done.set(key, running);
  try {
    return await running;
  } catch (error) {
    done.delete(key);
    throw error;
  }
}
