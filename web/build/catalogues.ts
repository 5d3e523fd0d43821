import { compileMessageOrThrow } from "@lingui/message-utils/compileMessage";
import type { Plugin } from "vite";
import { pseudo } from "../src/i18n/pseudo.ts";
import { en } from "../src/locales/en/index.ts";

const CATALOGUES = {
  "virtual:catalogue/en": (message: string) => compileMessageOrThrow(message),
  "virtual:catalogue/en-XA": (message: string) => compileMessageOrThrow(message, pseudo),
};

/**
 * Compiles the message catalogues at build time, so that no ICU parser is shipped. `en-XA` is the
 * pseudo-locale: English with every translatable letter marked, for finding strings that bypass the catalogue.
 */
export function catalogues(): Plugin {
  return {
    name: "stelai:catalogues",
    resolveId: (id) => (id in CATALOGUES ? `\0${id}` : undefined),
    load(id) {
      const compile = CATALOGUES[id.slice(1) as keyof typeof CATALOGUES];
      if (!id.startsWith("\0") || !compile) return undefined;
      const messages = Object.fromEntries(Object.entries(en).map(([key, message]) => [key, compile(message)]));
      return `export const messages = JSON.parse(${JSON.stringify(JSON.stringify(messages))});`;
    },
    // The catalogue is read when the server starts: a changed sentence needs the server's own restart.
    handleHotUpdate({ file, server }) {
      if (file.includes("/src/locales/")) void server.restart();
    },
  };
}
