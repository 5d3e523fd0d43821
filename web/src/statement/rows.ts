import type { EntryVerdict, Statement, StatementEntry } from "@stelai/sdk";

/** What a bill is made of, wherever it comes from. */
export type Bill = Pick<Statement, "entries" | "seals">;

/** Names an entry within its statement: a receipt by its number, what was not charged by its request. */
export function entryKey({ receipt, requestId, error }: StatementEntry): string {
  return receipt ? `receipt ${receipt.receipt.sequence}` : `${requestId} ${error?.code}`;
}

/** The entries as they are read: newest first. What was not charged stays where it happened. */
export function newestFirst(entries: readonly StatementEntry[]): StatementEntry[] {
  const placed = entries.map((entry, place) => ({ entry, place }));
  placed.sort((a, b) => Number(b.entry.at - a.entry.at) || b.place - a.place);
  return placed.map(({ entry }) => entry);
}

/** What the operator's own papers come to, in microcredits: by receipts, and by its seals. */
export function totalsOf({ entries, seals }: Bill): { charged: bigint; sealed: bigint } {
  let charged = 0n;
  let sealed = 0n;
  for (const { receipt } of entries) if (receipt) charged += receipt.receipt.amount + receipt.receipt.fee;
  for (const { voucher } of seals) if (voucher.cumulative > sealed) sealed = voucher.cumulative;
  return { charged, sealed };
}

/** The verdicts of a check by {@link entryKey}. */
export function byEntry(verdicts: readonly EntryVerdict[]): ReadonlyMap<string, EntryVerdict> {
  return new Map(verdicts.map((verdict) => [entryKey(verdict.entry), verdict]));
}
