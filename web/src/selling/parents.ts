import { type Address, isAddressEqual } from "viem";
import type { Message } from "../i18n/index.ts";
import { DEEPEST, type DraftParent, MOST_PARENTS, MOST_PARENTS_BPS } from "./draft.ts";

/** The work that a pasted link or number means; undefined for other words. */
export function workIdFrom(text: string): bigint | undefined {
  const typed = text.trim();
  const [, id] = /^(?:(?:https?:\/\/[^/\s]+)?\/works\/|#)?([1-9]\d{0,14})(?:[/?#]\S*)?$/.exec(typed) ?? [];
  return id === undefined ? undefined : BigInt(id);
}

/** What the chain says of a work that may become a parent. */
export interface PossibleParent {
  readonly workId: bigint;
  readonly owner: Address;
  readonly allowsDerivatives: boolean;
  readonly derivativeBps: number;
  readonly depth: number;
}

/**
 * Why a work cannot be a parent, as `Works.create` decides it; undefined when it can.
 * @param me Whoever sells: on one's own works one may always build.
 */
export function parentRefusal(
  work: PossibleParent,
  chosen: readonly DraftParent[],
  me: Address | undefined,
): Message | undefined {
  const isMine = me !== undefined && isAddressEqual(work.owner, me);
  if (chosen.some(({ workId }) => workId === String(work.workId))) return { id: "sell.parents.already" };
  if (!work.allowsDerivatives && !isMine) return { id: "sell.parents.notAllowed" };
  if (work.depth >= DEEPEST) return { id: "sell.parents.tooDeep", values: { deepest: DEEPEST } };
  if (chosen.length >= MOST_PARENTS) return { id: "sell.problem.parents", values: { most: MOST_PARENTS } };
  const owed = chosen.reduce((sum, { bps }) => sum + bps, work.derivativeBps);
  return owed > MOST_PARENTS_BPS ? { id: "sell.problem.owedTooMuch" } : undefined;
}

/** A parent that asks for another share than it did when it was shown, in ten-thousandths. */
export interface ChangedShare {
  readonly workId: string;
  readonly title: string;
  readonly before: number;
  readonly now: number;
}

/** @param now What parents ask, by their number; those that are not in it count as unchanged. */
export function changedShares(shown: readonly DraftParent[], now: ReadonlyMap<string, number>): ChangedShare[] {
  return shown
    .map(({ workId, title, bps }) => ({ workId, title, before: bps, now: now.get(workId) ?? bps }))
    .filter((each) => each.now !== each.before);
}
