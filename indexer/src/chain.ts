import { isSplit } from "@stelai/sdk";
import { type Hex, numberToHex } from "viem";

export const WEI_PER_MICROCREDIT = 1_000_000_000_000n;

/** What every log event tells about where it happened. */
export type Happened = {
  block: { number: bigint; timestamp: bigint };
  transaction: { hash: Hex };
};

/** The columns `where` of a row that comes from `event`. */
export function whereOf(event: Happened): { block: bigint; timestamp: bigint; transaction: Hex } {
  return { block: event.block.number, timestamp: event.block.timestamp, transaction: event.transaction.hash };
}

/** The earlier of two times. */
export function earlierOf(a: bigint, b: bigint): bigint {
  return a < b ? a : b;
}

/** UTC days since 1970 at a block's time. */
export function dayOf(timestamp: bigint): number {
  return Number(timestamp / 86_400n);
}

/** The calendar month (UTC) at a block's time, `2026-11`. */
export function monthOf(timestamp: bigint): string {
  return new Date(Number(timestamp) * 1_000).toISOString().slice(0, 7);
}

/** Whole microcredits of an amount in wei. */
export function microOf(wei: bigint): bigint {
  return wei / WEI_PER_MICROCREDIT;
}

/** A payee as the tables name it: 20 bytes for an address, 32 for a split. */
export function payeeHex(payee: bigint): Hex {
  return numberToHex(payee, { size: isSplit(payee) ? 32 : 20 });
}

/**
 * Text of strangers as the database can keep it: no NUL, which Postgres refuses, no half of a surrogate pair,
 * at most `maxLength` UTF-16 units. Markup stays: it is the reader's to escape.
 */
export function cleanText(text: string, maxLength = 1_024): string {
  return text.slice(0, maxLength).replaceAll("\0", "\uFFFD").toWellFormed();
}

/** The name of a Solidity enum's value. */
export function named<const Name extends string>(names: readonly Name[], value: number): Name {
  const name = names[value];
  if (name === undefined) throw new RangeError(`The contract knows a value ${value} that ${names.join(", ")} lacks.`);
  return name;
}

/** Adds the `delta` to the same columns of `row`; money and counters alike. */
export function added<Row extends object>(row: Row, delta: Partial<Row>): Partial<Row> {
  const next: Partial<Row> = {};
  for (const key of Object.keys(delta) as (keyof Row)[]) {
    const before: unknown = row[key];
    const by: unknown = delta[key];
    if (typeof before === "bigint" && typeof by === "bigint") next[key] = (before + by) as Row[keyof Row];
    else if (typeof before === "number" && typeof by === "number") next[key] = (before + by) as Row[keyof Row];
    else throw new TypeError(`Column ${String(key)} cannot be added to.`);
  }
  return next;
}
