import type { Generation } from "@stelai/sdk";

/** Where a tile stands; `sending` is before the operator has answered. */
export type TileState =
  | { at: "sending" }
  /** How many come before it; undefined when that is not known. */
  | { at: "waiting"; ahead: number | undefined }
  /** What was served before has to be signed for first; that happens by itself. */
  | { at: "signing" }
  /** `left`: seconds, undefined when that is not known. */
  | { at: "making"; progress: number; left: number | undefined }
  | { at: "done" }
  | { at: "failed"; code: string; message: string }
  | { at: "cancelled" };

/** What a generation's tile shows. */
export function tileState(generation: Generation): TileState {
  const { status, waitsFor, ahead, progress, secondsLeft, error } = generation;
  switch (status) {
    case "queued":
      return waitsFor === "voucher" ? { at: "signing" } : { at: "waiting", ahead: ahead ?? undefined };
    case "in_progress":
      return { at: "making", progress, left: secondsLeft === null ? undefined : Math.max(1, Math.ceil(secondsLeft)) };
    case "completed":
      return { at: "done" };
    case "failed":
      return { at: "failed", code: error?.code ?? "", message: error?.message ?? "" };
    case "cancelled":
      return { at: "cancelled" };
  }
}

/** Causes that we have words of our own for; the operator's stand for the others. */
const CAUSES = {
  upstream_refused: "refused",
  upstream_timeout: "timeout",
  upstream_unreachable: "upstream",
  upstream_status: "upstream",
  upstream_cut: "upstream",
  upstream_failed: "upstream",
  upstream_malformed: "file",
  storage_full: "storage",
  interrupted: "interrupted",
} as const;

/** Why something was not made, by its code; undefined for what only the operator's words tell. */
export function causeOf(code: string): (typeof CAUSES)[keyof typeof CAUSES] | undefined {
  return Object.hasOwn(CAUSES, code) ? CAUSES[code as keyof typeof CAUSES] : undefined;
}

/** Whether it still goes on. */
export function isRunning({ status }: Pick<Generation, "status">): boolean {
  return status === "queued" || status === "in_progress";
}

/** What was paid, in microcredits: 0 for what failed or was free; undefined while it is not known. */
export function costOf({ status, metered, requestId }: Generation): bigint | undefined {
  if (status === "failed" || status === "cancelled" || requestId === null) return 0n;
  if (!metered) return undefined;
  const { amount, fee } = metered.receipt.receipt;
  return amount + fee;
}

/** Newest first; of two that began in the same second, the greater id is the later one only by custom. */
export function newestFirst(a: Generation, b: Generation): number {
  return b.created_at - a.created_at || (a.id < b.id ? 1 : a.id > b.id ? -1 : 0);
}

/**
 * What the gallery shows: the pages of the list, over them what is known more freshly here, without what was deleted.
 */
export function merged(
  listed: readonly Generation[],
  live: ReadonlyMap<string, Generation>,
  gone: ReadonlySet<string>,
): Generation[] {
  const all = new Map(listed.map((one) => [one.id, one]));
  for (const [id, one] of live) {
    const known = all.get(id);
    if (!known || !isLater(known, one)) all.set(id, one);
  }
  return [...all.values()].filter(({ id }) => !gone.has(id)).sort(newestFirst);
}

const RANK: Record<Generation["status"], number> = { queued: 0, in_progress: 1, completed: 2, failed: 2, cancelled: 2 };

/** Whether the first is the later news of the same generation: an end is never taken back. */
function isLater(a: Generation, b: Generation): boolean {
  if (RANK[a.status] !== RANK[b.status]) return RANK[a.status] > RANK[b.status];
  return a.progress > b.progress || (a.urls?.expiresAt ?? 0) > (b.urls?.expiresAt ?? 0);
}
