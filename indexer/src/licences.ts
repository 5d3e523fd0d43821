import { type Context, type Event, ponder } from "ponder:registry";
import schema from "ponder:schema";
import { zeroAddress } from "viem";
import {
  added,
  cleanText,
  dayOf,
  type Happened,
  microOf,
  named,
  payeeHex,
  WEI_PER_MICROCREDIT,
  whereOf,
} from "./chain.ts";
import { book } from "./ledger.ts";
import { giveBack, sell, WINDOWS } from "./market.ts";
import { addToAccount, addToProtocol } from "./totals.ts";

type LicenceRow = typeof schema.licence.$inferSelect;
type Told = Happened & Pick<Event<"Licenses:Bought">, "id">;
type Entry = Pick<typeof schema.licenceEvent.$inferInsert, "kind" | "account" | "text" | "amount">;

ponder.on("Licenses:Offered", async ({ event, context }) => {
  const { offerId: id, workId, epoch, offer } = event.args;
  await context.db.insert(schema.offer).values({
    ...{ id, workId, epoch, attestor: offer.attestor, termsHash: offer.termsHash },
    tier: named(schema.tier.enumValues, offer.tier),
    ...{ price: offer.price, supply: BigInt(offer.supply), sold: 0n, duration: BigInt(offer.duration) },
    ...{ payee: payeeHex(event.args.payee), closed: false, ...whereOf(event) },
  });
});

ponder.on("Licenses:OfferClosed", async ({ event, context }) => {
  await context.db.update(schema.offer, { id: event.args.offerId }).set({ closed: true });
});

ponder.on("Licenses:Bought", async ({ event, context }) => {
  const { db } = context;
  const { licenceId, offerId, holder, payer, commissionBps } = event.args;
  const { timestamp } = event.block;
  const expiry = BigInt(event.args.expiry);
  const { workId, tier, price, payee } = await db
    .update(schema.offer, { id: offerId })
    .set((row) => ({ sold: row.sold + 1n }));
  const sale = { licenceId, isExclusive: tier === "Exclusive", expiry };
  const { owner: seller } = await db.update(schema.work, { id: workId }).set((row) => sell(row, sale, timestamp));
  await db.insert(schema.licence).values({
    ...{ id: licenceId, offerId, workId, tier, price, commissionBps, payee, status: "Escrowed" },
    ...{
      since: timestamp,
      dueAt: timestamp + WINDOWS.Escrowed,
      expiry,
      holder,
      payer,
      recipient: holder,
      seller,
      moves: 0,
      earned: 0n,
    },
    ...whereOf(event),
  });
  await db
    .insert(schema.workPayer)
    .values({ workId, payer, paid: price, refunded: 0n })
    .onConflictDoUpdate((row) => added(row, { paid: price }));
  await addToAccount(context, payer, { licencesPaid: price });
  await addToProtocol(context, event, { licences: 1, licencesSold: price });
  await log(context, event, licenceId, { kind: "Bought", account: payer, amount: price });
  const counterparty = holder === payer ? null : holder;
  const credits = -price * WEI_PER_MICROCREDIT;
  await book(context, event, { account: payer, kind: "Licence", credits, licenceId, workId, counterparty });
});

ponder.on("Licenses:Delivered", async ({ event, context }) => {
  const { licenceId } = event.args;
  const { offerId } = await turn(context, event, licenceId, "Delivered");
  const offer = await context.db.find(schema.offer, { id: offerId });
  await log(context, event, licenceId, { kind: "Delivered", account: offer?.attestor ?? null });
});

ponder.on("Licenses:Disputed", async ({ event, context }) => {
  const { licenceId, holder } = event.args;
  const bond = microOf(event.args.bond);
  const evidenceURI = cleanText(event.args.evidenceURI);
  const { workId } = await turn(context, event, licenceId, "Disputed", { bond, evidenceURI });
  await addToProtocol(context, event, { bonds: bond });
  await log(context, event, licenceId, { kind: "Disputed", account: holder, text: evidenceURI, amount: bond });
  await book(context, event, { account: holder, kind: "Bond", credits: -event.args.bond, licenceId, workId });
});

ponder.on("Licenses:Resolved", async ({ event, context }) => {
  const { licenceId, resolver } = event.args;
  const text = cleanText(event.args.reasonURI);
  await log(context, event, licenceId, { kind: "Resolved", account: resolver, text });
});

ponder.on("Licenses:Released", async ({ event, context }) => {
  const { licenceId } = event.args;
  // What it earns its payee is told by Payouts, right after.
  const { workId, payer, price, bond } = await turn(context, event, licenceId, "Released");
  await context.db.update(schema.work, { id: workId }).set((row) => ({ sold: row.sold + 1 }));
  await addToDay(context, { workId, payer, price, day: dayOf(event.block.timestamp) });
  await addToProtocol(context, event, { licencesReleased: price, bonds: -(bond ?? 0n) });
  await log(context, event, licenceId, { kind: "Released", amount: price });
});

ponder.on("Licenses:Refunded", async ({ event, context }) => {
  const { db } = context;
  const { licenceId, holder } = event.args;
  const row = await turn(context, event, licenceId, "Refunded");
  const { workId, offerId, payer, price, bond, tier, expiry } = row;
  await db.update(schema.offer, { id: offerId }).set((offer) => ({ sold: offer.sold - 1n }));
  const sale = { licenceId, isExclusive: tier === "Exclusive", expiry };
  await db.update(schema.work, { id: workId }).set((work) => giveBack(work, sale));
  // The holder has it back, but what a gift weighed was its giver's.
  await db.update(schema.workPayer, { workId, payer }).set((paid) => added(paid, { refunded: price }));
  await addToAccount(context, payer, { licencesRefunded: price });
  await addToProtocol(context, event, { licencesRefunded: price, bonds: -(bond ?? 0n) });
  await log(context, event, licenceId, { kind: "Refunded", account: holder, amount: microOf(event.args.amount) });
  const credits = event.args.amount;
  await book(context, event, { account: holder, kind: "LicenceRefund", credits, licenceId, workId });
});

ponder.on("Licenses:Transfer", async ({ event, context }) => {
  const { from, to, tokenId } = event.args;
  // Mint and burn are told by Bought and Refunded; who held a burned one stays.
  if (from === zeroAddress || to === zeroAddress) return;
  await context.db.update(schema.licence, { id: tokenId }).set((row) => ({ holder: to, moves: row.moves + 1 }));
  await log(context, event, tokenId, { kind: "Moved", account: to });
});

/** Puts a licence into another status, from this block on. */
function turn(
  { db }: Context,
  event: Told,
  id: bigint,
  status: LicenceRow["status"],
  set: Partial<LicenceRow> = {},
): Promise<LicenceRow> {
  const since = event.block.timestamp;
  const dueAt = status === "Delivered" || status === "Disputed" ? since + WINDOWS[status] : null;
  return db.update(schema.licence, { id }).set({ status, since, dueAt, ...set });
}

/** Keeps what happened to a licence. */
export async function log({ db }: Context, event: Told, licenceId: bigint, entry: Entry): Promise<void> {
  await db.insert(schema.licenceEvent).values({ id: event.id, licenceId, ...entry, ...whereOf(event) });
}

/** Adds a licence to the day that its price was released on, and its payer, unless that day has them. */
async function addToDay(
  { db }: Context,
  { workId, payer, price, day }: { workId: bigint; payer: `0x${string}`; price: bigint; day: number },
): Promise<void> {
  const { licences } = await db
    .insert(schema.workDayPayer)
    .values({ workId, day, payer, licences: 1 })
    .onConflictDoUpdate((row) => ({ licences: row.licences + 1 }));
  const delta = { sold: 1, amount: price, buyers: licences === 1 ? 1 : 0 };
  await db
    .insert(schema.workDay)
    .values({ workId, day, ...delta })
    .onConflictDoUpdate((row) => added(row, delta));
}
