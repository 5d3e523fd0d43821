/** Importing this brings the sentences of the desk where roles change things, in the language that is active: they are no part of the frame's. */
import { messages as english } from "virtual:catalogue/en/admin";
import { i18n } from "../../i18n/index.ts";

const messages = i18n.locale === "en-XA" ? (await import("virtual:catalogue/en-XA/admin")).messages : english;
i18n.load(i18n.locale, messages);
