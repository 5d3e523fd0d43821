/** What the credit store may take for plans and top-ups: one allowance of USDC for all of them, in reserve units. */
import type { Cadence } from "./plans.ts";

/** How many months, and windows of top-ups, an allowance is made for. */
const AHEAD = 12n;

/** What an account's agreements take. */
export interface Agreements {
  /** The most that a renewal may cost; zero where nothing renews. */
  readonly mandate: bigint;
  readonly cadence: Cadence;
  /** The most that a window of top-ups may cost; zero where there are none. */
  readonly cap: bigint;
}

/** What agreements need for a year. */
export function neededForYear({ mandate, cadence, cap }: Agreements): bigint {
  return (cadence === "year" ? mandate : mandate * AHEAD) + cap * AHEAD;
}

/** What they need until the next renewal and to the end of a window. */
export function neededNext({ mandate, cap }: Agreements): bigint {
  return mandate + cap;
}

/** The allowance after an act: as it was while that is `enough`, else what is `wanted`. */
export function allowanceAfter(before: bigint, { enough, wanted }: { enough: bigint; wanted: bigint }): bigint {
  return before >= enough ? before : wanted;
}
