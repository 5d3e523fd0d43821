export * from "./chat.ts";
export * from "./mutations.ts";
export * from "./provider.ts";
export * from "./queries.ts";
