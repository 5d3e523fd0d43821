import type { StelaiClient } from "../../client.ts";
import { relayerRequest } from "../../internal/http.ts";
import type { BudgetKeyUsage } from "../../wireKeys.ts";

export type GetBudgetKeyUsageParameters = { id: string };

/** Money in microcredits. */
export type GetBudgetKeyUsageReturnType = BudgetKeyUsage;

/**
 * What was charged to a key, by day and by character. Each receipt is in the statement of its tab, which
 * `statement.getFullStatement` reads and `statement.auditBill` checks, as any other tab's.
 * @throws NotSignedInError, NotFoundError.
 *
 * @example
 * ```ts
 * const { requests, amount, days, characters } = await stelai.budgetKeys.getUsage({ id });
 * ```
 */
export async function getBudgetKeyUsage(
  client: StelaiClient,
  { id }: GetBudgetKeyUsageParameters,
): Promise<GetBudgetKeyUsageReturnType> {
  return relayerRequest(client, { path: `/v1/budget-keys/${id}/usage`, signedIn: true });
}
