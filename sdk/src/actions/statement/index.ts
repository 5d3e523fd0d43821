export * from "./auditBill.ts";
export * from "./auditTab.ts";
export * from "./getFullStatement.ts";
export * from "./getStatement.ts";
export * from "./readBill.ts";
