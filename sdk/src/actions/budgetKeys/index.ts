export * from "./createBudgetKey.ts";
export * from "./getBudgetKeyUsage.ts";
export * from "./listBudgetKeys.ts";
export * from "./renameBudgetKey.ts";
export * from "./revokeBudgetKey.ts";
