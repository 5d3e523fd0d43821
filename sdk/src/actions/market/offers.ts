import type { Address, Hash } from "viem";
import { TERMS_HASHES } from "../../generated/licences.ts";
import { LICENCE_TIERS, type LicenceTier } from "./tiers.ts";

/** What is offered of a work. It never changes: a new price is a new offer. */
export type NewOffer = {
  tier: LicenceTier;
  /** Microcredits; at least 1. */
  price: bigint;
  /** How many are sold at most; any number when absent or 0. Of an exclusive one it is 1 by itself. */
  supply?: number | undefined;
  /** Seconds from the purchase; for ever when absent or 0. */
  duration?: bigint | undefined;
  /** Who attests that the file can be had: the operator that the file is deposited with (`Deposit.attestor`). */
  attestor: Address;
  /** keccak256 of the licence's text; of Stelai's own for this tier when absent. */
  termsHash?: Hash | undefined;
};

/** Offers as the contract takes them. */
export function offersArgument(offers: readonly NewOffer[]) {
  return offers.map(({ tier, price, supply, duration = 0n, attestor, termsHash = TERMS_HASHES[tier] }) => ({
    tier: LICENCE_TIERS.indexOf(tier),
    price,
    supply: supply ?? (tier === "Exclusive" ? 1 : 0),
    duration: Number(duration),
    attestor,
    termsHash,
  }));
}
