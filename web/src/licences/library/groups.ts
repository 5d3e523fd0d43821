import type { OrderView } from "@stelai/sdk";
import { isOpen } from "../clock.ts";

/** Licences as the library shows them. */
export interface Groups {
  /** Under way, the one that time decides next first. */
  readonly open: readonly OrderView[];
  /** Complete, the newest first. */
  readonly held: readonly OrderView[];
  /** Refunded, the newest first. */
  readonly over: readonly OrderView[];
}

const newestFirst = (a: OrderView, b: OrderView) => Number(b.boughtAt - a.boughtAt);

/** Sorts licences by what has to be done about them. */
export function groupsOf(orders: readonly OrderView[]): Groups {
  const soonest = (a: OrderView, b: OrderView) => Number((a.deadline ?? 0n) - (b.deadline ?? 0n));
  return {
    open: orders.filter(({ status }) => isOpen(status)).sort(soonest),
    held: orders.filter(({ status }) => status === "Released").sort(newestFirst),
    over: orders.filter(({ status }) => status === "Refunded").sort(newestFirst),
  };
}
