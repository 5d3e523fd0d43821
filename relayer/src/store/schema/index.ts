export * from "./access.ts";
export * from "./base.ts";
export * from "./generations.ts";
export * from "./market.ts";
export * from "./metering.ts";
export * from "./operation.ts";
export * from "./people.ts";
export * from "./social.ts";
