export * from "./claim.ts";
export * from "./claimAndRedeem.ts";
export * from "./collectFee.ts";
export { type FindFlowsParameters, type FindFlowsReturnType, findFlows } from "./findFlows.ts";
export * from "./flow.ts";
export * from "./getAccruedFee.ts";
export * from "./getClaimable.ts";
export * from "./getEarnings.ts";
export * from "./registerSplit.ts";
