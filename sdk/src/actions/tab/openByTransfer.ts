import { encodeAbiParameters } from "viem";
import type { StelaiClient } from "../../client.ts";
import { inferenceMeterOpen, stelaiTransferAndCall3 } from "../../generated/fragments.ts";
import { type Sent, send } from "../../internal/send.ts";
import { WEI_PER_MICROCREDIT } from "../../pricing.ts";
import { type OpenParameters, type OpenResult, openingArgument, readOpening } from "./opening.ts";

export type OpenByTransferReturnType = Sent<OpenResult>;

/**
 * Opens a tab with one transaction from any wallet that has ETH, without an allowance: ERC-1363
 * `transferAndCall` of the cap, with the opening in its data.
 * @throws InsufficientBalanceError, InvalidExpiryError, ZeroAmountError, EnforcedPauseError, UserRejectedError.
 *
 * @example
 * ```ts
 * const { wait } = await stelai.tab.openByTransfer({ operator, sessionKey, cap: 5_000_000n, expiry });
 * ```
 */
export async function openByTransfer(
  client: StelaiClient,
  parameters: OpenParameters,
): Promise<OpenByTransferReturnType> {
  const { InferenceMeter, Stelai } = client.deployment.contracts;
  // The first word says what the transfer is for: 0 opens a tab.
  const data = encodeAbiParameters([{ type: "uint8" }, inferenceMeterOpen.inputs[0]], [0, openingArgument(parameters)]);
  const args = [InferenceMeter, parameters.cap * WEI_PER_MICROCREDIT, data] as const;
  const call = { address: Stelai, abi: [stelaiTransferAndCall3], functionName: "transferAndCall", args } as const;
  return send(client, call, readOpening(client));
}
