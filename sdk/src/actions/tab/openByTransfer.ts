import { encodeAbiParameters } from "viem";
import type { StelaiClient } from "../../client.ts";
import { inferenceMeterOpen, inferenceMeterOpenWithBonus, stelaiTransferAndCall3 } from "../../generated/fragments.ts";
import { type Sent, send } from "../../internal/send.ts";
import { WEI_PER_MICROCREDIT } from "../../pricing.ts";
import { type OpenParameters, type OpenResult, openingArgument, paidPart, readOpening } from "./opening.ts";

export type OpenByTransferReturnType = Sent<OpenResult>;

/**
 * Opens a tab with one transaction from any wallet that has ETH, without an allowance: ERC-1363
 * `transferAndCall` of the cap (less its bonus), with the opening in its data.
 * @throws ERC20InsufficientBalanceError, BonusTooLowError, OperatorNotTrustedError, InvalidBonusError, InvalidExpiryError, ZeroAmountError, EnforcedPauseError, UserRejectedError.
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
  const { cap, bonus = 0n } = parameters;
  const opening = openingArgument(parameters);
  // The first word says what the transfer is for: 0 opens a tab, 2 opens one with bonus credits.
  const data =
    bonus > 0n
      ? encodeAbiParameters([{ type: "uint8" }, ...inferenceMeterOpenWithBonus.inputs], [2, opening, Number(bonus)])
      : encodeAbiParameters([{ type: "uint8" }, inferenceMeterOpen.inputs[0]], [0, opening]);
  const args = [InferenceMeter, paidPart(cap, bonus) * WEI_PER_MICROCREDIT, data] as const;
  const call = { address: Stelai, abi: [stelaiTransferAndCall3], functionName: "transferAndCall", args } as const;
  return send(client, call, readOpening(client, bonus));
}
