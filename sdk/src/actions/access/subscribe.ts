import type { StelaiClient } from "../../client.ts";
import type { Sent } from "../../internal/send.ts";
import type { PeriodPlan } from "./plan.ts";
import { type PassBought, type PurchaseOptions, purchase, type RenewalOptions } from "./purchase.ts";

export type SubscribeParameters = PurchaseOptions & RenewalOptions & { characterId: bigint; plan: PeriodPlan };
export type SubscribeReturnType = Sent<PassBought>;

/**
 * Pays a month (30 days) or a year (365) of a character for the wallet, in one transaction; on top of a period that
 * runs, it begins when that ends.
 * @throws PriceAboveMaximumError, NotOfferedError, NotAllowedError, AlreadySubscribedError, AlreadyLifetimeError,
 * TooManyPeriodsError, CharacterSuspendedError, EnforcedPauseError, ERC20InsufficientBalanceError, the errors of
 * `characters.redeemInvite` with an invite, UserRejectedError.
 *
 * @example
 * ```ts
 * const { wait } = await stelai.access.subscribe({ characterId, plan: "Monthly", maxPrice: terms.monthly, renews: true });
 * const { until } = await wait();
 * ```
 */
export async function subscribe(client: StelaiClient, parameters: SubscribeParameters): Promise<SubscribeReturnType> {
  const { characterId, plan, maxPrice, renews, allowance, renewalsAhead, invite } = parameters;
  return purchase(client, { characterId, plan, maxPrice, renews, allowance, renewalsAhead, invite });
}
