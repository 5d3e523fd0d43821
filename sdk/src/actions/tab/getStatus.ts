import type { Address, LocalAccount } from "viem";
import type { StelaiClient } from "../../client.ts";
import { chainTime } from "../../internal/authorization.ts";
import { sessionHeader } from "../../internal/meter.ts";
import { relayerRequestSoon } from "../../internal/soon.ts";
import type { TabStatus } from "../../wire.ts";

export type GetStatusParameters = {
  operator: Address;
  tabId: bigint;
  /** The tab's session key; without it the payer must be signed in (`relayer.signIn`). */
  sessionKey?: LocalAccount | undefined;
};

/** Amounts in microcredits. */
export type GetStatusReturnType = TabStatus;

/**
 * Where a tab stands with its operator: served, signed, reserved. What counts as money is `getTab`'s.
 * @throws InvalidSessionError, NotSignedInError, TabNotFoundError.
 *
 * @example
 * ```ts
 * const { cumulative, signed, reserved } = await stelai.tab.getStatus({ operator, tabId, sessionKey: key });
 * ```
 */
export async function getStatus(client: StelaiClient, parameters: GetStatusParameters): Promise<GetStatusReturnType> {
  const now = await chainTime(client);
  const headers = await sessionHeader(client, { ...parameters, now });
  return relayerRequestSoon(client, {
    path: `/v1/tabs/${parameters.tabId}`,
    headers,
    signedIn: true,
  });
}
