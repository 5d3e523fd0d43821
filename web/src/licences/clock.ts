import { ORDER_ENDS, type OrderEnd } from "@stelai/sdk";
import type { LicenceStatus } from "@stelai/sdk/wire";

/** A status that time ends. */
export type OpenStatus = keyof typeof ORDER_ENDS;

/** How long an order may stay as it is, and what then happens by itself. */
export interface Clock {
  readonly status: OpenStatus;
  readonly decides: OrderEnd;
  /** The last second before time decides, Unix. */
  readonly deadline: bigint;
  /** Seconds until then, that one included; 0 when time has decided. */
  readonly left: bigint;
  /** Whether anyone may end it now. */
  readonly isDue: boolean;
}

/** Whether time ends it. */
export function isOpen(status: LicenceStatus): status is OpenStatus {
  return status in ORDER_ENDS;
}

/**
 * The clock of an order.
 * @param since When its status began, Unix seconds.
 * @param now The chain's time, Unix seconds.
 * @returns Undefined for one that came to its end.
 */
export function clockOf({ status, since }: { status: LicenceStatus; since: bigint }, now: bigint): Clock | undefined {
  if (!isOpen(status)) return undefined;
  const { after, end } = ORDER_ENDS[status];
  const deadline = since + after;
  const isDue = now > deadline;
  return { status, decides: end, deadline, left: isDue ? 0n : deadline - now + 1n, isDue };
}

const MINUTE = 60n;
const HOUR = 60n * MINUTE;
const DAY = 24n * HOUR;

/** Each unit, its seconds, and from how many on it is spoken in. */
const UNITS = [
  ["day", DAY, 3n * DAY + 1n],
  ["hour", HOUR, 2n * HOUR],
  ["minute", MINUTE, 2n * MINUTE],
] as const;

/** How much time is left, never more than there is: "71 hours", "45 minutes". Above three days in days. */
export function formatLeft(seconds: bigint, locale = "en"): string {
  const [unit, size] = UNITS.find(([, , from]) => seconds >= from) ?? (["second", 1n] as const);
  const count = seconds < 0n ? 0n : seconds / size;
  return new Intl.NumberFormat(locale, { style: "unit", unit, unitDisplay: "long" }).format(count);
}
