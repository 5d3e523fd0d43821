import { ponder } from "ponder:registry";
import schema from "ponder:schema";
import { zeroAddress } from "viem";
import { whereOf } from "./chain.ts";
import { addToAccount, addToProtocol, PROTOCOL } from "./totals.ts";

ponder.on("Stelai:Transfer", async ({ event, context }) => {
  const { from, to, value } = event.args;
  if (from !== zeroAddress) await addToAccount(context, from, { balance: -value });
  if (to !== zeroAddress) await addToAccount(context, to, { balance: value });
  const minted = from === zeroAddress ? value : 0n;
  const burned = to === zeroAddress ? value : 0n;
  if (minted !== burned) await addToProtocol(context, event, { supply: minted - burned });
});

ponder.on("ReserveIn:Transfer", async ({ event, context }) => {
  await addToProtocol(context, event, { reserve: event.args.value });
});

ponder.on("ReserveOut:Transfer", async ({ event, context }) => {
  await addToProtocol(context, event, { reserve: -event.args.value });
});

ponder.on("CreditStore:PackagesReplaced", async ({ event, context }) => {
  const { db } = context;
  const { firstId, packages } = event.args;
  const { timestamp } = event.block;
  const before = await db.find(schema.protocol, PROTOCOL);
  for (let index = 0; index < (before?.packageCount ?? 0); index++) {
    const id = (before?.firstPackageId ?? 0n) + BigInt(index);
    await db.update(schema.creditPackage, { id }).set({ current: false, until: timestamp });
  }
  await addToProtocol(context, event, { packageCount: packages.length - (before?.packageCount ?? 0) });
  await db.update(schema.protocol, PROTOCOL).set({ firstPackageId: firstId });
  const rows = packages.map(({ credits, price }, index) => ({
    id: firstId + BigInt(index),
    credits,
    price,
    current: true,
    since: timestamp,
  }));
  await db.insert(schema.creditPackage).values(rows);
});

ponder.on("CreditStore:Purchased", async ({ event, context }) => {
  const { payer, recipient, referrer, packageId, quantity, credits, price } = event.args;
  await context.db
    .insert(schema.purchase)
    .values({ id: event.id, payer, recipient, referrer, packageId, quantity, credits, price, ...whereOf(event) });
  await addToAccount(context, recipient, { creditsBought: credits });
  await addToProtocol(context, event, { creditsSold: credits, received: price }, { purchases: 1 });
});

ponder.on("CreditStore:Redeemed", async ({ event, context }) => {
  const { account, recipient, credits, paid } = event.args;
  await context.db
    .insert(schema.redemption)
    .values({ id: event.id, account, recipient, credits, paid, ...whereOf(event) });
  await addToProtocol(context, event, { creditsRedeemed: credits, redeemed: paid }, { redemptions: 1 });
});

ponder.on("CreditStore:SponsorPaid", async ({ event, context }) => {
  const { payer, recipient, fee } = event.args;
  await context.db
    .insert(schema.sponsorFee)
    .values({ id: event.id, payer, recipient, asset: "Reserve", fee, ...whereOf(event) });
});

ponder.on("InferenceMeter:SponsorPaid", async ({ event, context }) => {
  const { payer, recipient, fee } = event.args;
  await context.db
    .insert(schema.sponsorFee)
    .values({ id: event.id, payer, recipient, asset: "Stelai", fee, ...whereOf(event) });
});

ponder.on("CreditStore:SurplusSwept", async ({ event, context }) => {
  const { treasury, amount } = event.args;
  await context.db.insert(schema.surplusSweep).values({ id: event.id, treasury, amount, ...whereOf(event) });
  await addToProtocol(context, event, { swept: amount });
});
