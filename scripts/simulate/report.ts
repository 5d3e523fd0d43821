/** The simulation's report, for people and for spreadsheets. */
import { formatUnits } from "ethers";
import type { Line } from "./books.ts";
import type { Verdict } from "./verdict.ts";

const dollars = (amount: bigint) => `$${formatUnits(amount, 6)}`;
const credits = (amount: bigint) => formatUnits(amount, 18);

function table(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => (row[column] ?? "").length)));
  const cell = (text: string, column: number) =>
    column === 0 ? text.padEnd(widths[column] ?? 0) : text.padStart(widths[column] ?? 0);
  return rows.map((row) => `  ${row.map(cell).join("  ")}`).join("\n");
}

/** Tells what happened, in a page. */
export function reportOf(
  verdict: Verdict,
  run: { users: number; days: number; seed: number; seconds: number },
): string {
  const { sides, campaigns, last } = verdict;
  return [
    `${run.users} people, ${run.days} days, seed ${run.seed}: ${verdict.transactions} transactions in ${verdict.blocks} blocks, ` +
      `${run.seconds.toFixed(0)} s.`,
    `Refused: ${verdict.refused}, of them hostile ${verdict.hostileRefused}; no hostile call went through.`,
    "",
    "At every block the reserve covered what all credits are owed, and Rewards held exactly its bonuses and budgets.",
    table([
      ["", "at the end", "lowest"],
      ["reserve", dollars(last.reserve), ""],
      ["liabilities", dollars(last.liabilities), ""],
      ["surplus", dollars(last.surplus), dollars(verdict.lowestSurplus)],
      ["bonus outstanding", credits(last.bonus), ""],
    ]),
    "",
    "What each side paid to the store, got from it, and has more than before; what campaigns granted it, at the floor.",
    table([
      ["", "people", "paid in", "paid out", "gain", "from campaigns"],
      ...sides.map((side) => [
        ...[side.group, String(side.people), dollars(side.paidIn), dollars(side.paidOut)],
        ...[dollars(side.gain), dollars(side.campaigns)],
      ]),
    ]),
    "",
    "No attacker gained more than campaigns granted them; without a campaign nobody gained. From others they took nothing.",
    table([
      ["campaign", "budget", "cost", "given", "burned"],
      ...campaigns.map(({ campaignId, funded, cost, given, burned }) => [
        ...[String(campaignId), credits(funded), dollars(cost), credits(given), credits(burned)],
      ]),
    ]),
    `  Referrals: ${credits(verdict.referralBonus)} credits, out of the margins of their sales.`,
  ].join("\n");
}

/** Every block's money; reserve units and wei. */
export function blocksAsCsv(lines: readonly Line[]): string {
  const names = ["block", "time", "reserve", "liabilities", "surplus", "supply", "bonus", "budgets"] as const;
  return `${[names.join(","), ...lines.map((line) => names.map((name) => String(line[name])).join(","))].join("\n")}\n`;
}
