import { expect } from "chai";
import { type Hex, keccak256, stringToBytes } from "viem";
import { privateKeyToAccount } from "viem/accounts";
import { hashRequest, type MeteredRequest, signMeter } from "../../payment.ts";
import { quoteUp, type Terms } from "../../pricing.ts";
import { applyReceipt, hashVoucher, initialTabState, type Receipt, type TabState, voucherOf } from "../../voucher.ts";
import type { Seal, StatementEntry } from "../../wire.ts";
import { auditBill } from "./auditBill.ts";
import type { FindingKind } from "./findings.ts";
import { type ChainBill, termsKey } from "./readBill.ts";

const key = privateKeyToAccount(`0x${"01".repeat(32)}`);
const oldKey = privateKeyToAccount(`0x${"02".repeat(32)}`);
const operator = privateKeyToAccount(`0x${"03".repeat(32)}`);
const stranger = privateKeyToAccount(`0x${"04".repeat(32)}`);
const meter = { chainId: 31337, inferenceMeter: "0x00000000000000000000000000000000000000c1" } as const;
const tab = { operator: operator.address, tabId: 5n };
const other: Hex = `0x${"77".repeat(32)}`;

type Bill = { statement: { entries: StatementEntry[]; seals: Seal[] }; chain: ChainBill };

/** A bill that fits: five receipts of two characters, two seals, one of them settled, and one failed request. */
async function honestBill(): Promise<Bill> {
  const prices = { lifetime: 0n, monthly: 0n, annual: 0n };
  const terms: Record<string, Terms> = {
    [termsKey(1n, 1n)]: { ...prices, perInference: 100n, perUnit: 5_000n },
    [termsKey(2n, 3n)]: { ...prices, perInference: 0n, perUnit: 70_000n },
  };
  let state: TabState = initialTabState(tab.operator, tab.tabId);
  const entries: StatementEntry[] = [];
  const seals: Seal[] = [];
  const rows: ChainBill["settled"] = [];
  for (let index = 0; index < 5; index++) {
    const signer = index === 0 ? oldKey : key;
    const [characterId, termsVersion] = index % 2 === 0 ? [1n, 1n] : [2n, 3n];
    const milliunits = BigInt(100 + index * 37);
    const cost = quoteUp(terms[termsKey(characterId, termsVersion)] as Terms, 1_000n, { milliunits, quality: "High" });
    const id: Hex = `0x${String(index).padStart(64, "a")}`;
    const request: MeteredRequest = {
      ...tab,
      id,
      body: keccak256(stringToBytes(`body ${index}`)),
      characterId,
      termsVersion,
      maxCost: cost.total + 5n,
      deadline: 2_000n,
    };
    const receipt: Receipt = {
      ...tab,
      sequence: state.sequence + 1n,
      request: hashRequest(request),
      response: keccak256(stringToBytes(`answer ${index}`)),
      characterId,
      termsVersion,
      milliunits,
      quality: 2,
      amount: cost.amount,
      fee: cost.fee,
      servedAt: 1_000n,
      previous: state.head,
    };
    state = applyReceipt(state, receipt);
    const { body, maxCost, deadline } = request;
    const signature = await signMeter(signer, meter, "Request", request);
    entries.push({
      requestId: id,
      characterId,
      at: 1_000n,
      receipt: { receipt, signature: await signMeter(operator, meter, "Receipt", receipt) },
      request: { body, maxCost, termsVersion, deadline, signature },
      error: null,
    });
    if (index !== 1 && index !== 3) continue;
    const voucher = voucherOf(state);
    const { lines } = state;
    seals.push({
      voucher,
      lines: [...lines],
      signature: await signMeter(key, meter, "Voucher", voucher),
      sealSignature: await signMeter(operator, meter, "Seal", { voucher: hashVoucher(voucher) }),
    });
    const { cumulative, receipts } = voucher;
    if (index === 1) rows.push({ tabId: tab.tabId, outcome: "Paid", cumulative, receipts, lines: [...lines] });
    state = { ...state, base: state.cumulative, lines: [] };
  }
  entries.push({
    requestId: other,
    characterId: 1n,
    at: 1_000n,
    receipt: null,
    request: null,
    error: { code: "upstream_failed", message: "It failed." },
  });
  const chain: ChainBill = {
    meter,
    ...tab,
    sessionKeys: [oldKey.address, key.address],
    spent: rows[0]?.cumulative ?? 0n,
    settled: rows,
    terms: new Map(Object.entries(terms)),
  };
  return { statement: { entries, seals }, chain };
}

/** The receipt at a place of the bill; its operator may sign it again. */
async function changeReceipt(bill: Bill, index: number, change: Partial<Receipt>, signed = true): Promise<void> {
  const entry = bill.statement.entries[index];
  if (!entry?.receipt) throw new Error("no receipt there");
  const receipt = { ...entry.receipt.receipt, ...change };
  const signature = signed ? await signMeter(operator, meter, "Receipt", receipt) : entry.receipt.signature;
  bill.statement.entries[index] = { ...entry, receipt: { receipt, signature } };
}

function changeRequest(bill: Bill, index: number, change: object | null): void {
  const entry = bill.statement.entries[index];
  if (!entry?.request) throw new Error("no request there");
  bill.statement.entries[index] = { ...entry, request: change && { ...entry.request, ...change } };
}

function requestHash(bill: Bill, index: number): Hex {
  return bill.statement.entries[index]?.receipt?.receipt.request ?? other;
}

function renameRequest(bill: Bill, index: number, requestId: Hex = other): void {
  const entry = bill.statement.entries[index];
  if (entry) bill.statement.entries[index] = { ...entry, requestId };
}

function changeSeal(bill: Bill, index: number, change: Partial<Seal>): void {
  const seal = bill.statement.seals[index];
  if (seal) bill.statement.seals[index] = { ...seal, ...change };
}

describe("An audit of a bill", () => {
  it("finds nothing in a bill that fits, a rotation and an unsettled seal included", async () => {
    const audit = await auditBill(await honestBill());
    expect(audit.findings).to.deep.equal([]);
    expect(audit.ok).to.equal(true);
    expect(audit.entries.map(({ verdict }) => verdict)).to.deep.equal([...Array(5).fill("charged"), "uncharged"]);
    expect(audit.seals.map(({ verdict }) => verdict)).to.deep.equal(["settled", "pending"]);
    expect(audit.totals.charged > audit.totals.sealed && audit.totals.sealed > audit.totals.settled).to.equal(true);
  });

  it("does not care in which order the statement comes", async () => {
    const bill = await honestBill();
    bill.statement.entries.reverse();
    bill.statement.seals.reverse();
    expect((await auditBill(bill)).ok).to.equal(true);
  });

  it("names the receipt, the number expected and the number found", async () => {
    const bill = await honestBill();
    const amount = bill.statement.entries[2]?.receipt?.receipt.amount ?? 0n;
    await changeReceipt(bill, 2, { amount: amount + 1n });
    const { findings, entries } = await auditBill(bill);
    const found = findings.find(({ kind }) => kind === "amount");
    expect(found).to.include({ sequence: 3n, expected: amount, found: amount + 1n });
    expect(found?.message)
      .to.contain(`Receipt 3 `)
      .and.contain(`expected ${amount}, found ${amount + 1n}`);
    expect(entries[2]?.verdict).to.equal("mismatch");
    expect(entries[1]?.verdict).to.equal("charged");
  });

  const tampered: [FindingKind, (bill: Bill) => void | Promise<void>][] = [
    ["operator", (bill) => changeReceipt(bill, 1, { operator: stranger.address })],
    ["tab", (bill) => changeReceipt(bill, 1, { tabId: 6n })],
    ["receipt-signature", (bill) => changeReceipt(bill, 1, { servedAt: 7n }, false)],
    ["request-missing", (bill) => changeRequest(bill, 1, null)],
    ["request", (bill) => changeReceipt(bill, 1, { request: other })],
    ["request", (bill) => changeRequest(bill, 1, { body: other })],
    ["request-twice", (bill) => void bill.statement.entries.push(...bill.statement.entries.slice(1, 2))],
    ["request-twice", async (bill) => changeReceipt(bill, 3, { request: requestHash(bill, 1) })],
    ["request-twice", (bill) => renameRequest(bill, 3, bill.statement.entries[1]?.requestId)],
    ["request-signature", (bill) => changeRequest(bill, 1, { deadline: 9n })],
    ["request-signature", (bill) => void bill.chain.sessionKeys.shift()],
    ["character", (bill) => changeReceipt(bill, 1, { characterId: 1n })],
    ["terms-version", (bill) => changeReceipt(bill, 1, { termsVersion: 2n })],
    ["terms-unknown", (bill) => void bill.chain.terms.delete(termsKey(2n, 3n))],
    ["quality", (bill) => changeReceipt(bill, 1, { quality: 9 })],
    ["maximum", (bill) => changeReceipt(bill, 1, { fee: 2_000_000n })],
    ["amount", (bill) => changeReceipt(bill, 1, { milliunits: 1n })],
    ["amount", (bill) => changeReceipt(bill, 1, { quality: 3 })],
    ["amount", (bill) => void bill.chain.terms.set(termsKey(1n, 1n), { ...freeTerms })],
    ["sequence", (bill) => void bill.statement.entries.splice(1, 1)],
    ["sequence", (bill) => void bill.statement.entries.push(...bill.statement.entries.slice(1, 2))],
    ["link", (bill) => changeReceipt(bill, 2, { previous: other })],
    ["link", (bill) => changeReceipt(bill, 1, { response: other })],
    ["seal-tab", (bill) => changeSealVoucher(bill, { tabId: 9n })],
    ["seal-base", (bill) => changeSealVoucher(bill, { base: 1n })],
    ["seal-lines-hash", (bill) => changeSeal(bill, 1, { lines: [] })],
    ["seal-lines", (bill) => changeSealVoucher(bill, { lines: other })],
    ["seal-total", (bill) => changeSealVoucher(bill, { cumulative: 1n })],
    ["seal-receipts", (bill) => changeSealVoucher(bill, { receipts: other })],
    ["voucher-signature", (bill) => changeSeal(bill, 1, { signature: `0x${"00".repeat(65)}` })],
    ["seal-signature", (bill) => changeSeal(bill, 1, { sealSignature: `0x${"00".repeat(65)}` })],
    ["settled-unsealed", (bill) => void bill.statement.seals.shift()],
    ["settled-receipts", (bill) => changeRow(bill, { receipts: other })],
    ["settled-lines", (bill) => changeRow(bill, { lines: [] })],
    ["settled-sum", (bill) => changeRow(bill, { lines: [] })],
    ["settled-total", (bill) => spend(bill, 10n ** 9n)],
    ["spent", (bill) => spend(bill, bill.chain.spent + 1n)],
    ["spent", (bill) => void bill.chain.settled.pop()],
  ];
  const freeTerms: Terms = { lifetime: 0n, monthly: 0n, annual: 0n, perInference: 0n, perUnit: 0n };

  function spend(bill: Bill, spent: bigint): void {
    bill.chain.spent = spent;
  }

  function changeSealVoucher(bill: Bill, change: Partial<Seal["voucher"]>): void {
    const seal = bill.statement.seals[1];
    if (seal) changeSeal(bill, 1, { voucher: { ...seal.voucher, ...change } });
  }

  function changeRow(bill: Bill, change: object): void {
    const [row] = bill.chain.settled;
    if (row) bill.chain.settled[0] = { ...row, ...change };
  }

  for (const [index, [kind, tamper]] of tampered.entries()) {
    it(`finds "${kind}" in a tampered bill (${index + 1})`, async () => {
      const bill = await honestBill();
      await tamper(bill);
      const audit = await auditBill(bill);
      expect(audit.ok).to.equal(false);
      expect(audit.findings.map((finding) => finding.kind)).to.include(kind);
    });
  }
});
