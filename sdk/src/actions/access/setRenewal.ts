import type { StelaiClient } from "../../client.ts";
import { characterAccessSetRenewal } from "../../generated/fragments.ts";
import { nothing, type Sent, send } from "../../internal/send.ts";
import { getTerms } from "../characters/getTerms.ts";
import { type PeriodPlan, PLANS, priceOf } from "./plan.ts";

export type SetRenewalParameters = {
  characterId: bigint;
  /** What it renews as. */
  plan: PeriodPlan;
  /**
   * The most that each renewal may cost, in microcredits. When absent it is the price now, read in the action: a page must
   * give the price that it showed, or it agrees to one that nobody saw.
   */
  mandate?: bigint | undefined;
};
export type SetRenewalReturnType = Sent;

/**
 * Agrees that the wallet's pass renews, or to another price. The credits come from the allowance when it is due:
 * `getRenewal` says what is missing, `setAllowance` raises it.
 * @throws NoPassError when nothing was ever paid for, UserRejectedError.
 *
 * @example
 * ```ts
 * await (await stelai.access.setRenewal({ characterId, plan: "Monthly", mandate: terms.monthly })).wait();
 * ```
 */
export async function setRenewal(
  client: StelaiClient,
  { characterId, plan, mandate }: SetRenewalParameters,
): Promise<SetRenewalReturnType> {
  const address = client.deployment.contracts.CharacterAccess;
  const most = mandate ?? priceOf((await getTerms(client, { characterId })).terms, plan);
  const args = [characterId, PLANS.indexOf(plan), Number(most)] as const;
  return send(client, { address, abi: [characterAccessSetRenewal], functionName: "setRenewal", args }, nothing);
}
