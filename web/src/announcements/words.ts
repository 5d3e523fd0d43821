/** Importing this brings the sentences of announcements, in the language that is active: they are no part of the frame's. */
import { messages as english } from "virtual:catalogue/en/announcements";
import { i18n } from "../i18n/index.ts";

const messages = i18n.locale === "en-XA" ? (await import("virtual:catalogue/en-XA/announcements")).messages : english;
i18n.load(i18n.locale, messages);
