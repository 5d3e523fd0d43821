import type { StelaiClient } from "../../client.ts";
import { relayerRequest } from "../../internal/http.ts";
import type { BudgetKey } from "../../wireKeys.ts";

export type RevokeBudgetKeyParameters = { id: string };

/** As it stands now: `tab.closed` says whether what was left is back. */
export type RevokeBudgetKeyReturnType = BudgetKey;

/**
 * Ends an API key, at once and for good. What is being served is still charged; then the relayer closes the tab and pays
 * back what is left, without a signature or ETH of the account. Where it does not: `tab.requestClose`, then `tab.reclaim`.
 * @throws NotSignedInError, NotFoundError.
 *
 * @example
 * ```ts
 * const { state } = await stelai.budgetKeys.revoke({ id });
 * ```
 */
export async function revokeBudgetKey(
  client: StelaiClient,
  { id }: RevokeBudgetKeyParameters,
): Promise<RevokeBudgetKeyReturnType> {
  return relayerRequest(client, { path: `/v1/budget-keys/${id}`, method: "DELETE", signedIn: true });
}
