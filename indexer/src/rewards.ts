import { ponder } from "ponder:registry";
import schema from "ponder:schema";
import { type Address, type Hex, slice, zeroAddress } from "viem";
import { cleanText, earlierOf, microOf, named, whereOf } from "./chain.ts";
import { enter } from "./ledger.ts";
import { addToBonus, addToProtocol } from "./totals.ts";

/** Which column of an account a bonus of each source adds to. */
const COLUMN = {
  Referrer: "fromReferrals",
  Referee: "fromPurchases",
  Promotion: "fromPromotions",
  Contribution: "fromContributions",
} as const;

ponder.on("Rewards:ReferrerBound", async ({ event, context }) => {
  const { account } = event.args;
  const referrer = event.args.referrer === zeroAddress ? null : event.args.referrer;
  await context.db.insert(schema.referral).values({ account, referrer, id: event.id, earned: 0n, ...whereOf(event) });
});

ponder.on("Rewards:Granted", async ({ event, context }) => {
  const { db } = context;
  const { account, ref } = event.args;
  const source = named(schema.bonusSource.enumValues, event.args.source);
  const amount = microOf(event.args.amount);
  const isReferral = source === "Referrer" || source === "Referee";
  const campaignId = isReferral ? null : event.args.campaignId;
  const buyer = isReferral ? buyerOf(ref) : null;
  await db.insert(schema.bonusGrant).values({
    ...{ id: event.id, account, source, campaignId, amount, buyer, deed: source === "Contribution" ? ref : null },
    ...whereOf(event),
  });
  await addToBonus(context, account, { balance: amount, granted: amount, [COLUMN[source]]: amount });
  const counterparty = source === "Referrer" ? buyer : null;
  await enter(context, event, { account, kind: "Bonus", bonus: amount, source, campaignId, counterparty });
  if (source === "Referrer" && buyer) {
    await db.update(schema.referral, { account: buyer }).set((row) => ({ earned: row.earned + amount }));
  }
  if (campaignId !== null) {
    await db.update(schema.campaign, { id: campaignId }).set((row) => ({
      budget: row.budget - amount,
      given: row.given + amount,
      claims: row.claims + 1,
    }));
  }
  const by = isReferral ? { referralsGiven: amount } : { budgets: -amount };
  await addToProtocol(context, event, { bonus: amount, bonusGranted: amount, ...by });
});

ponder.on("Rewards:LapseMoved", async ({ event, context }) => {
  const { account, lapsesAt } = event.args;
  await addToBonus(context, account, {});
  await context.db.update(schema.bonusAccount, { account }).set({ lapsesAt });
});

// Which tab it went into or came from is told by the meter: see tabs.ts, where its lines are written.
ponder.on("Rewards:Drawn", async ({ event, context }) => {
  const amount = microOf(event.args.amount);
  await addToBonus(context, event.args.account, { balance: -amount, drawn: amount });
  await addToProtocol(context, event, { bonus: -amount, bonusDrawn: amount });
});

ponder.on("Rewards:Restored", async ({ event, context }) => {
  const amount = microOf(event.args.amount);
  await addToBonus(context, event.args.account, { balance: amount, returned: amount });
  await addToProtocol(context, event, { bonus: amount, bonusReturned: amount });
});

ponder.on("Rewards:Lapsed", async ({ event, context }) => {
  const { account } = event.args;
  const amount = microOf(event.args.amount);
  await addToBonus(context, account, { balance: -amount, lapsed: amount });
  await addToProtocol(context, event, { bonus: -amount, bonusLapsed: amount });
  await enter(context, event, { account, kind: "BonusLapsed", bonus: -amount });
});

ponder.on("Rewards:ReferralTermsSet", async ({ event, context }) => {
  const { cap } = event.args;
  const [referrerBps, refereeBps] = [Number(event.args.referrerBps), Number(event.args.refereeBps)];
  await context.db
    .insert(schema.referralTermsChange)
    .values({ id: event.id, referrerBps, refereeBps, cap, ...whereOf(event) });
});

ponder.on("Rewards:CampaignStarted", async ({ event, context }) => {
  const { campaignId: id, signer, campaign } = event.args;
  await context.db.insert(schema.campaign).values({
    ...{ id, signer, source: named(schema.bonusSource.enumValues, event.args.source) },
    ...{ start: campaign.start, end: campaign.end, uri: cleanText(campaign.uri) },
    ...{ perAccount: microOf(campaign.perAccount), daily: microOf(campaign.daily) },
    ...{ budget: 0n, given: 0n, burned: 0n, funded: 0n, cost: 0n, claims: 0, ...whereOf(event) },
  });
});

ponder.on("Rewards:CampaignFunded", async ({ event, context }) => {
  const { campaignId, payer, cost } = event.args;
  const amount = microOf(event.args.amount);
  await context.db.update(schema.campaign, { id: campaignId }).set((row) => ({
    budget: row.budget + amount,
    funded: row.funded + amount,
    cost: row.cost + cost,
  }));
  await addToProtocol(context, event, { budgets: amount, budgetsFunded: amount, budgetsCost: cost });
  await enter(context, event, { account: payer, kind: "Budget", usdc: -cost, campaignId });
});

ponder.on("Rewards:CampaignEnded", async ({ event, context }) => {
  const burned = microOf(event.args.burned);
  const { timestamp } = event.block;
  await context.db.update(schema.campaign, { id: event.args.campaignId }).set((row) => ({
    budget: row.budget - burned,
    burned: row.burned + burned,
    // As the contract does with one that is stopped before its time.
    end: earlierOf(row.end, timestamp - 1n),
    endedAt: row.endedAt ?? timestamp,
  }));
  if (burned !== 0n) await addToProtocol(context, event, { budgets: -burned, budgetsBurned: burned });
});

ponder.on("Rewards:OperatorTrusted", async ({ event, context }) => {
  const { operator, isTrusted } = event.args;
  const since = event.block.timestamp;
  await context.db
    .insert(schema.trustedOperator)
    .values({ operator, isTrusted, since })
    .onConflictDoUpdate({ isTrusted, since });
});

/** The account that a referral's `ref` names. */
function buyerOf(ref: Hex): Address {
  return slice(ref, 12);
}
