import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Plugin } from "vite";
import { en } from "../src/locales/en/index.ts";
import { KIND_NAMES, KINDS } from "../src/people/feed/kinds.ts";

const FILE = "push.js";

const source = readFileSync(fileURLToPath(new URL("pushWorker.js", import.meta.url)), "utf8");

/** The worker's script, with the catalogue's words for each kind of notification. */
export function pushWorkerScript(): string {
  const words = {
    kinds: Object.fromEntries(KINDS.map((kind) => [kind, en[KIND_NAMES[kind]]])),
    other: en["feed.title"],
    body: en["push.notice"],
  };
  return source.replace("const WORDS = {};", () => `const WORDS = ${JSON.stringify(words)};`);
}

/** Serves the service worker that shows Web Push as `/push.js`: beside the page, so that its scope is the page's. */
export function pushWorker(): Plugin {
  return {
    name: "stelai:push-worker",
    configureServer: ({ middlewares }) =>
      void middlewares.use(`/${FILE}`, (_request, response) => {
        response.setHeader("content-type", "text/javascript");
        response.end(pushWorkerScript());
      }),
    generateBundle() {
      this.emitFile({ type: "asset", fileName: FILE, source: pushWorkerScript() });
    },
  };
}
