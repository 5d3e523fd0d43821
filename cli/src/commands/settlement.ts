import { readFileSync, writeFileSync } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";
import type { Seal } from "@stelai/sdk";
import { sealSchema, toWire } from "@stelai/sdk/wire";
import { type Address, getAddress } from "viem";
import * as z from "zod";
import { credits, ether } from "../amounts.ts";
import type { Context } from "../context.ts";
import { positive } from "../context.ts";
import { EXIT, UsageError } from "../failures.ts";
import { facts, jsonLine, toned } from "../output.ts";
import { type SettlementState, SettlementWatch } from "../settlement.ts";

export type WatchOptions = { once?: boolean; interval: string };

/** `stelai settlement watch`: what an operator sealed, settled and still has to settle, and its gas, as it goes on. */
export async function watch(context: Context, options: WatchOptions): Promise<void> {
  const seconds = Number(positive("--interval", options.interval));
  const stelai = await context.reader();
  const { client } = await context.network();
  const { operator } = await stelai.relayer.getOperator();
  const watching = new SettlementWatch(stelai, client, operator);
  const stopping = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => stopping.abort());
  let before: string | undefined;
  while (!stopping.signal.aborted) {
    const state = await watching.look();
    const { batches: _batches, ...standing } = state;
    const now = jsonLine(standing);
    if (context.isJson) {
      if (before !== now || state.batches.length > 0) context.terminal.out(jsonLine(plain(state)));
    } else show(context, state, before !== now);
    before = now;
    if (options.once === true) return;
    await pause(seconds * 1_000, undefined, { signal: stopping.signal }).catch(() => {});
  }
}

function plain({ operator, seals, sealed, settled, waiting, waitingSeals, batches }: SettlementState) {
  const money = { sealedMicro: sealed, settledMicro: settled, waitingMicro: waiting };
  const transactions = batches.map(({ cost, ...batch }) => ({ ...batch, costWei: cost }));
  return { operator, seals, ...money, waitingSeals, batches: transactions };
}

function show({ terminal }: Context, state: SettlementState, isNew: boolean): void {
  for (const { block, transaction, rows, skipped, gasUsed, cost } of state.batches) {
    const paid = `${rows - skipped.length} of ${rows} rows paid`;
    const why = skipped.length === 0 ? "" : ` (${[...new Set(skipped)].join(", ")})`;
    const line = `block ${block}  ${paid}${why}, gas ${gasUsed}, ${ether(cost)}  ${transaction}`;
    terminal.out(skipped.length === 0 ? line : toned(terminal, "yellow", line));
  }
  if (!isNew) return;
  const { seals, sealed, settled, waiting, waitingSeals } = state;
  const still = waitingSeals === 0 ? "nothing waits" : `${credits(waiting)} credits wait in ${waitingSeals} seals`;
  terminal.out(
    toned(
      terminal,
      "bold",
      `${time()}  ${seals} seals: ${credits(sealed)} credits sealed, ${credits(settled)} settled, ${still}.`,
    ),
  );
}

function time(): string {
  return new Date().toISOString().slice(11, 19);
}

/** `stelai settlement save`: a copy of all that an operator sealed, for the day on which it is gone. */
export async function save(context: Context, file: string): Promise<void> {
  const stelai = await context.reader();
  const { operator } = await stelai.relayer.getOperator();
  const seals: Seal[] = [];
  for (let after: bigint | undefined; ; ) {
    const page = await stelai.relayer.getSeals({ after, limit: 500 });
    seals.push(...page.seals);
    if (page.next === null) break;
    after = page.next;
  }
  writeFileSync(file, `${toWire({ operator, seals })}\n`);
  context.print(
    { operator, seals: seals.length, file },
    () => `${seals.length} seals of ${operator} are kept in ${file}.`,
  );
}

const sealsSchema = z.object({ seals: z.array(sealSchema).min(1, "has no seals") });

/** Rows of one transaction, which has gas for so many. */
const BATCH = 100;

/**
 * `stelai settlement settle`: settles what was sealed, from a copy or a saved bill. Anyone may: it pays whom the payers
 * signed for. @returns 1 when a row that was not settled before was refused.
 */
export async function settle(context: Context, file: string): Promise<number> {
  const seals = readSeals(file);
  const stelai = await context.stelai();
  const byOperator = Map.groupBy(seals, ({ voucher }) => getAddress(voucher.operator));
  const rows: { operator: Address; tabId: bigint; outcome: string }[] = [];
  const transactions: string[] = [];
  for (const [operator, all] of byOperator) {
    const open = await unsettled(stelai, operator, all);
    for (let from = 0; from < open.length; from += BATCH) {
      const { hash, wait } = await stelai.tab.settleSealed({ operator, seals: open.slice(from, from + BATCH) });
      transactions.push(hash);
      rows.push(...(await wait()).rows.map((row) => ({ operator, ...row })));
    }
  }
  const paid = rows.filter(({ outcome }) => outcome === "Paid").length;
  context.print({ seals: seals.length, rows, transactions }, () =>
    transactions.length === 0
      ? "All of it is settled already. Nothing was sent."
      : facts([
          ["settled", `${paid} of ${rows.length} rows`],
          ...rows
            .filter(({ outcome }) => outcome !== "Paid")
            .map(({ tabId, outcome }) => [`tab ${tabId}`, outcome] as const),
          ...transactions.map((hash) => ["transaction", hash] as const),
        ]),
  );
  return paid === rows.length ? EXIT.done : EXIT.failed;
}

/** What the chain has not settled yet, the lower totals first. */
async function unsettled(
  stelai: Awaited<ReturnType<Context["reader"]>>,
  operator: Address,
  seals: readonly Seal[],
): Promise<Seal[]> {
  const tabs = [...new Set(seals.map(({ voucher }) => voucher.tabId))];
  const spent = new Map(
    await Promise.all(
      tabs.map(async (tabId) => [tabId, (await stelai.tab.getTab({ operator, tabId })).spent] as const),
    ),
  );
  return seals
    .filter(({ voucher }) => voucher.cumulative > (spent.get(voucher.tabId) ?? 0n))
    .sort((a, b) => Number(a.voucher.cumulative - b.voucher.cumulative));
}

/** @throws UsageError when the file holds no seals. */
function readSeals(file: string): Seal[] {
  let json: unknown;
  try {
    json = JSON.parse(readFileSync(file, "utf8"));
  } catch (cause) {
    throw new UsageError(cause instanceof SyntaxError ? `${file} is not JSON.` : `${file} cannot be read.`);
  }
  const parsed = sealsSchema.safeParse(json);
  if (parsed.success) return parsed.data.seals as Seal[];
  throw new UsageError(
    `${file} holds no seals: ${parsed.error.issues[0]?.path.join(".")} ${parsed.error.issues[0]?.message}.`,
  );
}
