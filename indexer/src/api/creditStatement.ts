/** An account's dated statement: what it got and spent, in credits and in USD, and what it earned. */
import { formatEther, formatUnits } from "viem";
import { microOf } from "../chain.ts";
import { type Cell, csvOf } from "./csv.ts";

/** One line of the ledger, see `ledger_line`. */
export type LedgerLine = {
  id: string;
  account: string;
  kind: string;
  /** In wei of STELAI, signed. */
  credits: bigint;
  /** In microcredits, signed. */
  bonus: bigint;
  /** In the stablecoin's smallest unit, signed. */
  usdc: bigint | null;
  counterparty: string | null;
  characterId: bigint | null;
  licenceId: bigint | null;
  workId: bigint | null;
  operator: string | null;
  tabId: bigint | null;
  planId: bigint | null;
  campaignId: bigint | null;
  source: string | null;
  eth: bigint | null;
  timestamp: bigint;
  transaction: string;
};

/** What one earning came to for the account, through its splits. */
export type EarningLine = {
  id: string;
  /** What it was earned by. */
  kind: string;
  characterId: bigint | null;
  workId: bigint | null;
  licenceId: bigint | null;
  operator: string | null;
  /** In wei of STELAI. */
  net: bigint;
  timestamp: bigint;
  transaction: string;
};

/** What an account holds: credits in wei of STELAI, bonus in microcredits. */
export type Holding = { credits: bigint; bonus: bigint };

const USDC_DECIMALS = 6;
const MICROCREDIT_DECIMALS = 6;
const CREDIT = 10n ** 18n;

const HEADER = [
  ...["date", "time (UTC)", "kind", "credits", "bonus credits", "earned (credits)"],
  ...["USD paid or received", "USD at the floor", "balance (credits)", "balance (bonus credits)"],
  ...["with", "character", "work", "licence", "operator", "tab", "plan", "campaign", "source", "ETH paid"],
  "transaction",
];

/** The ledger's `Earned` is what was claimed of earnings, which have lines of their own here. */
const NAMES: Record<string, string> = { Earned: "Claimed" };

/** A line of the ledger as the routes tell it; credits in microcredits, the dust below them cut off. */
export function toEntry(line: LedgerLine) {
  const about = {
    ...{ account: line.counterparty, characterId: line.characterId, licenceId: line.licenceId, workId: line.workId },
    ...{ operator: line.operator, tabId: line.tabId, planId: line.planId, campaignId: line.campaignId },
    ...{ source: line.source, eth: line.eth },
  };
  return {
    ...{ id: line.id, at: line.timestamp, transactionHash: line.transaction, kind: line.kind },
    ...{ credits: microOf(line.credits), bonus: line.bonus, usdc: line.usdc },
    about: Object.fromEntries(Object.entries(about).filter(([, value]) => value !== null)),
  };
}

/**
 * The statement as CSV, the oldest first; credits with all their decimals.
 * @param opening What the account held before the first line.
 * @param floorPrice What a credit is redeemed for, in the stablecoin's smallest unit.
 */
export function statementCsv(
  { lines, earnings, opening }: { lines: readonly LedgerLine[]; earnings: readonly EarningLine[]; opening: Holding },
  floorPrice: bigint,
): string {
  const held = { ...opening };
  const rows: { id: string; cells: Cell[] }[] = lines.map((line) => {
    held.credits += line.credits;
    held.bonus += line.bonus;
    const cells = [
      ...[...timeOf(line), NAMES[line.kind] ?? line.kind, formatEther(line.credits), bonusOf(line.bonus), ""],
      ...[line.usdc === null ? "" : usdOf(line.usdc), usdOf((line.credits * floorPrice) / CREDIT)],
      ...[formatEther(held.credits), bonusOf(held.bonus), line.counterparty],
      ...[line.characterId, line.workId, line.licenceId, line.operator, line.tabId, line.planId, line.campaignId],
      ...[line.source, line.eth === null ? "" : formatEther(line.eth), line.transaction],
    ];
    return { id: line.id, cells };
  });
  for (const earning of earnings) {
    const { characterId, workId, licenceId, operator, net } = earning;
    const cells = [
      ...[...timeOf(earning), "Earning", "", "", formatEther(net), "", usdOf((net * floorPrice) / CREDIT), "", "", ""],
      ...[characterId, workId, licenceId, operator, "", "", "", earning.kind, "", earning.transaction],
    ];
    rows.push({ id: earning.id, cells });
  }
  // Ids are the chain's order as text.
  rows.sort((a, b) => (a.id < b.id ? -1 : 1));
  return csvOf(
    HEADER,
    rows.map(({ cells }) => cells),
  );
}

function timeOf({ timestamp }: { timestamp: bigint }): [string, string] {
  const text = new Date(Number(timestamp) * 1_000).toISOString();
  return [text.slice(0, 10), text.slice(11, 19)];
}

function usdOf(amount: bigint): string {
  return formatUnits(amount, USDC_DECIMALS);
}

function bonusOf(amount: bigint): string {
  return formatUnits(amount, MICROCREDIT_DECIMALS);
}
