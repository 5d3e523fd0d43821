import { runInNewContext } from "node:vm";
import { expect } from "chai";
import { pushWorkerScript } from "../../../build/pushWorker.ts";
import { en } from "../../locales/en/index.ts";

type Handler = (event: Record<string, unknown>) => void;

/** Runs the worker in a scope that has what it uses, and notes what it shows and opens. */
function started(pages: { focus(): Promise<void>; navigate(url: string): Promise<void> }[] = []) {
  const handlers: Record<string, Handler> = {};
  const shown: { title: string; options: { body: string; tag?: string } }[] = [];
  const opened: string[] = [];
  const self = {
    addEventListener: (name: string, handler: Handler) => {
      handlers[name] = handler;
    },
    registration: {
      showNotification: (title: string, options: { body: string }) => shown.push({ title, options }),
    },
    location: { origin: "https://stelai.example" },
    clients: { matchAll: async () => pages, openWindow: async (url: string) => opened.push(url) },
  };
  runInNewContext(pushWorkerScript(), { self, URL });
  const send = async (name: string, event: Record<string, unknown>) => {
    const waits: unknown[] = [];
    handlers[name]?.({ ...event, waitUntil: (wait: unknown) => waits.push(wait) });
    await Promise.all(waits);
  };
  return { send, shown, opened };
}

const click = { notification: { close: () => undefined } };

describe("push worker", () => {
  it("says in the catalogue's words what kind of thing has happened", async () => {
    const { send, shown } = started();
    await send("push", { data: { json: () => ({ id: "7", kind: "renewal_failed", characterId: "3", data: {} }) } });
    expect(shown).to.have.length(1);
    expect(shown[0]?.title).to.equal(en["feed.kind.renewalFailed"]);
    expect(shown[0]?.options).to.include({ body: en["push.notice"], tag: "7" });
  });

  it("shows something even when a message says nothing, as browsers demand", async () => {
    const { send, shown } = started();
    await send("push", { data: null });
    expect(shown[0]?.title).to.equal(en["feed.title"]);
  });

  it("opens the feed when it is clicked and no page is open", async () => {
    const { send, opened } = started();
    await send("notificationclick", click);
    expect(opened).to.deep.equal(["https://stelai.example/notifications"]);
  });

  it("leads an open page to the feed instead", async () => {
    const led: string[] = [];
    const page = {
      focus: async () => undefined,
      navigate: async (url: string) => {
        led.push(url);
      },
    };
    const { send, opened } = started([page]);
    await send("notificationclick", click);
    expect(led).to.deep.equal(["https://stelai.example/notifications"]);
    expect(opened).to.deep.equal([]);
  });
});
