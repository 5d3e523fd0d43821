import type { BudgetKey, BudgetKeyState } from "@stelai/sdk";
import type { Tone } from "../ui/Badge.tsx";

/** How each state is coloured. */
export const TONES: Record<BudgetKeyState, Tone> = {
  unfunded: "held",
  active: "live",
  spent: "held",
  expired: "plain",
  revoked: "plain",
  closed: "plain",
};

/** Whether a key is listed among those in use: it pays, would if it had credits, or waits for its budget. */
export function isCurrent({ state }: Pick<BudgetKey, "state">): boolean {
  return state === "active" || state === "spent" || state === "unfunded";
}

/** Microcredits that are left of a key's cap, nothing held counted; undefined where it has no tab. */
export function leftOf({ tab }: Pick<BudgetKey, "tab">): bigint | undefined {
  return tab === null ? undefined : tab.cap - tab.spent;
}
