/* Shows what an operator sends by Web Push, and opens the feed. It keeps and fetches nothing. */
const WORDS = {};

self.addEventListener("push", (event) => {
  let sent = {};
  try {
    sent = event.data.json();
  } catch {
    // A message without words is told of all the same: a browser wants each one shown.
  }
  const title = WORDS.kinds[sent.kind] || WORDS.other;
  const options = { body: WORDS.body, tag: sent.id, icon: "/mark.svg" };
  event.waitUntil(self.registration.showNotification(title, options));
});

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  const url = new URL("/notifications", self.location.origin).href;
  const open = async () => {
    const pages = await self.clients.matchAll({ type: "window" });
    for (const page of pages) {
      try {
        await page.focus();
        return await page.navigate(url);
      } catch {
        // A page that this worker does not control cannot be led anywhere: another one, or a new one, is.
      }
    }
    return self.clients.openWindow(url);
  };
  event.waitUntil(open());
});
