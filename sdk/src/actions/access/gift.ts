import type { Address } from "viem";
import type { StelaiClient } from "../../client.ts";
import type { Sent } from "../../internal/send.ts";
import type { Plan } from "./plan.ts";
import { type PassBought, type PurchaseOptions, purchase } from "./purchase.ts";

export type GiftParameters = PurchaseOptions & {
  characterId: bigint;
  /** Who receives it; a refund of what it has left is theirs, too. */
  account: Address;
  plan: Plan;
};
export type GiftReturnType = Sent<PassBought>;

/**
 * Gives a pass to someone, in one transaction; on top of a running one it begins when that ends. It does not renew.
 * An invite is redeemed for the receiver.
 * @throws PriceAboveMaximumError, NotOfferedError, NotAllowedError when the receiver is not on a private character's
 * list, AlreadyLifetimeError, TooManyPeriodsError, CharacterSuspendedError, EnforcedPauseError,
 * ERC20InsufficientBalanceError, UserRejectedError.
 *
 * @example
 * ```ts
 * await (await stelai.access.gift({ characterId, account: alice, plan: "Monthly", maxPrice: terms.monthly })).wait();
 * ```
 */
export async function gift(client: StelaiClient, parameters: GiftParameters): Promise<GiftReturnType> {
  const { characterId, account, plan, maxPrice, invite } = parameters;
  return purchase(client, { characterId, account, plan, maxPrice, invite });
}
