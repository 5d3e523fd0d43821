import type { Address, LocalAccount } from "viem";
import type { StelaiClient } from "../../client.ts";
import { chainTime } from "../../internal/authorization.ts";
import { sessionHeader } from "../../internal/meter.ts";
import { relayerRequestSoon } from "../../internal/soon.ts";
import type { Statement } from "../../wire.ts";

export type GetStatementParameters = {
  operator: Address;
  tabId: bigint;
  /** The tab's session key; without it the payer must be signed in (`relayer.signIn`). */
  sessionKey?: LocalAccount | undefined;
  /** Sequence to go on after. */
  after?: bigint | undefined;
  limit?: number | undefined;
};

export type GetStatementReturnType = Statement;

/**
 * One page of a tab's statement: receipts, what was not charged and why, and the seals.
 * @throws InvalidSessionError, NotSignedInError, TabNotFoundError.
 *
 * @example
 * ```ts
 * const { entries, seals, next } = await stelai.statement.getStatement({ operator, tabId, sessionKey: key });
 * ```
 */
export async function getStatement(
  client: StelaiClient,
  parameters: GetStatementParameters,
): Promise<GetStatementReturnType> {
  const headers = await sessionHeader(client, { ...parameters, now: await chainTime(client) });
  const query = new URLSearchParams();
  if (parameters.after !== undefined) query.set("after", String(parameters.after));
  if (parameters.limit !== undefined) query.set("limit", String(parameters.limit));
  const path = `/v1/tabs/${parameters.tabId}/statement?${query}`;
  return relayerRequestSoon(client, { path, headers, signedIn: true });
}
