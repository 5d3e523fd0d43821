/** A creator's statement: gross − commission − split = net, by day, by character and by work. */
import { formatEther, type Hex } from "viem";
import { csvOf } from "./csv.ts";
import { type Payee, type Share, ShareBook } from "./shares.ts";

/** What arrived for a payee from one character, or one licence or resale, on one day; amounts in wei of STELAI. */
export type DayOfEarnings = {
  day: number;
  payee: Payee;
  /** Of metered use, passes and single payments; else null. */
  characterId: bigint | null;
  /** Whose fee it is, or to whom the single payment was made; else null. */
  operator: Hex | null;
  /** Of licences, bonds, resales and royalties; else null. */
  workId: bigint | null;
  /** Of the same; null where the work itself was resold. */
  licenceId: bigint | null;
  /** What it was earned by. */
  kind: "Metered" | "Passes" | "Fee" | "Payment" | "Licence" | "Bond" | "Resale" | "Royalty" | "Other";
  gross: bigint;
  commission: bigint;
};

/** Amounts in wei of STELAI; `split` went to others, `net = gross − commission − split`. */
export type Sums = { gross: bigint; commission: bigint; split: bigint; net: bigint };
/** Earnings and what came of them. */
type Counted<Earning extends DayOfEarnings> = Omit<Earning, "gross" | "commission"> & Sums;
export type StatementLine = Counted<DayOfEarnings>;

/** An inclusive range of UTC days since 1970. */
export type Range = { from: number; to: number };

export const NO_SUMS: Sums = { gross: 0n, commission: 0n, split: 0n, net: 0n };

/**
 * The lines of an account's statement within a range, oldest first.
 * @param earnings Everything that ever arrived for the account and the splits that lead to it, oldest first: a split
 * rounds from its running total, so what lies before the range is needed too.
 */
export function statementLines<Earning extends DayOfEarnings>(
  account: Hex,
  earnings: readonly Earning[],
  shares: ReadonlyMap<Payee, readonly Share[]>,
  { from, to }: Range,
): Counted<Earning>[] {
  const book = new ShareBook(account, shares);
  return earnings
    .map(({ gross, commission, ...rest }) => {
      const net = book.credit(rest.payee, gross - commission);
      return { ...rest, gross, commission, split: gross - commission - net, net };
    })
    .filter(({ day }) => day >= from && day <= to);
}

/** Adds up lines by what `keyOf` says, in the order that keys first appear. */
export function sumBy<Key>(lines: readonly StatementLine[], keyOf: (line: StatementLine) => Key): [Key, Sums][] {
  const sums = new Map<Key, Sums>();
  for (const line of lines) {
    const key = keyOf(line);
    const before = sums.get(key) ?? NO_SUMS;
    sums.set(key, {
      gross: before.gross + line.gross,
      commission: before.commission + line.commission,
      split: before.split + line.split,
      net: before.net + line.net,
    });
  }
  return [...sums];
}

/** A day as `YYYY-MM-DD`. */
export function dateOf(day: number): string {
  return new Date(day * 86_400_000).toISOString().slice(0, 10);
}

/** The day of `YYYY-MM-DD`; undefined when it is no date. */
export function dayOfDate(date: string): number | undefined {
  const time = /^\d{4}-\d{2}-\d{2}$/.test(date) ? Date.parse(`${date}T00:00:00Z`) : Number.NaN;
  return Number.isNaN(time) || dateOf(time / 86_400_000) !== date ? undefined : time / 86_400_000;
}

/** The lines as CSV, amounts in STELAI with all their decimals. */
export function toCsv(lines: readonly StatementLine[]): string {
  const sums = ["gross", "commission", "split", "net"] as const;
  const header = [
    "date",
    "character",
    "work",
    "licence",
    "operator",
    "kind",
    "payee",
    ...sums.map((name) => `${name} (STELAI)`),
  ];
  const rows = lines.map((line) => [
    ...[dateOf(line.day), line.characterId, line.workId, line.licenceId, line.operator, line.kind, line.payee],
    ...sums.map((name) => formatEther(line[name])),
  ]);
  return csvOf(header, rows);
}
