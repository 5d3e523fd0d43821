import { type Address, isAddressEqual, type LocalAccount } from "viem";
import { getSeals } from "../actions/relayer/getSeals.ts";
import { getFullStatement } from "../actions/statement/getFullStatement.ts";
import type { StelaiClient } from "../client.ts";
import { ReceiptRefusedError } from "../errors/tab.ts";
import { sessionKeysOf, type TermsLookup, termsLookup } from "../internal/history.ts";
import { meterOf } from "../internal/meter.ts";
import { everyPage } from "../internal/pages.ts";
import { isMeterSignature, type MeteredRequest } from "../payment.ts";
import type { Seal, StatementEntry } from "../wire.ts";
import { type AskedRequest, noteCharged } from "./asked.ts";
import { sessionAccount } from "./key.ts";
import { ledgerOf, withReceipt, withSeal } from "./ledger.ts";
import type { TabRecord } from "./record.ts";
import { verifyReceipt, verifySeal } from "./verify.ts";

/**
 * Applies what is waiting and what is sealed as far as it follows. A seal is tried before each receipt, so that
 * lines never run over where the operator sealed in time.
 */
export function drain(record: TabRecord, seals: readonly Seal[]): void {
  let ledger = ledgerOf(record.anchor, record.receipts);
  for (let moved = true; moved; ) {
    moved = false;
    for (const { voucher } of seals) {
      if (voucher.base !== ledger.anchor.base || voucher.cumulative <= ledger.anchor.base) continue;
      const rebased = withSeal(ledger, voucher);
      if (!rebased) continue;
      ledger = rebased;
      moved = true;
    }
    const next = record.waiting.find(({ receipt }) => receipt.sequence === ledger.state.sequence + 1n);
    if (next) {
      if (next.receipt.previous !== ledger.state.head) {
        record.waiting = record.waiting.filter((other) => other !== next);
        throw new ReceiptRefusedError(next.receipt, "link to the one before", ledger.state.head, next.receipt.previous);
      }
      ledger = withReceipt(ledger, next.receipt);
      moved = true;
    }
    record.waiting = record.waiting.filter(({ receipt }) => receipt.sequence > ledger.state.sequence);
    record.anchor = ledger.anchor;
    record.receipts = [...ledger.receipts];
  }
  if (record.signed < record.anchor.base) record.signed = record.anchor.base;
}

/** The operator's seals from the record's base on, each verified; `known` is one that came with an answer. */
export async function sealsAfter(client: StelaiClient, record: TabRecord, known?: Seal): Promise<Seal[]> {
  const found: Seal[] = known ? [known] : [];
  if (known?.voucher.base !== record.anchor.base) {
    await everyPage(undefined, async (after) => {
      const page = await getSeals(client, { tabId: record.tabId, after });
      found.push(...page.seals);
      return page.next;
    });
  }
  return verified(client, record, found);
}

/**
 * Takes over from the operator's statement what the record lacks. A receipt counts only with the request that one
 * of the tab's session keys signed for it, at the terms that the chain had, and once.
 */
export async function fetchBooks(client: StelaiClient, record: TabRecord, sessionKey: LocalAccount): Promise<void> {
  const { operator, tabId } = record;
  const { sequence } = ledgerOf(record.anchor, record.receipts).state;
  const statement = await getFullStatement(client, { operator, tabId, sessionKey, after: sequence });
  const missing = statement.entries.filter(({ receipt }) => receipt !== null && receipt.receipt.sequence > sequence);
  const foreign = missing.length > 0 || statement.seals.some(({ voucher }) => voucher.cumulative > record.anchor.base);
  if (!foreign) return;

  record.formerKeys = (await sessionKeysOf(client, record)).filter((key) => !isAddressEqual(key, sessionKey.address));
  const termsAt = termsLookup(client);
  for (const entry of missing) await admit(client, record, sessionKey.address, termsAt, entry);
  const seals = await sealsAfter(client, record);
  drain(record, [...seals, ...(await verified(client, record, statement.seals))]);
}

async function admit(
  client: StelaiClient,
  record: TabRecord,
  key: Address,
  termsAt: TermsLookup,
  entry: StatementEntry,
): Promise<void> {
  const signed = entry.receipt;
  if (signed === null || record.waiting.some(({ receipt }) => receipt.sequence === signed.receipt.sequence)) return;
  const { receipt } = signed;
  if (entry.request === null) throw new ReceiptRefusedError(receipt, "request", "one that was signed", "none");
  const { signature, ...rest } = entry.request;
  const request: MeteredRequest = {
    operator: record.operator,
    tabId: record.tabId,
    id: entry.requestId,
    characterId: entry.characterId,
    ...rest,
  };
  const keys = [key, ...record.formerKeys];
  const byKey = await Promise.all(
    keys.map((signer) => isMeterSignature(signer, meterOf(client), "Request", request, signature)),
  );
  if (!byKey.includes(true)) throw new ReceiptRefusedError(receipt, "request's signer", keys.join(" or "), signature);
  const terms = await termsAt(request.characterId, request.termsVersion);
  if (!terms) throw new ReceiptRefusedError(receipt, "terms version", "one of the chain's", request.termsVersion);
  // What was agreed to for this very request: by now a fee may be another one, and each has its own quality.
  const { feePerUnit, quality, milliunits, response }: Partial<AskedRequest> = record.asked[receipt.request] ?? {};
  const agreement = { request, terms, feePerUnit, quality, milliunits, response };
  await verifyReceipt(meterOf(client), record, signed, agreement);
  noteCharged(record, receipt, request.id);
  record.waiting.push(signed);
}

async function verified(client: StelaiClient, record: TabRecord, seals: readonly Seal[]): Promise<Seal[]> {
  const newer = seals.filter(({ voucher }) => voucher.cumulative > record.anchor.base);
  if (newer.length === 0) return [];
  const meter = meterOf(client);
  const mine = [(await sessionAccount(record.privateKey)).address, ...record.formerKeys];
  for (const seal of newer) {
    const known = await Promise.all(
      mine.map((key) => isMeterSignature(key, meter, "Voucher", seal.voucher, seal.signature)),
    );
    // The chain is asked only when none of the keys at hand signed it: a rotation that was not seen yet.
    const keys = known.includes(true) ? mine : await sessionKeysOf(client, record);
    await verifySeal(meter, { ...record, keys }, seal);
  }
  return newer;
}
