import type { StelaiClient } from "../../client.ts";
import type { Sent } from "../../internal/send.ts";
import type { PeriodPlan } from "./plan.ts";
import { type PassBought, type PurchaseOptions, purchase, type RenewalOptions } from "./purchase.ts";

export type SwitchPlanParameters = Omit<PurchaseOptions, "invite"> &
  RenewalOptions & { characterId: bigint; plan: PeriodPlan };
export type SwitchPlanReturnType = Sent<PassBought>;

/**
 * Ends what the wallet's pass has left with its refund and subscribes anew from now on, in one transaction: monthly to
 * annual, or back. Only what the price is above the refund leaves the wallet.
 * @throws PriceAboveMaximumError, NotOfferedError, NotAllowedError, AlreadyLifetimeError, CharacterSuspendedError,
 * EnforcedPauseError, ERC20InsufficientBalanceError, UserRejectedError.
 *
 * @example
 * ```ts
 * await (await stelai.access.switchPlan({ characterId, plan: "Annual", maxPrice: terms.annual, renews: true })).wait();
 * ```
 */
export async function switchPlan(
  client: StelaiClient,
  parameters: SwitchPlanParameters,
): Promise<SwitchPlanReturnType> {
  const { characterId, plan, maxPrice, renews, allowance, renewalsAhead } = parameters;
  return purchase(client, { characterId, plan, maxPrice, renews, allowance, renewalsAhead, replaces: true });
}
