import type { StelaiClient } from "../../client.ts";
import type { Sent } from "../../internal/send.ts";
import { type PassBought, type PurchaseOptions, purchase } from "./purchase.ts";

export type BuyLifetimeParameters = PurchaseOptions & { characterId: bigint };
export type BuyLifetimeReturnType = Sent<PassBought>;

/**
 * Buys a character for good for the wallet, in one transaction. What its own periods have left is refunded in it
 * (`accessOf.refundable`): only the rest of the price leaves the wallet.
 * @throws PriceAboveMaximumError, NotOfferedError, NotAllowedError, AlreadyLifetimeError, CharacterSuspendedError,
 * EnforcedPauseError, ERC20InsufficientBalanceError, UserRejectedError.
 *
 * @example
 * ```ts
 * await (await stelai.access.buyLifetime({ characterId, maxPrice: terms.lifetime })).wait();
 * ```
 */
export async function buyLifetime(
  client: StelaiClient,
  { characterId, maxPrice, invite }: BuyLifetimeParameters,
): Promise<BuyLifetimeReturnType> {
  return purchase(client, { characterId, plan: "Lifetime", maxPrice, invite, replaces: true });
}
