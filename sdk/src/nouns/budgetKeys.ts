/** The actions of API keys by the names that `createStelai` gives them; their code is fetched when the first is called. */
import * as actions from "../actions/budgetKeys/index.ts";

export const budgetKeys = {
  create: actions.createBudgetKey,
  list: actions.listBudgetKeys,
  getUsage: actions.getBudgetKeyUsage,
  rename: actions.renameBudgetKey,
  revoke: actions.revokeBudgetKey,
};
