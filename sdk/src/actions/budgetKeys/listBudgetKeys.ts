import type { StelaiClient } from "../../client.ts";
import { relayerRequest } from "../../internal/http.ts";
import type { BudgetKey } from "../../wireKeys.ts";

/** Newest first, those that were revoked among them; money in microcredits. */
export type ListBudgetKeysReturnType = BudgetKey[];

/**
 * The API keys of the account that is signed in, with what is left of each; never the keys themselves.
 * @throws NotSignedInError.
 *
 * @example
 * ```ts
 * const [{ id, name, state, tab }] = await stelai.budgetKeys.list();
 * const left = tab && tab.cap - tab.spent;
 * ```
 */
export async function listBudgetKeys(client: StelaiClient): Promise<ListBudgetKeysReturnType> {
  const list = await relayerRequest<{ data: BudgetKey[] }>(client, { path: "/v1/budget-keys", signedIn: true });
  return list.data;
}
