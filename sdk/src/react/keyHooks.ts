import type { UseMutationResult } from "@tanstack/react-query";
import type {
  CreateBudgetKeyParameters,
  GetBudgetKeyUsageReturnType,
  ListBudgetKeysReturnType,
  RenameBudgetKeyParameters,
  RevokeBudgetKeyParameters,
} from "../actions/budgetKeys/index.ts";
import type { OpenResult } from "../actions/tab/opening.ts";
import type { StelaiError } from "../errors/base.ts";
import type { BudgetKey } from "../wireKeys.ts";
import { useSignedInAccount } from "./peopleQueries.ts";
import { type Query, type QueryOptions, useStelaiQuery } from "./query.ts";
import { type TransactionMutation, type TransactionOptions, useAction, useTransaction } from "./transaction.ts";

/** The API keys of the account signed in, newest first, with what is left of each. */
export function useBudgetKeys(options?: QueryOptions): Query<ListBudgetKeysReturnType> {
  return useStelaiQuery(["budgetKeys", useSignedInAccount()], (stelai) => stelai.budgetKeys.list(), options);
}

/** What was charged to an API key, by day and by character. */
export function useBudgetKeyUsage(id: string | undefined, options?: QueryOptions): Query<GetBudgetKeyUsageReturnType> {
  return useStelaiQuery(
    ["budgetKeyUsage", useSignedInAccount(), id],
    (stelai) => stelai.budgetKeys.getUsage({ id: id ?? "" }),
    options,
  );
}

/** Told the key as soon as its tab's opening was sent: it is told no second time. */
export type CreateBudgetKeyOptions = TransactionOptions & { onKey: (made: { id: string; key: string }) => void };

/** Makes an API key with one signature. It pays once the mutation has ended. */
export function useCreateBudgetKey({
  onKey,
  ...options
}: CreateBudgetKeyOptions): TransactionMutation<CreateBudgetKeyParameters, OpenResult & { budgetKey: BudgetKey }> {
  return useTransaction(
    async (stelai, parameters: CreateBudgetKeyParameters) => {
      const { id, key, ...sent } = await stelai.budgetKeys.create(parameters);
      onKey({ id, key });
      return sent;
    },
    { ...options, name: "useCreateBudgetKey" },
  );
}

/** Calls an API key something else. */
export function useRenameBudgetKey(): UseMutationResult<BudgetKey, StelaiError, RenameBudgetKeyParameters> {
  return useAction((stelai, parameters: RenameBudgetKeyParameters) => stelai.budgetKeys.rename(parameters), {
    name: "useRenameBudgetKey",
  });
}

/** Ends an API key for good; what is left of its cap comes back. */
export function useRevokeBudgetKey(): UseMutationResult<BudgetKey, StelaiError, RevokeBudgetKeyParameters> {
  return useAction((stelai, parameters: RevokeBudgetKeyParameters) => stelai.budgetKeys.revoke(parameters), {
    name: "useRevokeBudgetKey",
  });
}
