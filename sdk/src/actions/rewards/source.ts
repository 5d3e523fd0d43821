/** Where a bonus comes from, in the order of `IRewards.Source`. */
export const BONUS_SOURCES = ["Referrer", "Referee", "Promotion", "Contribution"] as const;
/** One of {@link BONUS_SOURCES}. */
export type BonusSource = (typeof BONUS_SOURCES)[number];

/** Where a campaign stands by the chain's time. */
export type CampaignState = "upcoming" | "open" | "ended";

/** The source that the contract's number stands for. */
export function sourceOf(index: number): BonusSource {
  return BONUS_SOURCES[index] ?? "Contribution";
}
