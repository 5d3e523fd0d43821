/**
 * What of credits not every page needs, by the names that `createStelai` gives it; fetched when the first is called.
 * Balances are bound at once.
 */
import * as actions from "../actions/credits/index.ts";

const { CREDIT_ENTRY_KINDS: _kinds, getBalance: _balance, statementUrl: _url, ...waited } = actions;
const { listCreditHistory, revokeAllowance, topUpCredits, ...asked } = waited;

export const credits = {
  ...asked,
  listHistory: listCreditHistory,
  revoke: revokeAllowance,
  topUp: topUpCredits,
};
