/** The tables of single payments held against the chain. */
import { operatorReceiverAbi } from "@stelai/sdk/abis";
import { expect } from "chai";
import { getAddress } from "viem";
import { rowsOf, sumOf, type Tables } from "./tables.ts";
import type { World } from "./world.ts";

/** Asserts that the index holds what the receivers' events and balances say, and what payers and earners were told. */
export async function expectPaymentAgreement(w: World, tables: Tables): Promise<void> {
  const { OperatorReceivers, Stelai } = w.contracts;
  const receivers = rowsOf(tables, "operatorReceivers");
  const payments = rowsOf(tables, "singlePayments");
  const lines = rowsOf(tables, "singlePaymentLines");
  const ledger = rowsOf(tables, "ledgerLines").filter(({ kind }) => kind === "Payment");
  const created = await w.publicClient.getContractEvents({ ...OperatorReceivers, fromBlock: 0n });
  expect(receivers).to.have.length(created.length);
  for (const row of receivers) {
    const address = getAddress(String(row.address));
    const args = [getAddress(String(row.operator))] as const;
    const known = await w.publicClient.readContract({ ...OperatorReceivers, functionName: "receiverOf", args });
    expect(known).to.equal(address);
    const of = (each: { receiver?: unknown }) => each.receiver === row.address;
    const events = await w.publicClient.getContractEvents({ abi: operatorReceiverAbi, address, fromBlock: 0n });
    const [settled, distributed] = ["Settled", "Distributed"].map((name) =>
      events.filter(({ eventName }) => eventName === name),
    );
    expect([payments.filter(of).length, row.payments]).to.deep.equal([settled?.length, settled?.length]);
    expect(lines.filter(of)).to.have.length(distributed?.length ?? -1);
    expect(sumOf(payments, "value", of)).to.equal(BigInt(String(row.received)));
    expect(sumOf(lines, "amount", of)).to.equal(BigInt(String(row.distributed)));
    const held = await w.publicClient.readContract({ ...Stelai, functionName: "balanceOf", args: [address] });
    const balance = rowsOf(tables, "accounts").find((account) => account.address === row.address)?.balance ?? 0;
    expect(BigInt(String(balance))).to.equal(held);
    const earned = rowsOf(tables, "earnings").filter(({ source }) => source === row.address);
    expect(earned.map(({ kind, operator }) => [kind, operator])).to.deep.equal(
      earned.map(() => ["Payment", row.operator]),
    );
    expect(sumOf(earned, "gross")).to.equal(BigInt(String(row.distributed)));
  }
  // What a payer paid has one line, whose character is whom the payment went to.
  expect(ledger).to.have.length(payments.length);
  for (const { id, payer, value, operator, passOf } of payments) {
    const own = ledger.find((line) => String(line.id).startsWith(String(id)));
    expect(own).to.include({ account: payer, credits: `-${value}`, operator });
    const line = lines.find(({ paymentId, characterId }) => paymentId === id && characterId !== null);
    expect(own?.characterId).to.equal(passOf ?? line?.characterId ?? null);
  }
}
