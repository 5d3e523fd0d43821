import type { NewOffer } from "@stelai/sdk";
import type { Deposit, Tier, WorkMetadata } from "@stelai/sdk/wire";
import type { Address } from "viem";
import { listOf } from "../creator/draft.ts";
import { type DraftTier, DURATIONS, type SellDraft, TIERS } from "./draft.ts";
import { offerPrice, parentsBps, supplyOf } from "./problems.ts";
import { bpsOf } from "./shares.ts";

/** Title, description and tags as they are stored. */
export function wordsOf({ title, description, tags }: Pick<SellDraft, "title" | "description" | "tags">) {
  return {
    title: title.trim(),
    description: description.trim(),
    tags: listOf(tags.toLowerCase()),
  };
}

/** What everyone reads of a work: what was typed, and the file as its operator has it. */
export function metadataOf(draft: Parameters<typeof wordsOf>[0], deposit: Deposit): WorkMetadata {
  const { modality, file, preview, poster, provenance } = deposit;
  return {
    ...{ version: 1, kind: "work" },
    ...wordsOf(draft),
    ...{ modality, file, preview, provenance },
    ...(poster && { poster }),
  };
}

/** One tier as an offer under our own terms; undefined while it cannot be read. */
export function offerOf(tier: Tier, typed: DraftTier, attestor: Address): NewOffer | undefined {
  const price = offerPrice(typed.price);
  const supply = tier === "Exclusive" ? 1 : supplyOf(typed.supply);
  if (typeof price === "string" || supply === undefined) return undefined;
  return { tier, price, supply, duration: DURATIONS[typed.duration], attestor };
}

/** The tiers that are on, as offers; undefined while one cannot be read. */
export function offersOf({ tiers }: Pick<SellDraft, "tiers">, attestor: Address): NewOffer[] | undefined {
  const offers = TIERS.filter((tier) => tiers[tier].isOn).map((tier) => offerOf(tier, tiers[tier], attestor));
  return offers.every((offer) => offer !== undefined) ? offers : undefined;
}

/** Royalty, derivatives and parents, as the chain takes them. */
export function rightsOf(draft: Pick<SellDraft, "royalty" | "allowsDerivatives" | "derivativePercent" | "parents">) {
  return {
    royaltyBps: bpsOf(draft.royalty || "0") ?? 0,
    derivativeBps: draft.allowsDerivatives ? (bpsOf(draft.derivativePercent || "0") ?? 0) : undefined,
    parents: draft.parents.map(({ workId }) => BigInt(workId)),
    // What was shown is the most that is agreed to.
    maxParentsBps: parentsBps(draft),
  };
}
