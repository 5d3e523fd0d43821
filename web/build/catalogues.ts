import { compileMessageOrThrow } from "@lingui/message-utils/compileMessage";
import type { Plugin } from "vite";
import { pseudo } from "../src/i18n/pseudo.ts";
import { APART, en } from "../src/locales/en/index.ts";

const LOCALES = {
  en: (message: string) => compileMessageOrThrow(message),
  "en-XA": (message: string) => compileMessageOrThrow(message, pseudo),
};

const PREFIX = "virtual:catalogue/";

const apart = new Set(Object.values(APART).flatMap((area) => Object.keys(area)));
const frame = Object.fromEntries(Object.entries(en).filter(([id]) => !apart.has(id)));

/** What `virtual:catalogue/en` (the frame's messages) or `virtual:catalogue/en/studio` (an area's own) holds. */
function messagesOf(name: string): Record<string, unknown> | undefined {
  const [locale = "", area] = name.split("/");
  const compile = LOCALES[locale as keyof typeof LOCALES];
  const messages: Record<string, string> | undefined = area === undefined ? frame : APART[area as keyof typeof APART];
  if (!compile || !messages) return undefined;
  return Object.fromEntries(Object.entries(messages).map(([id, message]) => [id, compile(message)]));
}

/**
 * Compiles the message catalogues at build time, so that no ICU parser is shipped. `en-XA` is the
 * pseudo-locale: English with every translatable letter marked, for finding strings that bypass the catalogue.
 */
export function catalogues(): Plugin {
  return {
    name: "stelai:catalogues",
    resolveId: (id) => (id.startsWith(PREFIX) && messagesOf(id.slice(PREFIX.length)) ? `\0${id}` : undefined),
    load(id) {
      if (!id.startsWith(`\0${PREFIX}`)) return undefined;
      const messages = messagesOf(id.slice(PREFIX.length + 1));
      return `export const messages = JSON.parse(${JSON.stringify(JSON.stringify(messages))});`;
    },
    // The catalogue is read when the server starts: a changed sentence needs the server's own restart.
    handleHotUpdate({ file, server }) {
      if (file.includes("/src/locales/")) void server.restart();
    },
  };
}
