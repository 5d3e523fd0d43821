export * from "./chat.ts";
export * from "./createFetch.ts";
export * from "./getQuote.ts";
export type { AgreedQuote, ChatParameters } from "./prepare.ts";
export type { Charge } from "./settleAnswer.ts";
export * from "./streamChat.ts";
