import { type Context, ponder } from "ponder:registry";
import schema from "ponder:schema";
import { type Address, zeroAddress } from "viem";
import { type Happened, whereOf } from "./chain.ts";
import { book, enter, transfer } from "./ledger.ts";
import { addToAccount, addToProtocol, PROTOCOL } from "./totals.ts";

ponder.on("Stelai:Transfer", async ({ event, context }) => {
  const { from, to, value } = event.args;
  if (from !== zeroAddress) await addToAccount(context, from, { balance: -value });
  if (to !== zeroAddress) await addToAccount(context, to, { balance: value });
  await transfer(context, event, { from, to, value });
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
  const floorPrice = before?.floorPrice ?? (await floorOf(context));
  await db.update(schema.protocol, PROTOCOL).set({ firstPackageId: firstId, floorPrice });
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
  // What plans and the checkout sold is told by them, with who paid.
  const isToldElsewhere = packageId === 0n || payer === context.contracts.EthCheckout.address;
  if (!isToldElsewhere) await buy(context, event, { payer, recipient, credits, usdc: -price });
});

ponder.on("EthCheckout:BoughtWithEth", async ({ event, context }) => {
  const { payer, recipient, credits, price, paid } = event.args;
  await context.db
    .insert(schema.ethPurchase)
    .values({ id: event.id, payer, recipient, credits, price, paid, ...whereOf(event) });
  await buy(context, event, { payer, recipient, credits, usdc: -price, eth: paid });
});

ponder.on("CreditStore:Redeemed", async ({ event, context }) => {
  const { account, recipient, credits, paid } = event.args;
  await context.db
    .insert(schema.redemption)
    .values({ id: event.id, account, recipient, credits, paid, ...whereOf(event) });
  await addToProtocol(context, event, { creditsRedeemed: credits, redeemed: paid }, { redemptions: 1 });
  const counterparty = recipient === account ? null : recipient;
  await book(context, event, { account, kind: "Redeemed", credits: -credits, usdc: paid, counterparty });
});

ponder.on("CreditStore:Retired", async ({ event, context }) => {
  const { account, credits } = event.args;
  await addToProtocol(context, event, { retired: credits });
  await book(context, event, { account, kind: "Retired", credits: -credits });
});

ponder.on("CreditStore:SponsorPaid", async ({ event, context }) => {
  const { payer, recipient, fee } = event.args;
  await context.db
    .insert(schema.sponsorFee)
    .values({ id: event.id, payer, recipient, asset: "Reserve", fee, ...whereOf(event) });
  await enter(context, event, { account: payer, kind: "SponsorFee", usdc: -fee, counterparty: recipient });
  await enter(context, event, { account: recipient, kind: "SponsorFee", usdc: fee, counterparty: payer }, 1);
});

ponder.on("InferenceMeter:SponsorPaid", async ({ event, context }) => {
  const { payer, recipient, fee } = event.args;
  await context.db
    .insert(schema.sponsorFee)
    .values({ id: event.id, payer, recipient, asset: "Stelai", fee, ...whereOf(event) });
  await book(context, event, { account: payer, kind: "SponsorFee", credits: -fee, counterparty: recipient });
  await book(context, event, { account: recipient, kind: "SponsorFee", credits: fee, counterparty: payer }, 1);
});

ponder.on("CreditStore:SurplusSwept", async ({ event, context }) => {
  const { treasury, amount } = event.args;
  await context.db.insert(schema.surplusSweep).values({ id: event.id, treasury, amount, ...whereOf(event) });
  await addToProtocol(context, event, { swept: amount });
});

type Bought = { payer: Address; recipient: Address; credits: bigint; usdc: bigint; eth?: bigint };

/** Enters a purchase with who paid, and, where those were bought for another, with who got the credits. */
async function buy(
  context: Context,
  event: Happened & { id: string },
  { payer, recipient, credits, ...paid }: Bought,
): Promise<void> {
  if (payer === recipient) return book(context, event, { account: payer, kind: "Bought", credits, ...paid });
  await enter(context, event, { account: payer, kind: "Bought", counterparty: recipient, ...paid });
  await book(context, event, { account: recipient, kind: "Received", credits, counterparty: payer }, 1);
}

/** What a credit is redeemed for, which never changes. */
function floorOf({ client, contracts: { CreditStore } }: Context): Promise<bigint> {
  const { abi, address } = CreditStore;
  return client.readContract({ abi, address, functionName: "floorPrice" });
}
