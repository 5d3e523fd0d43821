import { messages as english } from "virtual:catalogue/en";
import { i18n } from "@lingui/core";
import type { MessageId } from "../locales/en/index.ts";

/** BCP 47 tags of the catalogues that exist; `en-XA` is the pseudo-locale. */
export type Locale = "en" | "en-XA";

/** What a message's ICU arguments may be. Money and other bigints are formatted before. */
export type MessageValues = Record<string, string | number>;

/** A sentence to be said later, in whatever language is then chosen. */
export interface Message {
  readonly id: MessageId;
  readonly values?: MessageValues | undefined;
}

function requestedLocale(): Locale {
  const fromAddress = new URLSearchParams(window.location.search).get("locale");
  return fromAddress === "en-XA" ? "en-XA" : "en";
}

/** Activates the catalogue that the address asks for (`?locale=en-XA`), or English. */
export async function activateLocale(locale: Locale = requestedLocale()): Promise<void> {
  const messages = locale === "en" ? english : (await import("virtual:catalogue/en-XA")).messages;
  i18n.loadAndActivate({ locale, messages });
}

/** Says a message outside React; inside, use {@link useT}. */
export function say(message: Message): string {
  return i18n._(message.id, message.values);
}

export { i18n };
