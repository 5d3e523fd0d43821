/** The statement's actions by the names that `createStelai` gives them. */
import * as actions from "../actions/statement/index.ts";
import type { StelaiClient } from "../client.ts";

const { auditBill, termsKey: _termsKey, ...asked } = actions;

export const statement = {
  ...asked,
  /** Needs no client: a bill is checked by what is in it. */
  auditBill: (_client: StelaiClient, parameters: actions.AuditBillParameters) => auditBill(parameters),
};
