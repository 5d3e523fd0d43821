import type { Address, LocalAccount } from "viem";
import type { StelaiClient } from "../../client.ts";
import { VOUCHER_ERRORS } from "../../errors/relayerEndpoints.ts";
import { relayerRequest } from "../../internal/http.ts";
import { signMeter } from "../../payment.ts";

export type CloseParameters = {
  operator: Address;
  tabId: bigint;
  /** The tab's session key. */
  sessionKey: LocalAccount;
  /** The final total, in microcredits: all that was signed for. */
  total: bigint;
};

/**
 * Closes a tab together with its operator: the session key names the final total, the relayer settles it and pays
 * the rest back at once. No wallet prompt, no ETH. A session's own `close()` knows the total.
 * @throws TabClosedError, VoucherRequiredError when something served is unsigned, and other RelayerErrors. When the
 * operator is gone: {@link requestClose}, then {@link reclaim}.
 *
 * @example
 * ```ts
 * await stelai.tab.close({ operator, tabId, sessionKey: key, total });
 * ```
 */
export async function close(client: StelaiClient, parameters: CloseParameters): Promise<void> {
  const { operator, tabId, sessionKey, total } = parameters;
  const { chainId, contracts } = client.deployment;
  const meter = { chainId, inferenceMeter: contracts.InferenceMeter };
  const signature = await signMeter(sessionKey, meter, "Close", { operator, tabId, total });
  const request = { path: `/v1/tabs/${tabId}/close`, method: "POST", body: { total, signature } } as const;
  await relayerRequest(client, { ...request, errors: VOUCHER_ERRORS });
}
