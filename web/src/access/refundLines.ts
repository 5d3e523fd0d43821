import type { Pass } from "@stelai/sdk";
import { type PeriodUse, useOf } from "./plans.ts";

type Period = Pass["periods"][number];

/** One period of a refund. */
export interface RefundLine extends PeriodUse {
  /** `waiting`: it has not begun and comes back whole but for the remainder; `repriced`: a year that began. */
  readonly kind: "waiting" | "byDay" | "repriced";
  readonly plan: Period["plan"] & ("Monthly" | "Annual");
  readonly price: bigint;
  readonly start: bigint;
  readonly until: bigint;
  /** Microcredits that come back for it. */
  readonly back: bigint;
}

/**
 * How a refund that the chain told comes about. The monthly price that a year is repriced with is the chain's own record:
 * what the other periods do not explain is the year's.
 */
export function refundLines(
  periods: readonly Period[],
  { refund, suspended, now }: { refund: bigint; suspended: boolean; now: bigint },
): readonly RefundLine[] {
  const lines = periods
    .filter((period): period is Period & { plan: "Monthly" | "Annual" } => period.plan !== "Lifetime")
    .filter(({ until }) => until > now)
    .map((period): RefundLine => {
      const { plan, price, start, until } = period;
      const use = useOf(plan, price, until, now);
      const back = use.rate * (use.days - use.begun);
      const kind = use.begun === 0n ? "waiting" : plan === "Annual" && !suspended ? "repriced" : "byDay";
      return { ...use, kind, plan, price, start, until, back };
    });
  const others = lines.reduce((sum, line) => (line.kind === "repriced" ? sum : sum + line.back), 0n);
  const rest = refund > others ? refund - others : 0n;
  return lines.map((line) => (line.kind === "repriced" && rest < line.back ? { ...line, back: rest } : line));
}
