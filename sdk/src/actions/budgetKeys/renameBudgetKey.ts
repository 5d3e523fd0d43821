import type { StelaiClient } from "../../client.ts";
import { relayerRequest } from "../../internal/http.ts";
import type { BudgetKey } from "../../wireKeys.ts";

export type RenameBudgetKeyParameters = {
  id: string;
  /** 1 to 60 characters. */
  name: string;
};
export type RenameBudgetKeyReturnType = BudgetKey;

/**
 * Calls an API key something else.
 * @throws NotSignedInError, NotFoundError, InvalidRequestError.
 *
 * @example
 * ```ts
 * await stelai.budgetKeys.rename({ id, name: "The other bot" });
 * ```
 */
export async function renameBudgetKey(
  client: StelaiClient,
  { id, name }: RenameBudgetKeyParameters,
): Promise<RenameBudgetKeyReturnType> {
  return relayerRequest(client, { path: `/v1/budget-keys/${id}`, method: "PUT", body: { name }, signedIn: true });
}
