/**
 * The contract's enums by name, and its times. `wireMarket.ts` has the same lists beside its schemas, which actions must
 * not bring along; a test holds them together.
 */
import type { LicenceStatus, Tier } from "../../wireMarket.ts";
import type { OrderEnd } from "./types.ts";

export type LicenceTier = Tier;

/** In the order of `ILicenses.Tier`. */
export const LICENCE_TIERS: readonly Tier[] = ["Personal", "Commercial", "Exclusive"];

/** In the order of `ILicenses.Status`. */
export const ORDER_STATUSES: readonly LicenceStatus[] = [
  "None",
  "Escrowed",
  "Delivered",
  "Disputed",
  "Released",
  "Refunded",
];

/** What time decides of an order that nobody ends, and after how many seconds in its status (DESIGN section 4). */
export const ORDER_ENDS = {
  Escrowed: { after: 86_400n, end: "Refunded" },
  Delivered: { after: 259_200n, end: "Released" },
  Disputed: { after: 604_800n, end: "Refunded" },
} as const satisfies Partial<Record<LicenceStatus, { after: bigint; end: OrderEnd }>>;

/** What a dispute's bond is of the price, in ten-thousandths. */
export const BOND_BPS = 500n;

/** The last second before time decides an order, and what it decides; null when it has come to its end. */
export function endOf(status: LicenceStatus, since: bigint): { deadline: bigint | null; then: OrderEnd | null } {
  const decided = status in ORDER_ENDS ? ORDER_ENDS[status as keyof typeof ORDER_ENDS] : undefined;
  const deadline = decided ? since + decided.after : null;
  // biome-ignore lint/suspicious/noThenProperty: the index's word for it, never a function
  return { deadline, then: decided?.end ?? null };
}
