import type { Tier } from "@stelai/sdk/wire";
import type { DraftTier, SellChange, SellDraft } from "../draft.ts";
import type { SellField } from "../problems.ts";

/** What every step of listing works with. */
export interface SellStepProps {
  draft: SellDraft;
  change: (change: SellChange) => void;
  /** What is wrong with a field, in words; undefined while it is right or was not tried. */
  problem: (field: SellField) => string | undefined;
}

/** What a card of one tier is given. */
export interface TierProps {
  tier: Tier;
  value: DraftTier;
  onChange: (values: Partial<DraftTier>) => void;
  problem: SellStepProps["problem"];
}
