/** The tables of the credits economy held against the chain: ledgers, bonus credits, campaigns, plans, announcements. */
import { expect } from "chai";
import { type Address, getAddress, type Hex, zeroAddress } from "viem";
import { EXPIRATION, operationState } from "../src/accessManager.ts";
import { microOf, WEI_PER_MICROCREDIT } from "../src/chain.ts";
import { type Row, rowsOf, sumOf, type Tables } from "./tables.ts";
import type { World } from "./world.ts";

const SOURCES = ["Referrer", "Referee", "Promotion", "Contribution"];
const big = (row: Row, column: string) => BigInt(String(row[column] ?? 0));
const addressIn = (row: Row, column: string) => getAddress(String(row[column]));

/** Asserts that the index holds what Rewards, CreditPlans and the AccessManager hold, and every ledger what is held. */
export async function expectEconomyAgreement(w: World, tables: Tables): Promise<void> {
  const { timestamp } = await w.publicClient.getBlock({ blockTag: "latest" });
  ledgersAgree(w, tables);
  await bonusAgrees(w, tables, timestamp);
  await referralsAgree(w, tables);
  await campaignsAgree(w, tables);
  await rewardsHold(w, tables);
  await plansAgree(w, tables);
  await topUpsAgree(w, tables, timestamp);
  await announcementsAgree(w, tables, timestamp);
}

/** The lines of each account come to its balances, which are held against the chain elsewhere. */
function ledgersAgree({ contracts }: World, tables: Tables): void {
  const byAccount = Map.groupBy(rowsOf(tables, "ledgerLines"), (row) => String(row.account));
  const transits = new Map(rowsOf(tables, "transits").map((row) => [row.account, row]));
  const bonuses = new Map(rowsOf(tables, "bonusAccounts").map((row) => [row.account, row]));
  const { InferenceMeter, CharacterAccess, Licenses, Resale, Payouts, Rewards } = contracts;
  const ours = [
    ...[InferenceMeter, CharacterAccess, Licenses, Resale, Payouts, Rewards].map(({ address }) =>
      address.toLowerCase(),
    ),
    ...rowsOf(tables, "operatorReceivers").map(({ address }) => String(address)),
  ];
  for (const row of rowsOf(tables, "accounts")) {
    const address = String(row.address);
    const lines = byAccount.get(address) ?? [];
    if (ours.includes(address)) {
      expect(lines, address).to.deep.equal([]);
      continue;
    }
    const untold = transits.get(address);
    expect(sumOf(lines, "credits") + (untold ? big(untold, "amount") : 0n), address).to.equal(big(row, "balance"));
    const bonus = bonuses.get(address);
    expect(sumOf(lines, "bonus"), address).to.equal(bonus ? big(bonus, "balance") : 0n);
  }
  const known = new Set(rowsOf(tables, "accounts").map(({ address }) => address));
  for (const [account, lines] of byAccount) {
    if (!known.has(account)) expect([sumOf(lines, "credits"), account]).to.deep.equal([0n, account]);
  }
}

async function bonusAgrees({ contracts: { Rewards }, publicClient }: World, tables: Tables, at: bigint) {
  const grants = rowsOf(tables, "bonusGrants");
  for (const row of rowsOf(tables, "bonusAccounts")) {
    const args = [addressIn(row, "account")] as const;
    const [balance, lapsesAt] = await publicClient.readContract({ ...Rewards, functionName: "bonusOf", args });
    expect(big(row, "lapsesAt")).to.equal(lapsesAt);
    const now = at > lapsesAt ? 0n : big(row, "balance");
    expect(now * WEI_PER_MICROCREDIT, String(row.account)).to.equal(balance);
    const [granted, drawn, returned, lapsed] = ["granted", "drawn", "returned", "lapsed"].map((name) =>
      big(row, name),
    ) as [bigint, bigint, bigint, bigint];
    expect(granted + returned - drawn - lapsed).to.equal(big(row, "balance"));
    const own = grants.filter(({ account }) => account === row.account);
    const columns = ["fromReferrals", "fromPurchases", "fromPromotions", "fromContributions"];
    for (const [index, column] of columns.entries()) {
      expect(big(row, column), column).to.equal(sumOf(own, "amount", ({ source }) => source === SOURCES[index]));
    }
    expect(sumOf(own, "amount")).to.equal(granted);
    const earned = await publicClient.readContract({ ...Rewards, functionName: "referralEarnedBy", args });
    expect(big(row, "fromReferrals") * WEI_PER_MICROCREDIT).to.equal(earned);
  }
}

async function referralsAgree({ contracts: { Rewards }, publicClient }: World, tables: Tables): Promise<void> {
  const referrals = rowsOf(tables, "referrals");
  const grants = rowsOf(tables, "bonusGrants").filter(({ source }) => source === "Referrer");
  for (const row of referrals) {
    const args = [addressIn(row, "account")] as const;
    const [referrer, isBound] = await publicClient.readContract({ ...Rewards, functionName: "referrerOf", args });
    expect([row.referrer ?? zeroAddress, true]).to.deep.equal([referrer.toLowerCase(), isBound]);
    expect(big(row, "earned")).to.equal(sumOf(grants, "amount", ({ buyer }) => buyer === row.account));
  }
  expect(sumOf(referrals, "earned")).to.equal(sumOf(grants, "amount"));
  const terms = await publicClient.readContract({ ...Rewards, functionName: "referralTerms" });
  const newest = rowsOf(tables, "referralTermsChanges")
    .sort((a, b) => (String(a.id) < String(b.id) ? -1 : 1))
    .at(-1);
  expect([newest?.referrerBps, newest?.refereeBps, newest?.cap].map(String)).to.deep.equal(
    [terms.referrerBps, terms.refereeBps, terms.cap].map(String),
  );
  for (const row of rowsOf(tables, "trustedOperators")) {
    const args = [addressIn(row, "operator")] as const;
    expect(row.isTrusted).to.equal(await publicClient.readContract({ ...Rewards, functionName: "isTrusted", args }));
  }
}

async function campaignsAgree({ contracts: { Rewards }, publicClient }: World, tables: Tables): Promise<void> {
  const rows = rowsOf(tables, "campaigns");
  const grants = rowsOf(tables, "bonusGrants");
  const count = await publicClient.readContract({ ...Rewards, functionName: "campaignCount" });
  expect(rows).to.have.length(Number(count));
  for (const row of rows) {
    const id = big(row, "id");
    const campaign = await publicClient.readContract({ ...Rewards, functionName: "campaignOf", args: [id] });
    expect(row.source).to.equal(SOURCES[campaign.source]);
    expect(addressIn(row, "signer")).to.equal(campaign.signer);
    expect([row.start, row.end].map(String)).to.deep.equal([campaign.start, campaign.end].map(String));
    for (const name of ["perAccount", "daily", "budget", "given"] as const) {
      expect(big(row, name), `${name} of ${id}`).to.equal(microOf(campaign[name]));
    }
    expect(big(row, "funded") - big(row, "given") - big(row, "burned")).to.equal(big(row, "budget"));
    const own = grants.filter(({ campaignId }) => campaignId === row.id);
    expect([own.length, sumOf(own, "amount")]).to.deep.equal([row.claims, big(row, "given")]);
    for (const [account, claims] of Map.groupBy(own, (each) => String(each.account))) {
      const args = [id, account as Address] as const;
      const claimed = await publicClient.readContract({ ...Rewards, functionName: "claimedOf", args });
      expect(sumOf(claims, "amount") * WEI_PER_MICROCREDIT).to.equal(claimed);
    }
    for (const { deed } of own.filter((each) => each.source === "Contribution")) {
      const args = [id, deed as Hex] as const;
      expect(await publicClient.readContract({ ...Rewards, functionName: "isDeedUsed", args })).to.equal(true);
    }
  }
}

/** Bonus credits and budgets are all that Rewards holds, but for what was sent there unasked; and what $STELAI is made of. */
async function rewardsHold({ contracts, publicClient }: World, tables: Tables): Promise<void> {
  const { CreditStore, Rewards, Stelai } = contracts;
  const [protocol = {}] = rowsOf(tables, "protocols");
  expect(big(protocol, "bonus")).to.equal(sumOf(rowsOf(tables, "bonusAccounts"), "balance"));
  expect(big(protocol, "budgets")).to.equal(sumOf(rowsOf(tables, "campaigns"), "budget"));
  expect(big(protocol, "budgetsCost")).to.equal(sumOf(rowsOf(tables, "campaigns"), "cost"));
  const args = [Rewards.address] as const;
  const held = await publicClient.readContract({ ...Stelai, functionName: "balanceOf", args });
  const owed = (big(protocol, "bonus") + big(protocol, "budgets")) * WEI_PER_MICROCREDIT;
  expect(held >= owed, `Rewards holds ${held} and owes ${owed}`).to.equal(true);
  // Moved and told by nothing: what buyers got that others paid comes to nothing here.
  const untold = rowsOf(tables, "ledgerLines").filter(
    ({ kind, counterparty }) => ["Sent", "Received"].includes(String(kind)) && counterparty === null,
  );
  // What accounts paid into Payouts by themselves is told of by nothing else either, and is there.
  const paidIn = sumOf(rowsOf(tables, "earnings"), "gross", ({ kind }) => kind === "Other");
  // Nor of what a stranger brought to a receiver, and went on from there.
  const past = sumOf(rowsOf(tables, "singlePaymentLines"), "amount", ({ paymentId }) => paymentId === null);
  const sent = -sumOf(untold, "credits") - sumOf(rowsOf(tables, "transits"), "amount") - paidIn - past;
  expect(held - owed).to.equal(sent);

  const [micro, wei] = [
    big(protocol, "referralsGiven") + big(protocol, "budgetsFunded"),
    big(protocol, "creditsSold") - big(protocol, "creditsRedeemed") - big(protocol, "retired"),
  ];
  expect(micro * WEI_PER_MICROCREDIT + wei).to.equal(big(protocol, "supply"));
  const floor = await publicClient.readContract({ ...CreditStore, functionName: "floorPrice" });
  expect(big(protocol, "floorPrice")).to.equal(floor);
}

async function plansAgree({ contracts: { CreditPlans }, publicClient }: World, tables: Tables): Promise<void> {
  const plans = rowsOf(tables, "creditPlans");
  const count = await publicClient.readContract({ ...CreditPlans, functionName: "planCount" });
  expect(plans).to.have.length(Number(count));
  for (const row of plans) {
    const plan = await publicClient.readContract({ ...CreditPlans, functionName: "planOf", args: [big(row, "id")] });
    expect([row.credits, row.price, row.period].map(String)).to.deep.equal(
      [plan.credits, plan.price, plan.period].map(String),
    );
    const prices = rowsOf(tables, "planPrices").filter(({ planId }) => planId === row.id);
    const newest = prices.sort((a, b) => (String(a.id) < String(b.id) ? -1 : 1)).at(-1);
    expect(newest?.price).to.equal(row.price);
  }
  const payments = rowsOf(tables, "planPayments");
  for (const row of rowsOf(tables, "planSubscriptions")) {
    const args = [addressIn(row, "account")] as const;
    const running = await publicClient.readContract({ ...CreditPlans, functionName: "subscriptionOf", args });
    for (const [name, value] of Object.entries(running)) {
      expect(String(row[name]), `${name} of ${row.account}`).to.equal(String(value));
    }
    const cycle = payments.filter((each) => each.account === row.account && big(each, "timestamp") >= running.start);
    expect(sumOf(cycle, "price")).to.equal(running.paid);
    expect(sumOf(cycle, "credits")).to.equal(running.granted);
  }
}

async function topUpsAgree({ contracts: { CreditPlans }, publicClient }: World, tables: Tables, at: bigint) {
  for (const row of rowsOf(tables, "topUps")) {
    const args = [addressIn(row, "account")] as const;
    const [agreed, spent, end] = await publicClient.readContract({ ...CreditPlans, functionName: "topUpOf", args });
    for (const [name, value] of Object.entries(agreed)) expect(String(row[name]), name).to.equal(String(value));
    const isRunning = at < big(row, "windowEnd");
    const window = isRunning ? [big(row, "spent"), big(row, "windowEnd")] : [0n, 0n];
    expect(window).to.deep.equal([spent, end]);
  }
}

async function announcementsAgree({ contracts: { AccessManager }, publicClient }: World, tables: Tables, at: bigint) {
  const expiration = await publicClient.readContract({ ...AccessManager, functionName: "expiration" });
  expect(EXPIRATION).to.equal(BigInt(expiration));
  for (const row of rowsOf(tables, "scheduledOperations")) {
    const args = [String(row.operationHash) as Hex] as const;
    const newest = await publicClient.readContract({ ...AccessManager, functionName: "getNonce", args });
    if (big(row, "nonce") !== BigInt(newest)) continue;
    const schedule = await publicClient.readContract({ ...AccessManager, functionName: "getSchedule", args });
    const timeOf = (column: string) => (row[column] === null ? null : big(row, column));
    const told = { readyAt: big(row, "readyAt"), executedAt: timeOf("executedAt"), cancelledAt: timeOf("cancelledAt") };
    const isOpen = ["waiting", "ready"].includes(operationState(told, at));
    expect(BigInt(schedule), String(row.id)).to.equal(isOpen ? told.readyAt : 0n);
  }
}

/** Every event has its row. */
export async function expectEconomyEvents({ contracts, publicClient }: World, tables: Tables): Promise<void> {
  const eventsOf = async (contract: { abi: unknown; address: Address }) => {
    const { abi, address } = contract as typeof contracts.Rewards;
    const events = await publicClient.getContractEvents({ abi, address, fromBlock: 0n });
    return Map.groupBy(events, ({ eventName }) => String(eventName));
  };
  const plans = await eventsOf(contracts.CreditPlans);
  const rewards = await eventsOf(contracts.Rewards);
  const checkout = await eventsOf(contracts.EthCheckout);
  const lines = Map.groupBy(rowsOf(tables, "ledgerLines"), ({ kind }) => String(kind));
  const count = (events: typeof plans, ...names: string[]) =>
    names.reduce((sum, name) => sum + (events.get(name)?.length ?? 0), 0);
  expect(rowsOf(tables, "planPayments")).to.have.length(count(plans, "Subscribed", "Renewed", "Upgraded"));
  expect(rowsOf(tables, "planPrices")).to.have.length(count(plans, "PlanAdded", "PlanPriceSet"));
  expect(rowsOf(tables, "topUpPayments")).to.have.length(count(plans, "ToppedUp"));
  expect(rowsOf(tables, "bonusGrants")).to.have.length(count(rewards, "Granted"));
  expect(rowsOf(tables, "referrals")).to.have.length(count(rewards, "ReferrerBound"));
  expect(rowsOf(tables, "campaigns")).to.have.length(count(rewards, "CampaignStarted"));
  expect(rowsOf(tables, "ethPurchases")).to.have.length(count(checkout, "BoughtWithEth"));
  for (const [kind, events, name] of [
    ["Plan", plans, "Subscribed"],
    ["Renewal", plans, "Renewed"],
    ["Upgrade", plans, "Upgraded"],
    ["TopUp", plans, "ToppedUp"],
    ["Bonus", rewards, "Granted"],
    ["BonusDrawn", rewards, "Drawn"],
    ["BonusReturned", rewards, "Restored"],
    ["BonusLapsed", rewards, "Lapsed"],
    ["Budget", rewards, "CampaignFunded"],
  ] as const) {
    expect(lines.get(kind)?.length ?? 0, kind).to.equal(count(events, name));
  }
}
