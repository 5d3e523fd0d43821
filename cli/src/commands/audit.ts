import { readFileSync, writeFileSync } from "node:fs";
import type { Audit, Statement, Stelai } from "@stelai/sdk";
import { sealSchema, statementEntrySchema, toWire } from "@stelai/sdk/wire";
import { type Address, getAddress, isAddressEqual } from "viem";
import * as z from "zod";
import { credits } from "../amounts.ts";
import { signedInAt } from "../character/operators.ts";
import { address, type Context, positive } from "../context.ts";
import { CommandError, EXIT, UsageError } from "../failures.ts";
import { type Terminal, toned } from "../output.ts";

export type AuditOptions = { tab?: string; operator?: string; receipts?: string; save?: string };

/** Names the form of a saved bill; what the dApp's Statement saves, too. */
const FORMAT = "stelai-statement/1";

type Bill = Pick<Statement, "entries" | "seals">;
type Named = { operator: Address; tabId: bigint };

/** `stelai audit`: a bill against the chain, line by line. @returns 1 when anything differs. */
export async function audit(context: Context, options: AuditOptions): Promise<number> {
  if (options.receipts !== undefined && (options.tab !== undefined || options.save !== undefined)) {
    throw new UsageError("--receipts is a bill of its own: give it without --tab and --save.");
  }
  const audits =
    options.receipts === undefined ? await ofTabs(context, options) : await ofFile(context, options.receipts);
  const ok = audits.every(({ audit: { ok } }) => ok);
  context.print({ ok, tabs: audits.map(plain) }, () =>
    audits.map((one) => wordsOf(context.terminal, one)).join("\n\n"),
  );
  return ok ? EXIT.done : EXIT.failed;
}

type Audited = Named & { audit: Audit };

/** The bills of the account's tabs with an operator, as that operator's relayer has them. */
async function ofTabs(context: Context, options: AuditOptions): Promise<Audited[]> {
  const stelai = await signedInAt(context, context.relayerUrl);
  const operator =
    options.operator === undefined
      ? (await stelai.relayer.getOperator()).operator
      : address("--operator", options.operator);
  const { address: payer } = await context.signer();
  const tabs =
    options.tab === undefined
      ? await tabsOf(stelai, operator, payer)
      : [{ operator, tabId: positive("--tab", options.tab) }];
  if (tabs.length === 0) {
    throw new CommandError(
      `${payer} has no tab with the operator ${operator}. Name another one's relayer with --relayer.`,
    );
  }
  if (options.save !== undefined && tabs.length > 1) throw new UsageError("--save keeps one bill: name its --tab.");
  const audits: Audited[] = [];
  for (const tab of tabs) {
    const { statement, ...found } = await stelai.statement.auditTab(tab);
    audits.push({ ...tab, audit: found });
    if (options.save !== undefined) save(options.save, stelai, tab, statement);
  }
  return audits;
}

/** Every tab that an account opened with an operator, by the chain's events. */
async function tabsOf(stelai: Stelai, operator: Address, payer: Address): Promise<Named[]> {
  return (await stelai.tab.listTabs({ payer, operator })).map(({ tabId }) => ({ operator, tabId }));
}

/** A bill from a file, held against the chain alone: the operator is not asked. */
async function ofFile(context: Context, file: string): Promise<Audited[]> {
  const { operator, tabId, bill, chainId, inferenceMeter } = readBill(file);
  const stelai = await context.reader();
  const { deployment } = stelai.client;
  const isOther =
    (chainId !== undefined && chainId !== deployment.chainId) ||
    (inferenceMeter !== undefined && !isAddressEqual(inferenceMeter, deployment.contracts.InferenceMeter));
  if (isOther) {
    throw new CommandError(
      `${file} is a bill of other contracts or another chain (${chainId}). Name its --rpc and --deployment.`,
    );
  }
  const { statement: _statement, ...found } = await stelai.statement.auditTab({ operator, tabId, statement: bill });
  return [{ operator, tabId, audit: found }];
}

const addressText = z
  .string()
  .regex(/^0x[0-9a-fA-F]{40}$/, "must be an address")
  .transform((text) => getAddress(text));
const billSchema = z.object({
  format: z.literal(FORMAT).optional(),
  chainId: z.int().optional(),
  inferenceMeter: addressText.optional(),
  operator: addressText.optional(),
  tabId: z.coerce.bigint().optional(),
  entries: z.array(statementEntrySchema),
  seals: z.array(sealSchema),
});

/** A saved bill, or what `GET /v1/tabs/:tabId/statement` answers. @throws UsageError */
function readBill(file: string) {
  let json: unknown;
  try {
    json = JSON.parse(readFileSync(file, "utf8"));
  } catch (cause) {
    throw new UsageError(cause instanceof SyntaxError ? `${file} is not JSON.` : `${file} cannot be read.`);
  }
  const parsed = billSchema.safeParse(json);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new UsageError(`${file} is no bill: ${issue?.path.join(".")} ${issue?.message}.`);
  }
  const { entries, seals, ...named } = parsed.data;
  const [first] = entries.flatMap(({ receipt }) => (receipt === null ? [] : [receipt.receipt]));
  const operator = named.operator ?? first?.operator ?? seals[0]?.voucher.operator;
  const tabId = named.tabId ?? first?.tabId ?? seals[0]?.voucher.tabId;
  if (operator === undefined || tabId === undefined) throw new UsageError(`${file} does not say of which tab it is.`);
  const { chainId, inferenceMeter } = named;
  return { operator, tabId, chainId, inferenceMeter, bill: { entries, seals } as Bill };
}

function save(file: string, { client }: Stelai, tab: Named, bill: Bill): void {
  const { chainId, genesisHash, contracts } = client.deployment;
  const about = { format: FORMAT, chainId, genesisHash, inferenceMeter: contracts.InferenceMeter, ...tab };
  writeFileSync(file, `${JSON.stringify(JSON.parse(toWire({ ...about, ...bill })), null, 2)}\n`, { mode: 0o600 });
}

function plain({ operator, tabId, audit: { ok, totals, findings, entries, seals } }: Audited) {
  return {
    ...{ operator, tabId, ok, chargedMicro: totals.charged, sealedMicro: totals.sealed, settledMicro: totals.settled },
    findings: findings.map(({ kind, sequence, cumulative, message }) => ({
      ...{ kind, message },
      ...(sequence === undefined ? {} : { sequence }),
      ...(cumulative === undefined ? {} : { cumulative }),
    })),
    receipts: entries.map(({ entry, verdict }) => ({
      ...{ requestId: entry.requestId, characterId: entry.characterId, verdict },
      ...(entry.receipt === null ? {} : { sequence: entry.receipt.receipt.sequence, totalMicro: costOf(entry) }),
    })),
    seals: seals.map(({ seal, verdict }) => ({ cumulativeMicro: seal.voucher.cumulative, verdict })),
  };
}

function costOf({ receipt }: Bill["entries"][number]): bigint {
  return receipt === null ? 0n : receipt.receipt.amount + receipt.receipt.fee;
}

function wordsOf(
  terminal: Terminal,
  { operator, tabId, audit: { ok, totals, entries, seals, findings } }: Audited,
): string {
  const line = (isRight: boolean, text: string) =>
    toned(terminal, isRight ? "green" : "red", `${isRight ? "✔" : "✘"} ${text}`);
  const receipts = entries.flatMap(({ entry, verdict, findings: own }) => [
    verdict === "uncharged"
      ? toned(terminal, "dim", `· not charged: ${entry.error?.message ?? "no receipt"}`)
      : line(
          verdict === "charged",
          `receipt ${entry.receipt?.receipt.sequence}, character ${entry.characterId}: ${credits(costOf(entry))} credits`,
        ),
    ...own.map(({ message }) => toned(terminal, "red", `    ${message}`)),
  ]);
  const sealed = seals.flatMap(({ seal, verdict, findings: own }) => [
    line(verdict !== "mismatch", `seal up to ${credits(seal.voucher.cumulative)} credits: ${SEAL_WORDS[verdict]}`),
    ...own.map(({ message }) => toned(terminal, "red", `    ${message}`)),
  ]);
  const told = new Set([...entries, ...seals].flatMap((one) => one.findings));
  const rest = findings.filter((one) => !told.has(one)).map(({ message }) => line(false, message));
  const { charged, sealed: total, settled } = totals;
  const sums = `charged ${credits(charged)}, sealed ${credits(total)}, settled ${credits(settled)} credits`;
  return [
    toned(terminal, "bold", `Tab ${tabId} with ${operator}`),
    ...receipts,
    ...sealed,
    ...rest,
    line(ok, ok ? `Every number fits the chain: ${sums}.` : `${findings.length} numbers do not fit: ${sums}.`),
  ].join("\n");
}

const SEAL_WORDS = { settled: "settled", pending: "waits to be settled", mismatch: "differs" } as const;
