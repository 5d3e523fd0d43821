export * from "./cancelGeneration.ts";
export * from "./chat.ts";
export * from "./createFetch.ts";
export * from "./deleteGeneration.ts";
export * from "./getFile.ts";
export * from "./getGeneration.ts";
export * from "./getMediaQuote.ts";
export * from "./getQuote.ts";
export * from "./getRecord.ts";
export * from "./image.ts";
export * from "./listGenerations.ts";
export type {
  AgreedMediaQuote,
  GenerateParameters,
  MadeModality,
  MediaSettings,
  QueuedGeneration,
} from "./media.ts";
export * from "./music.ts";
export type { AgreedQuote, ChatParameters } from "./prepare.ts";
export * from "./publishGeneration.ts";
export type { Charge } from "./settleAnswer.ts";
export type { Settled } from "./settleGeneration.ts";
export * from "./speech.ts";
export * from "./streamChat.ts";
export * from "./verifyProvenance.ts";
export * from "./video.ts";
export * from "./waitForGeneration.ts";
