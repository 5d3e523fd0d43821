import type { Address } from "viem";
import type { StelaiClient } from "../../client.ts";
import { stelaiApprove } from "../../generated/fragments.ts";
import { atMostUint256 } from "../../internal/passes.ts";
import { nothing, type Sent, send } from "../../internal/send.ts";
import { WEI_PER_MICROCREDIT } from "../../pricing.ts";

export type SetAllowanceParameters = {
  /** What may be taken from now on, in microcredits; 0 revokes it: renewals then fail. */
  amount: bigint;
  /** Who may take; CharacterAccess, which renews passes, when absent. */
  spender?: Address | undefined;
};
export type SetAllowanceReturnType = Sent;

/**
 * Sets, and does not add to, what a contract may take of the wallet's credits. All its subscriptions share it.
 * @throws UserRejectedError.
 *
 * @example
 * ```ts
 * await (await stelai.access.setAllowance({ amount: 12n * terms.monthly })).wait();
 * ```
 */
export async function setAllowance(
  client: StelaiClient,
  parameters: SetAllowanceParameters,
): Promise<SetAllowanceReturnType> {
  const { CharacterAccess, Stelai } = client.deployment.contracts;
  const args = [parameters.spender ?? CharacterAccess, atMostUint256(parameters.amount * WEI_PER_MICROCREDIT)] as const;
  return send(client, { address: Stelai, abi: [stelaiApprove], functionName: "approve", args }, nothing);
}
