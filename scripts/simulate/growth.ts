/**
 * `node scripts/simulate/growth.ts [--users 1000000] [--json]`
 *
 * How settlement, the relayers' database and the index grow with so many daily users: transactions, gas, rows and bytes a
 * day, and what of it is full first. It multiplies what one thing costs (`MEASURED`, with where each comes from) by how
 * often people do it (`HABITS`), and measures nothing itself.
 */
import { parseArgs } from "node:util";

/** What people do in a day, on average; change one and see what comes of it. */
export const HABITS = {
  /** Paid answers of one user. */
  answers: 20,
  /** Images, videos, voiceovers and pieces of music. */
  generations: 0.5,
  /** Characters that one settled voucher pays, the operator's fee included. */
  linesPerSettlement: 3,
  /** Settlements of one user's tab: by value, by age, at its end. */
  settlements: 1,
  /** A tab a month, a package a month, a pass among ten, a licence among fifty. */
  tabsOpened: 1 / 30,
  packagesBought: 1 / 30,
  passesRenewed: 0.1 / 30,
  licencesBought: 0.02 / 30,
  /** Characters that earn anything in a day, for each user, and how often their earnings are moved and claimed. */
  earningCharacters: 0.01,
  collections: 1,
  claims: 1 / 7,
  /** How much busier the busiest hour is than the average. */
  peak: 3,
} as const;

/** What one costs. Gas: `npm run bench -- gas`; rates: `relayer`, `indexer`; bytes: of a row with its indexes in Postgres 18,
 * over 20,000 rows. */
export const MEASURED = {
  gas: {
    /** `settle.1line` is a row and a line, `settle.3lines` two lines more. */
    settledRow: 12_680,
    settledLine: 720,
    tabOpen: 139_930,
    packageBuy: 78_730,
    passRenew: 84_350,
    /** Bought and released. */
    licence: 194_390,
    /** No more than what an earning into a split of ten costs, which it holds. */
    collect: 53_220,
    claim: 60_150,
  },
  /** Rows of one transaction of settlement. */
  batch: 100,
  bytes: {
    request: 750,
    receipt: 930,
    /** The answer itself, encrypted, for as long as it is kept. */
    answer: 1_200,
    /** A voucher (830), its seal (940), and its part of the transaction that settles a hundred (700). */
    seal: 2_470,
    generation: 1_700,
    /** Taken, not measured: a line of a settled voucher with what it moves; an event of any other kind with its ledger lines. */
    indexLine: 450,
    indexEvent: 900,
  },
  /** Requests a second of one relayer's process on one core, and events a second that the index takes. */
  requestsPerSecond: 1_000,
  eventsPerSecond: 2_000,
  /** Batches of the ledger that one Postgres commits a second, each of up to 128 entries of one process. */
  commitsPerSecond: 2_000,
  /** Answers stay for a day. */
  answerDays: 1,
} as const;

/** Gas a second that a chain takes in all, and what part of it one application can count on. */
const CHAINS = [
  { name: "Ethereum", gasPerSecond: 45_000_000 / 12, share: 0.02 },
  { name: "a rollup of 25 Mgas/s", gasPerSecond: 25_000_000, share: 0.05 },
  { name: "a rollup of 100 Mgas/s", gasPerSecond: 100_000_000, share: 0.05 },
] as const;

const DAY = 86_400;

/** Everything a day, for so many daily users. */
export type Growth = {
  users: number;
  transactions: Record<"settlements" | "opened" | "bought" | "renewed" | "licences" | "collected" | "claimed", number>;
  seals: number;
  gas: number;
  /** Gas of the busiest hour, a second. */
  gasPerSecond: number;
  relayer: { rows: number; bytes: number; keptAnswers: number; requestsPerSecond: number; processes: number };
  index: { rows: number; bytes: number; eventsPerSecond: number };
  /** How full each part is in the busiest hour, 1 is full; the fullest first. */
  load: { part: string; share: number }[];
};

/** What so many daily users come to. */
export function growthOf(users: number): Growth {
  const { gas, bytes, batch } = MEASURED;
  const answers = users * HABITS.answers;
  const generations = users * HABITS.generations;
  const seals = users * HABITS.settlements;
  const lines = seals * HABITS.linesPerSettlement;
  const earning = users * HABITS.earningCharacters;
  const transactions = {
    settlements: Math.ceil(seals / batch),
    opened: users * HABITS.tabsOpened,
    bought: users * HABITS.packagesBought,
    renewed: users * HABITS.passesRenewed,
    licences: users * HABITS.licencesBought,
    collected: earning * HABITS.collections,
    claimed: earning * HABITS.claims,
  };
  const gasADay =
    seals * gas.settledRow +
    lines * gas.settledLine +
    transactions.opened * gas.tabOpen +
    transactions.bought * gas.packageBuy +
    transactions.renewed * gas.passRenew +
    transactions.licences * gas.licence +
    transactions.collected * gas.collect +
    transactions.claimed * gas.claim;
  const others = sum(transactions) - transactions.settlements;
  const served = answers + generations;
  const gasPerSecond = (gasADay / DAY) * HABITS.peak;
  const requestsPerSecond = (served / DAY) * HABITS.peak;
  const eventsPerSecond = ((transactions.settlements + others * 3) / DAY) * HABITS.peak;
  const processes = Math.ceil(requestsPerSecond / (MEASURED.requestsPerSecond / 2));
  return {
    users,
    transactions,
    seals,
    gas: gasADay,
    gasPerSecond,
    relayer: {
      rows: served * 2 + seals * 2 + generations + transactions.settlements,
      bytes: served * (bytes.request + bytes.receipt) + seals * bytes.seal + generations * bytes.generation,
      keptAnswers: answers * bytes.answer * MEASURED.answerDays,
      requestsPerSecond,
      processes,
    },
    index: {
      rows: lines + seals + others * 3,
      bytes: lines * bytes.indexLine + others * 3 * bytes.indexEvent,
      eventsPerSecond,
    },
    load: [
      ...CHAINS.map(({ name, gasPerSecond: takes, share }) => ({
        part: `${share * 100} % of ${name}`,
        share: gasPerSecond / (takes * share),
      })),
      { part: "one relayer process", share: requestsPerSecond / MEASURED.requestsPerSecond },
      // Two entries a request, one when it is held and one when it is charged; a batch has those that wait meanwhile.
      { part: "commits of one Postgres, without batching", share: (2 * requestsPerSecond) / MEASURED.commitsPerSecond },
      { part: "one index", share: eventsPerSecond / MEASURED.eventsPerSecond },
    ].sort((a, b) => b.share - a.share),
  };
}

function sum(parts: Readonly<Record<string, number>>): number {
  return Object.values(parts).reduce((total, part) => total + part, 0);
}

/** The growth for people. */
export function growthReport(growth: Growth): string {
  const n = (value: number) => value.toLocaleString("en-US", { maximumFractionDigits: value < 10 ? 1 : 0 });
  const gb = (value: number) => `${n(value / 1e9)} GB`;
  const { transactions, relayer, index, load } = growth;
  const rows: [string, string][] = [
    ["seals a day", n(growth.seals)],
    ...Object.entries(transactions).map(([name, count]): [string, string] => [`transactions: ${name}`, n(count)]),
    ["transactions a day", n(sum(transactions))],
    ["gas a day", `${n(growth.gas / 1e9)} billion`],
    ["gas a second, busiest hour", `${n(growth.gasPerSecond / 1e6)} million`],
    ["relayer: requests a second, busiest hour", n(relayer.requestsPerSecond)],
    ["relayer: processes, half loaded then", n(relayer.processes)],
    ["relayer: rows a day", n(relayer.rows)],
    ["relayer: bytes a day that stay", gb(relayer.bytes)],
    ["relayer: answers kept for a day", gb(relayer.keptAnswers)],
    ["index: rows a day", n(index.rows)],
    ["index: bytes a day", gb(index.bytes)],
    ["index: events a second, busiest hour", n(index.eventsPerSecond)],
  ];
  const first = load[0];
  return [
    `${n(growth.users)} daily users:`,
    ...rows.map(([name, value]) => `  ${name.padEnd(42)} ${value.padStart(14)}`),
    "",
    "How full each part is in the busiest hour:",
    ...load.map(({ part, share }) => `  ${part.padEnd(42)} ${`${n(share * 100)} %`.padStart(14)}`),
    "",
    `First bottleneck: ${first?.part}, at ${n(growth.users / (first?.share ?? 1))} daily users.`,
  ].join("\n");
}

if (import.meta.main) {
  const { values } = parseArgs({
    options: { users: { type: "string", default: "1000000" }, json: { type: "boolean" } },
  });
  const users = Number(values.users);
  if (!Number.isSafeInteger(users) || users < 1) {
    console.error("Usage: node scripts/simulate/growth.ts [--users <1 or more>] [--json]");
    process.exit(2);
  }
  console.log(values.json ? JSON.stringify(growthOf(users)) : growthReport(growthOf(users)));
}
