import { encodeAbiParameters } from "viem";
import type { StelaiClient } from "../../client.ts";
import { stelaiTransferAndCall3 } from "../../generated/fragments.ts";
import { parameters } from "../../internal/parameters.ts";
import { send } from "../../internal/send.ts";
import { WEI_PER_MICROCREDIT } from "../../pricing.ts";
import { readTopUp, type TopUpParameters, type TopUpReturnType } from "./topUp.ts";

export type TopUpByTransferParameters = TopUpParameters;
export type TopUpByTransferReturnType = TopUpReturnType;

/**
 * Adds to a tab's cap with one transaction and no allowance: ERC-1363 `transferAndCall`.
 * @throws NotPayerError, TabClosingError, CapTooHighError, InsufficientBalanceError, UserRejectedError.
 *
 * @example
 * ```ts
 * const { wait } = await stelai.tab.topUpByTransfer({ operator, tabId, amount: 2_000_000n });
 * ```
 */
export async function topUpByTransfer(
  client: StelaiClient,
  { operator, tabId, amount }: TopUpByTransferParameters,
): Promise<TopUpByTransferReturnType> {
  const { InferenceMeter, Stelai } = client.deployment.contracts;
  // The first word says what the transfer is for: 1 tops up.
  const data = encodeAbiParameters(parameters("uint8,address,uint64"), [1, operator, tabId]);
  const args = [InferenceMeter, amount * WEI_PER_MICROCREDIT, data] as const;
  const call = { address: Stelai, abi: [stelaiTransferAndCall3], functionName: "transferAndCall", args } as const;
  return send(client, call, readTopUp(client));
}
