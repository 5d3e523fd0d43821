/** The tables held against the chain: every balance and state that a contract can be asked for. */

import { MODALITIES } from "@stelai/sdk";
import { expect } from "chai";
import { type Address, getAddress, type Hex } from "viem";
import { cleanText, payeeHex } from "../src/chain.ts";
import { expectEconomyAgreement, expectEconomyEvents } from "./economyAgreement.ts";
import { expectMarketAgreement, expectMarketEvents } from "./marketAgreement.ts";
import { expectPaymentAgreement } from "./paymentAgreement.ts";
import { expectSharingAgreement, expectSharingEvents } from "./sharingAgreement.ts";
import { type Row, rowsOf, sumOf, type Tables } from "./tables.ts";
import type { World } from "./world.ts";

const WEI_PER_MICROCREDIT = 10n ** 12n;
const text = (row: Row, column: string) => String(row[column]);
const big = (row: Row, column: string) => BigInt(String(row[column]));
const addressIn = (row: Row, column: string) => getAddress(text(row, column));

/** Asserts that the index holds what the contracts hold. */
export async function expectAgreement(w: World, tables: Tables): Promise<void> {
  await creditsAgree(w, tables);
  await charactersAgree(w, tables);
  await tabsAgree(w, tables);
  await payoutsAgree(w, tables);
  await eventsAgree(w, tables);
  daysAgree(tables);
  await expectSharingAgreement(w, tables);
  await expectSharingEvents(w, tables);
  await expectMarketAgreement(w, tables);
  await expectMarketEvents(w, tables);
  await expectEconomyAgreement(w, tables);
  await expectEconomyEvents(w, tables);
  await expectPaymentAgreement(w, tables);
}

function theProtocol(tables: Tables): Row {
  const [protocol] = rowsOf(tables, "protocols");
  if (!protocol) throw new Error("The index has no totals.");
  return protocol;
}

async function creditsAgree({ contracts, publicClient }: World, tables: Tables): Promise<void> {
  const { Stelai, Reserve, CreditStore } = contracts;
  const protocol = theProtocol(tables);
  const accounts = rowsOf(tables, "accounts");
  const supply = await publicClient.readContract({ ...Stelai, functionName: "totalSupply" });
  expect(big(protocol, "supply")).to.equal(supply);
  expect(sumOf(accounts, "balance")).to.equal(supply);
  for (const row of accounts) {
    const args = [addressIn(row, "address")] as const;
    const balance = await publicClient.readContract({ ...Stelai, functionName: "balanceOf", args });
    expect(big(row, "balance"), text(row, "address")).to.equal(balance);
  }
  const held = await publicClient.readContract({ ...Reserve, functionName: "balanceOf", args: [CreditStore.address] });
  expect(big(protocol, "reserve")).to.equal(held);

  const [firstId, table] = await publicClient.readContract({ ...CreditStore, functionName: "packages" });
  const current = rowsOf(tables, "creditPackages")
    .filter((row) => row.current)
    .map((row) => ({ id: big(row, "id"), credits: big(row, "credits"), price: big(row, "price") }));
  expect(current).to.have.deep.members(table.map((entry, index) => ({ id: firstId + BigInt(index), ...entry })));
}

async function charactersAgree({ contracts, publicClient }: World, tables: Tables): Promise<void> {
  const { Characters, InferenceMeter } = contracts;
  const rows = rowsOf(tables, "characters");
  const count = await publicClient.readContract({ ...Characters, functionName: "count" });
  expect(rows.map((row) => big(row, "id"))).to.have.members(
    Array.from({ length: Number(count) }, (_, index) => BigInt(index + 1)),
  );
  for (const row of rows) {
    const args = [big(row, "id")] as const;
    const character = await publicClient.readContract({ ...Characters, functionName: "characterOf", args });
    expect(addressIn(row, "owner")).to.equal(character.owner);
    expect(row.modality).to.equal(MODALITIES[character.modality]);
    expect(row.visibility).to.equal(["Public", "Unlisted", "Private"][character.visibility]);
    expect(row.suspended).to.equal(character.suspended);
    expect(big(row, "termsVersion")).to.equal(BigInt(character.version));
    for (const [name, price] of Object.entries(character.terms)) expect(big(row, name), name).to.equal(BigInt(price));
    expect(row.payee).to.equal(payeeHex(character.payee));
    expect(row.personaHash).to.equal(character.personaHash);
    expect(row.metadataURI).to.equal(cleanText(character.metadataURI));
    const accrued = await publicClient.readContract({ ...InferenceMeter, functionName: "accruedOf", args });
    expect(big(row, "earned") - big(row, "collected")).to.equal(accrued);

    const [newest] = rowsOf(tables, "termsVersions")
      .filter((version) => version.characterId === row.id)
      .sort((a, b) => Number(big(b, "version") - big(a, "version")));
    expect(newest).to.include({ version: row.termsVersion, perUnit: row.perUnit, lifetime: row.lifetime });
    const days = rowsOf(tables, "characterDays").filter((day) => day.characterId === row.id);
    expect(sumOf(days, "amount")).to.equal(big(row, "earned"));
    const payers = rowsOf(tables, "characterPayers").filter((payer) => payer.characterId === row.id);
    expect(payers).to.have.length(Number(row.payers));
    for (const [column, total] of [
      ["amount", "earned"],
      ["inferences", "inferences"],
      ["milliunits", "milliunits"],
    ] as const) {
      expect(sumOf(payers, column), column).to.equal(big(row, total));
      const months = rowsOf(tables, "payerMonths").filter((month) => month.characterId === row.id);
      expect(sumOf(months, column), column).to.equal(big(row, total));
    }
  }
  for (const row of rowsOf(tables, "operatorListings")) {
    const args = [big(row, "characterId"), addressIn(row, "operator")] as const;
    expect(row.listed).to.equal(await publicClient.readContract({ ...Characters, functionName: "isOperator", args }));
  }
}

async function tabsAgree({ contracts, publicClient }: World, tables: Tables): Promise<void> {
  const { InferenceMeter, Stelai } = contracts;
  const tabs = rowsOf(tables, "tabs");
  for (const row of rowsOf(tables, "operators")) {
    const args = [addressIn(row, "address")] as const;
    const count = await publicClient.readContract({ ...InferenceMeter, functionName: "tabCount", args });
    const own = tabs.filter((tab) => tab.operator === row.address);
    expect(own).to.have.length(Number(count));
    expect(row.tabs).to.equal(own.length);
    expect(row.tabsOpen).to.equal(own.filter((tab) => !tab.closed).length);
    expect(sumOf(own, "spent")).to.equal(big(row, "settled"));
    const accrued = await publicClient.readContract({ ...InferenceMeter, functionName: "accruedFeeOf", args });
    expect(big(row, "fees") - big(row, "feesCollected")).to.equal(accrued);
  }
  for (const row of tabs) {
    const args = [addressIn(row, "operator"), big(row, "tabId")] as const;
    const tab = await publicClient.readContract({ ...InferenceMeter, functionName: "tabOf", args });
    expect(addressIn(row, "payer")).to.equal(tab.payer);
    expect(addressIn(row, "sessionKey")).to.equal(tab.sessionKey);
    expect(big(row, "cap")).to.equal(BigInt(tab.cap));
    expect(big(row, "spent")).to.equal(BigInt(tab.spent));
    expect(big(row, "bonus")).to.equal(BigInt(tab.bonus));
    expect(big(row, "expiry")).to.equal(tab.expiry);
    expect(row.closing).to.equal(tab.closing);
    expect(row.previousKey ?? "0x0000000000000000000000000000000000000000").to.equal(tab.previousKey.toLowerCase());
    expect(BigInt(String(row.previousKeyUntil ?? 0))).to.equal(tab.previousKeyUntil);
    const paid = rowsOf(tables, "settledRows").filter(
      (each) => each.operator === row.operator && each.tabId === row.tabId && each.outcome === "Paid",
    );
    expect(sumOf(paid, "amount")).to.equal(BigInt(tab.spent));
  }
  const protocol = theProtocol(tables);
  const settled = big(protocol, "settled");
  expect(sumOf(tabs, "spent")).to.equal(settled);
  expect(sumOf(rowsOf(tables, "lines"), "amount")).to.equal(settled);
  expect(sumOf(rowsOf(tables, "settlements"), "total")).to.equal(settled);
  expect(sumOf(rowsOf(tables, "accounts"), "spent")).to.equal(settled);
  expect(sumOf(tabs, "cap") - settled).to.equal(big(protocol, "locked"));
  const args = [InferenceMeter.address] as const;
  const held = await publicClient.readContract({ ...Stelai, functionName: "balanceOf", args });
  const accrued = settled - big(protocol, "collected");
  expect((big(protocol, "locked") + accrued) * WEI_PER_MICROCREDIT).to.equal(held);
}

async function payoutsAgree({ contracts, publicClient }: World, tables: Tables): Promise<void> {
  const { Payouts, Stelai } = contracts;
  for (const row of rowsOf(tables, "payeeTotals")) {
    const credited = big(row, "net") + big(row, "flowedIn");
    if (row.isSplit) {
      const args = [BigInt(text(row, "payee"))] as const;
      expect(credited).to.equal(await publicClient.readContract({ ...Payouts, functionName: "receivedBySplit", args }));
      const shares = rowsOf(tables, "splitShares").filter((share) => share.split === row.payee);
      expect(sumOf(shares, "flowed")).to.equal(big(row, "flowedOut"));
      continue;
    }
    const args = [addressIn(row, "payee")] as const;
    const claimable = await publicClient.readContract({ ...Payouts, functionName: "claimable", args });
    expect(credited + big(row, "commissionIn") - big(row, "claimed"), text(row, "payee")).to.equal(claimable);
  }
  for (const row of rowsOf(tables, "splitShares")) {
    const args = [BigInt(text(row, "split")), BigInt(Number(row.position))] as const;
    expect(big(row, "flowed")).to.equal(await publicClient.readContract({ ...Payouts, functionName: "flowed", args }));
  }
  for (const row of rowsOf(tables, "commissions")) {
    const args = [addressIn(row, "source")] as const;
    expect(row.bps).to.equal(await publicClient.readContract({ ...Payouts, functionName: "commissionOf", args }));
  }
  const protocol = theProtocol(tables);
  const args = [Payouts.address] as const;
  const held = await publicClient.readContract({ ...Stelai, functionName: "balanceOf", args });
  expect(big(protocol, "earned") - big(protocol, "claimed")).to.equal(held);
}

/** Which table each event fills with one row. */
const TABLE_OF = {
  CreditStore: { Purchased: "purchases", Redeemed: "redemptions", SurplusSwept: "surplusSweeps" },
  Characters: { CharacterCreated: "characters" },
  InferenceMeter: { TabOpened: "tabs", Settled: "settlements", Collected: "collections" },
  Payouts: {
    Earned: "earnings",
    SplitRegistered: "splits",
    Flowed: "splitFlows",
    Claimed: "claims",
    CommissionSet: "commissionChanges",
  },
} as const;

async function eventsAgree({ contracts, publicClient }: World, tables: Tables): Promise<void> {
  const countOf = async (contract: keyof typeof TABLE_OF, eventName: string) => {
    const { abi, address } = contracts[contract] as { abi: typeof contracts.Payouts.abi; address: Address };
    const all = await publicClient.getContractEvents({ abi, address, fromBlock: 0n });
    return all.filter((event) => (event.eventName as string) === eventName).length;
  };
  for (const [contract, events] of Object.entries(TABLE_OF)) {
    for (const [event, table] of Object.entries(events)) {
      const logged = await countOf(contract as keyof typeof TABLE_OF, event);
      expect(rowsOf(tables, table), `${contract}.${event}`).to.have.length(logged);
    }
  }
  const retired = await publicClient.getContractEvents({
    ...contracts.CreditStore,
    eventName: "Retired",
    fromBlock: 0n,
  });
  expect(retired.reduce((sum, { args }) => sum + (args.credits ?? 0n), 0n)).to.equal(
    big(theProtocol(tables), "retired"),
  );
  const fees = (await countOf("CreditStore", "SponsorPaid")) + (await countOf("InferenceMeter", "SponsorPaid"));
  expect(rowsOf(tables, "sponsorFees")).to.have.length(fees);
}

function daysAgree(tables: Tables): void {
  const protocol = theProtocol(tables);
  const days = rowsOf(tables, "protocolDays").sort((a, b) => Number(a.day) - Number(b.day));
  for (const column of [
    "creditsSold",
    "received",
    "creditsRedeemed",
    "redeemed",
    "swept",
    "settled",
    "inferences",
    "passesSold",
    "passesRefunded",
    "passesHarvested",
    "licencesSold",
    "licencesReleased",
    "licencesRefunded",
    "resold",
    "royalties",
    "earned",
    "commission",
    "bonusGranted",
    "bonusDrawn",
    "bonusReturned",
    "bonusLapsed",
  ]) {
    expect(sumOf(days, column), column).to.equal(big(protocol, column));
  }
  expect(sumOf(days, "purchases")).to.equal(BigInt(rowsOf(tables, "purchases").length));
  expect(days.at(-1)).to.include({ supply: protocol.supply, reserve: protocol.reserve });
  const byPayee = (payee: Hex) => (row: Row) => row.payee === payee;
  for (const total of rowsOf(tables, "payeeTotals")) {
    const own = byPayee(total.payee as Hex);
    for (const column of ["gross", "commission", "net", "flowedIn"]) {
      expect(sumOf(rowsOf(tables, "payeeDays"), column, own), column).to.equal(big(total, column));
    }
  }
  const operatorDays = rowsOf(tables, "operatorDays");
  expect(sumOf(operatorDays, "settled")).to.equal(big(protocol, "settled"));
  expect(sumOf(operatorDays, "inferences")).to.equal(big(protocol, "inferences"));
}
