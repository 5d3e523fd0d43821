/** The tables of sharing held against the chain: passes, what they earn, circles, reviews. */
import { RENEWAL_STATUSES, refundOn } from "@stelai/sdk";
import { expect } from "chai";
import { type Address, getAddress, type Hex } from "viem";
import { type Row, rowsOf, sumOf, type Tables } from "./tables.ts";
import type { World } from "./world.ts";

const WEI_PER_MICROCREDIT = 10n ** 12n;
const PLANS = ["Lifetime", "Monthly", "Annual"];
const big = (row: Row, column: string) => BigInt(String(row[column]));
const addressIn = (row: Row, column: string) => getAddress(String(row[column]));
const of = (row: Row, rows: readonly Row[]) => rows.filter(({ characterId }) => characterId === row.id);

/** Asserts that the index holds what Characters, CharacterAccess and Reviews hold. */
export async function expectSharingAgreement(w: World, tables: Tables): Promise<void> {
  const { timestamp } = await w.publicClient.getBlock({ blockTag: "latest" });
  await holdersAgree(w, tables, timestamp);
  await incomeAgrees(w, tables, timestamp);
  await circlesAgree(w, tables);
  await reviewsAgree(w, tables);
}

/** The times and amounts of a pass, and what its periods would pay back now. */
async function holdersAgree(w: World, tables: Tables, at: bigint): Promise<void> {
  const { CharacterAccess } = w.contracts;
  const suspended = new Map(rowsOf(tables, "characters").map((row) => [row.id, row.suspended === true]));
  for (const row of rowsOf(tables, "passHolders")) {
    const args = [big(row, "characterId"), addressIn(row, "account")] as const;
    const access = await w.publicClient.readContract({ ...CharacterAccess, functionName: "accessOf", args });
    expect(row.lifetime).to.equal(access.lifetime);
    expect(big(row, "until")).to.equal(BigInt(access.until));
    expect(row.renewalPlan).to.equal(PLANS[access.renewalPlan]);
    expect(big(row, "mandate")).to.equal(BigInt(access.mandate));
    expect(RENEWAL_STATUSES[access.renewal]).to.be.a("string");
    const periods = rowsOf(tables, "passPeriods").filter(
      ({ characterId, account }) => characterId === row.characterId && account === row.account,
    );
    expect(periods.map(({ number }) => number)).to.have.members(periods.map((_, index) => index + 1));
    expect(periods).to.have.length(Number(row.periods));
    expect(sumOf(periods, "price")).to.equal(big(row, "paid"));
    expect(sumOf(periods, "refunded")).to.equal(big(row, "refunded"));
    const refundable = periods
      .filter(({ cancelledAt, plan }) => cancelledAt === null && plan !== "Lifetime")
      .map((period) =>
        refundOn({
          plan: period.plan === "Annual" ? "Annual" : "Monthly",
          ...{ price: big(period, "price"), monthly: big(period, "monthly"), until: big(period, "until"), at },
          suspended: suspended.get(row.characterId ?? "") === true,
        }),
      );
    expect(refundable.reduce((sum, each) => sum + each, 0n)).to.equal(access.refundable);
  }
}

/** To the microcredit: what vested and is not harvested, what is to come, and what the contract holds. */
async function incomeAgrees(w: World, tables: Tables, at: bigint): Promise<void> {
  const { CharacterAccess, Stelai } = w.contracts;
  const today = Number(at / 86_400n);
  const cancellations = rowsOf(tables, "passCancellations");
  let held = 0n;
  for (const row of rowsOf(tables, "characters")) {
    const days = of(row, rowsOf(tables, "vestingDays"));
    const vested = days
      .filter(({ day }) => Number(day) <= today)
      .reduce((sum, each) => {
        return sum + big(each, "atOnce") + big(each, "rateChange") * BigInt(today - Number(each.day) + 1);
      }, 0n);
    const harvestable = await w.publicClient.readContract({
      ...CharacterAccess,
      functionName: "harvestable",
      args: [big(row, "id")],
    });
    expect(vested - big(row, "passesHarvested"), `character ${row.id}`).to.equal(harvestable);
    expect(sumOf(days, "rateChange")).to.equal(0n);
    const whole = days.reduce(
      (sum, each) => sum + big(each, "atOnce") - big(each, "rateChange") * BigInt(Number(each.day)),
      0n,
    );
    expect(whole).to.equal(big(row, "passesSold") - big(row, "passesRefunded"));
    held += big(row, "passesSold") - big(row, "passesRefunded") - big(row, "passesHarvested");

    const periods = of(row, rowsOf(tables, "passPeriods"));
    const ended = of(row, cancellations);
    expect(sumOf(periods, "price")).to.equal(big(row, "passesSold"));
    expect(sumOf(periods, "refunded")).to.equal(sumOf(ended, "refund")).and.to.equal(big(row, "passesRefunded"));
    expect(sumOf(periods, "kept")).to.equal(sumOf(ended, "kept"));
    expect(sumOf(of(row, rowsOf(tables, "harvests")), "amount")).to.equal(big(row, "passesHarvested"));
    const payers = of(row, rowsOf(tables, "characterPayers"));
    expect(sumOf(payers, "passesPaid")).to.equal(big(row, "passesSold"));
    expect(sumOf(payers, "passesRefunded")).to.equal(big(row, "passesRefunded"));
    const characterDays = of(row, rowsOf(tables, "characterDays"));
    expect(sumOf(characterDays, "passesSold")).to.equal(big(row, "passesSold"));
    expect(sumOf(characterDays, "passesRefunded")).to.equal(big(row, "passesRefunded"));
  }
  const args = [CharacterAccess.address] as const;
  expect(held * WEI_PER_MICROCREDIT).to.equal(
    await w.publicClient.readContract({ ...Stelai, functionName: "balanceOf", args }),
  );
  const [protocol = {}] = rowsOf(tables, "protocols");
  const accounts = rowsOf(tables, "accounts");
  expect(sumOf(accounts, "passesPaid")).to.equal(big(protocol, "passesSold"));
  expect(sumOf(accounts, "passesRefunded")).to.equal(big(protocol, "passesRefunded"));
  const earned = rowsOf(tables, "earnings").filter(({ kind }) => kind === "Passes");
  expect(sumOf(earned, "gross")).to.equal(big(protocol, "passesHarvested") * WEI_PER_MICROCREDIT);
}

async function circlesAgree(w: World, tables: Tables): Promise<void> {
  const { Characters } = w.contracts;
  const characters = new Map(rowsOf(tables, "characters").map((row) => [row.id, row]));
  for (const row of characters.values()) {
    const args = [big(row, "id")] as const;
    expect(big(row, "inviteGeneration")).to.equal(
      await w.publicClient.readContract({ ...Characters, functionName: "inviteGenerationOf", args }),
    );
  }
  for (const row of rowsOf(tables, "circleMembers")) {
    const character = characters.get(row.characterId ?? "");
    if (character?.visibility !== "Private" || character.owner === row.account) continue;
    const args = [big(row, "characterId"), addressIn(row, "account")] as const;
    const isAllowed = await w.publicClient.readContract({ ...Characters, functionName: "isAllowed", args });
    expect(row.allowed === true && row.generation === character.listGeneration).to.equal(isAllowed);
  }
  for (const row of rowsOf(tables, "invites")) {
    const args = [big(row, "characterId"), String(row.invite) as Hex] as const;
    expect(await w.publicClient.readContract({ ...Characters, functionName: "isInviteSpent", args })).to.equal(true);
  }
}

async function reviewsAgree(w: World, tables: Tables): Promise<void> {
  const { Reviews } = w.contracts;
  const reviews = rowsOf(tables, "reviews");
  for (const row of reviews) {
    const args = [big(row, "characterId"), addressIn(row, "author")] as const;
    expect(row.rating).to.equal(await w.publicClient.readContract({ ...Reviews, functionName: "ratingOf", args }));
  }
  for (const row of rowsOf(tables, "characters")) {
    const args = [big(row, "id")] as const;
    const score = await w.publicClient.readContract({ ...Reviews, functionName: "scoreOf", args });
    expect([BigInt(Number(row.reviews)), BigInt(Number(row.stars))]).to.deep.equal([score.count, score.sum]);
    const own = of(row, reviews);
    expect([own.length, Number(sumOf(own, "rating"))]).to.deep.equal([row.reviews, row.stars]);
  }
}

/** Every purchase and renewal has its period, every invite of the chain its row. */
export async function expectSharingEvents(w: World, tables: Tables): Promise<void> {
  const { CharacterAccess, Characters } = w.contracts;
  const namesOf = async (contract: { abi: unknown; address: Address }) => {
    const { abi, address } = contract as typeof CharacterAccess;
    const events = await w.publicClient.getContractEvents({ abi, address, fromBlock: 0n });
    return Map.groupBy(events, (event) => event.eventName as string);
  };
  const access = await namesOf(CharacterAccess);
  const circles = await namesOf(Characters);
  const count = (events: typeof access, ...names: string[]) =>
    names.reduce((sum, name) => sum + (events.get(name)?.length ?? 0), 0);
  expect(rowsOf(tables, "passPeriods")).to.have.length(count(access, "PassBought", "PassRenewed"));
  expect(rowsOf(tables, "passCancellations")).to.have.length(count(access, "PassCancelled"));
  expect(rowsOf(tables, "harvests")).to.have.length(count(access, "Harvested"));
  const redeemed = rowsOf(tables, "invites").filter(({ state }) => state === "Redeemed");
  expect(redeemed).to.have.length(count(circles, "InviteRedeemed"));
}
