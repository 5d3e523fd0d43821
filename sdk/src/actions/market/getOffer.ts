import type { Address, Hash } from "viem";
import { readContract } from "viem/actions";
import type { StelaiClient } from "../../client.ts";
import { NoSuchOfferError } from "../../errors/marketClient.ts";
import { licensesOfferOf, worksSaleOf } from "../../generated/fragments.ts";
import type { Tier } from "../../wireMarket.ts";
import { LICENCE_TIERS } from "./tiers.ts";

export type GetOfferParameters = {
  offerId: bigint;
  /** The block that is read; the newest when absent. */
  blockNumber?: bigint | undefined;
};

/** Price in microcredits, duration in seconds. */
export type GetOfferReturnType = {
  offerId: bigint;
  workId: bigint;
  tier: Tier;
  price: bigint;
  /** How many are sold at most; 0 is any number. */
  supply: number;
  /** How many were, refunded ones left out. */
  sold: number;
  /** From the purchase; 0 is for ever. */
  duration: bigint;
  /** Who attests its deliveries. */
  attestor: Address;
  /** keccak256 of the licence's text. */
  termsHash: Hash;
  /** Who earns, pinned: an address or a split. */
  payee: bigint;
  /** Who owns the work now: the seller. */
  seller: Address;
  /**
   * Whether it can be bought: `void` since the work changed hands or payee. Whether an exclusive licence stands in the way
   * is known when it is bought: the chain keeps no list of them.
   */
  state: "open" | "closed" | "void" | "soldOut" | "suspended";
};

/**
 * An offer as the chain has it: what `market.buy` will hold a page's price and terms against.
 * @throws NoSuchOfferError when there is none.
 *
 * @example
 * ```ts
 * const { price, termsHash, state } = await stelai.market.getOffer({ offerId: 7n });
 * ```
 */
export async function getOffer(
  client: StelaiClient,
  { offerId, blockNumber }: GetOfferParameters,
): Promise<GetOfferReturnType> {
  const { Licenses, Works } = client.deployment.contracts;
  const { epoch, closed, ...offer } = await readContract(client.publicClient, {
    address: Licenses,
    abi: [licensesOfferOf],
    functionName: "offerOf",
    args: [offerId],
    blockNumber,
  });
  if (offer.workId === 0n) throw new NoSuchOfferError(offerId);
  const [seller, , current, suspended] = await readContract(client.publicClient, {
    address: Works,
    abi: [worksSaleOf],
    functionName: "saleOf",
    args: [offer.workId],
    blockNumber,
  });
  const isSoldOut = offer.supply !== 0 && offer.sold >= offer.supply;
  const tier = LICENCE_TIERS[offer.tier] ?? "Personal";
  const state = closed
    ? "closed"
    : current !== epoch
      ? "void"
      : suspended
        ? "suspended"
        : isSoldOut
          ? "soldOut"
          : "open";
  return { ...offer, offerId, tier, duration: BigInt(offer.duration), seller, state };
}
