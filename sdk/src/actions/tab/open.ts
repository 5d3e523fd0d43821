import type { StelaiClient } from "../../client.ts";
import { inferenceMeterOpen } from "../../generated/fragments.ts";
import { ensureAllowance } from "../../internal/allowance.ts";
import { type Sent, send } from "../../internal/send.ts";
import { WEI_PER_MICROCREDIT } from "../../pricing.ts";
import { type OpenParameters, type OpenResult, openingArgument, readOpening } from "./opening.ts";

export type OpenReturnType = Sent<OpenResult>;

/**
 * Opens a tab paid by allowance, from a wallet that has ETH: approves exactly the cap first where the allowance
 * is too small. {@link openByTransfer} needs one transaction only.
 * @throws InsufficientBalanceError, InvalidExpiryError, ZeroAmountError, EnforcedPauseError, UserRejectedError.
 *
 * @example
 * ```ts
 * const { wait } = await stelai.tab.open({ operator, sessionKey, cap: 5_000_000n, expiry });
 * const { tabId } = await wait();
 * ```
 */
export async function open(client: StelaiClient, parameters: OpenParameters): Promise<OpenReturnType> {
  const { InferenceMeter, Stelai } = client.deployment.contracts;
  const amount = parameters.cap * WEI_PER_MICROCREDIT;
  await ensureAllowance(client, { token: Stelai, spender: InferenceMeter, amount });
  const args = [openingArgument(parameters)] as const;
  const call = { address: InferenceMeter, abi: [inferenceMeterOpen], functionName: "open", args } as const;
  return send(client, call, readOpening(client));
}
