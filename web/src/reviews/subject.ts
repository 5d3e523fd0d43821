import type { Model } from "@stelai/sdk";
import type { Address } from "viem";

/** What reviews are of. */
export interface ReviewSubject {
  readonly kind: "character" | "work";
  readonly id: bigint;
  readonly name: string;
  /** Who answers reviews, and does not write one. */
  readonly owner: Address;
}

/** A character as a subject of reviews. */
export function subjectOf({ id, stelai: { characterId, card, owner } }: Model): ReviewSubject {
  return { kind: "character", id: characterId, name: card?.name ?? id, owner };
}
