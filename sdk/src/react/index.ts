export * from "./chat.ts";
export * from "./mutations.ts";
export * from "./provider.tsx";
export * from "./queries.ts";
