import type { LicenceEvent } from "@stelai/sdk";
import type { LicenceStatus } from "@stelai/sdk/wire";

/** One stage of an order. */
export type StepKind = "Paid" | "Delivered" | "Disputed" | "Decided" | "Released" | "Refunded";

export interface Step {
  readonly kind: StepKind;
  /** `done`, `now` for what is waited for, `ahead` for what follows it. */
  readonly at: "done" | "now" | "ahead";
  /** Unix seconds; undefined while the index does not know. */
  readonly time?: bigint | undefined;
  readonly transaction?: `0x${string}` | undefined;
}

const EVENT_OF: Readonly<Record<StepKind, LicenceEvent["kind"]>> = {
  Paid: "Bought",
  Delivered: "Delivered",
  Disputed: "Disputed",
  Decided: "Resolved",
  Released: "Released",
  Refunded: "Refunded",
};

/** What has been passed in each status, whatever the index says of how it came there. */
const PASSED: Readonly<Record<LicenceStatus, readonly StepKind[]>> = {
  None: [],
  Escrowed: ["Paid"],
  Delivered: ["Paid", "Delivered"],
  Disputed: ["Paid", "Delivered", "Disputed"],
  Released: ["Paid", "Delivered", "Released"],
  Refunded: ["Paid", "Refunded"],
};

/** What is waited for once time has decided; what follows otherwise is the same by whoever's hand. */
const DUE: Readonly<Partial<Record<LicenceStatus, readonly StepKind[]>>> = {
  Escrowed: ["Refunded"],
  Disputed: ["Refunded"],
};

/** What is waited for, and what follows it. */
const AHEAD: Readonly<Record<LicenceStatus, readonly StepKind[]>> = {
  None: [],
  Escrowed: ["Delivered", "Released"],
  Delivered: ["Released"],
  Disputed: ["Decided"],
  Released: [],
  Refunded: [],
};

const ORDER: readonly StepKind[] = ["Paid", "Delivered", "Disputed", "Decided", "Released", "Refunded"];

/**
 * The stages of an order, from its purchase to its one end: what is passed with its time and transaction, what is waited
 * for, what follows.
 * @param order Its status by the chain, which is ahead of the index at times.
 * @param events What the index knows of it; empty while it knows nothing.
 * @param isDue Whether time has decided it, and only somebody's call is missing.
 */
export function stepsOf(
  { status, since }: { status: LicenceStatus; since: bigint },
  events: readonly Pick<LicenceEvent, "kind" | "at" | "transactionHash">[],
  isDue = false,
): Step[] {
  const eventOf = (kind: StepKind) => events.find((event) => event.kind === EVENT_OF[kind]);
  const passed = PASSED[status];
  const newest = passed.at(-1);
  // Only an end can be reached by several ways: the events tell by which.
  const isEnd = status === "Released" || status === "Refunded";
  const done = ORDER.filter((kind) => passed.includes(kind) || (isEnd && kind !== other(status) && eventOf(kind)));
  return [
    ...done.map((kind): Step => {
      const event = eventOf(kind);
      const time = event?.at ?? (kind === newest ? since : undefined);
      return { kind, at: "done", time, transaction: event?.transactionHash };
    }),
    ...((isDue ? DUE[status] : undefined) ?? AHEAD[status]).map(
      (kind, place): Step => ({ kind, at: place === 0 ? "now" : "ahead" }),
    ),
  ];
}

/** The end that an order did not come to. */
function other(status: "Released" | "Refunded"): StepKind {
  return status === "Released" ? "Refunded" : "Released";
}
