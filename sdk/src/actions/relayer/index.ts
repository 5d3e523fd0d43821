export * from "./getOperator.ts";
export * from "./getPersona.ts";
export * from "./getSeals.ts";
export * from "./report.ts";
export * from "./signIn.ts";
export * from "./signOut.ts";
export * from "./uploadContent.ts";
export * from "./uploadPersona.ts";
