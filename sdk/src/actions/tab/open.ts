import type { StelaiClient } from "../../client.ts";
import { inferenceMeterOpen, inferenceMeterOpenWithBonus } from "../../generated/fragments.ts";
import { type SentInSteps, type StepOptions, sendWithAllowance } from "../../internal/sendBatch.ts";
import { WEI_PER_MICROCREDIT } from "../../pricing.ts";
import { type OpenParameters, type OpenResult, openingArgument, paidPart, readOpening } from "./opening.ts";

export type OpenReturnType = SentInSteps<OpenResult>;

/**
 * Opens a tab paid by allowance, from a wallet that has ETH: approves exactly the cap where the allowance is too small, in
 * one batch with the opening where the wallet does that (EIP-5792), else first. {@link openByTransfer} needs one transaction.
 * @throws ERC20InsufficientBalanceError, BonusTooLowError, OperatorNotTrustedError, InvalidBonusError, InvalidExpiryError, ZeroAmountError, EnforcedPauseError, UserRejectedError.
 *
 * @example
 * ```ts
 * const { wait } = await stelai.tab.open({ operator, sessionKey, cap: 5_000_000n, expiry });
 * const { tabId } = await wait();
 * ```
 */
export async function open(client: StelaiClient, parameters: OpenParameters & StepOptions): Promise<OpenReturnType> {
  const { InferenceMeter, Stelai } = client.deployment.contracts;
  const { cap, bonus = 0n } = parameters;
  const opening = openingArgument(parameters);
  const grant = { token: Stelai, spender: InferenceMeter, needed: paidPart(cap, bonus) * WEI_PER_MICROCREDIT };
  const read = readOpening(client, bonus);
  if (bonus > 0n) {
    const args = [opening, Number(bonus)] as const;
    const abi = [inferenceMeterOpenWithBonus];
    const call = { address: InferenceMeter, abi, functionName: "openWithBonus", args } as const;
    return sendWithAllowance(client, grant, call, read, parameters);
  }
  const call = { address: InferenceMeter, abi: [inferenceMeterOpen], functionName: "open", args: [opening] } as const;
  return sendWithAllowance(client, grant, call, read, parameters);
}
