import { type Context, type Event, ponder } from "ponder:registry";
import schema from "ponder:schema";
import { type Hex, hexToBigInt } from "viem";
import { microOf, WEI_PER_MICROCREDIT, whereOf } from "./chain.ts";
import { book } from "./ledger.ts";
import { log } from "./licences.ts";
import { addToProtocol } from "./totals.ts";

type Listed = Event<"Resale:Listed"> | Event<"Resale:Delisted"> | Event<"Resale:Resold">;
type Earned = typeof schema.earning.$inferInsert;

ponder.on("Resale:Listed", async ({ event, context }) => {
  const { seller, price } = event.args;
  const until = BigInt(event.args.until);
  const { key, workId, licenceId, moves } = await tokenOf(context, event);
  const row = { workId, seller, price, moves, until, ...whereOf(event) };
  await context.db
    .insert(schema.listing)
    .values({ ...key, ...row })
    .onConflictDoUpdate(row);
  if (licenceId !== null) await log(context, event, licenceId, { kind: "Listed", account: seller, amount: price });
});

ponder.on("Resale:Delisted", async ({ event, context }) => {
  const { key, licenceId } = await tokenOf(context, event);
  const account = (await context.db.find(schema.listing, key))?.seller ?? null;
  await context.db.delete(schema.listing, key);
  if (licenceId !== null) await log(context, event, licenceId, { kind: "Delisted", account });
});

ponder.on("Resale:Resold", async ({ event, context }) => {
  const { db } = context;
  const { id } = event;
  const { buyer, seller, price, royalty } = event.args;
  const { key, workId, licenceId } = await tokenOf(context, event);
  await db.delete(schema.listing, key);
  await db.insert(schema.resale).values({
    ...{ id, ...key, workId, licenceId, buyer, seller, price, royalty, paid: 0n },
    ...whereOf(event),
  });
  const isWork = licenceId === null;
  await db
    .update(schema.work, { id: workId })
    .set((row) => ({ royalties: row.royalties + royalty, ...(isWork ? { lastResale: id } : {}) }));
  await addToProtocol(context, event, { resold: price, royalties: royalty });
  const credits = -price * WEI_PER_MICROCREDIT;
  await book(context, event, { account: buyer, kind: "Resale", credits, workId, licenceId });
  if (isWork) return;
  await db.update(schema.licence, { id: licenceId }).set({ lastResale: id });
  await log(context, event, licenceId, { kind: "Resold", account: buyer, amount: price });
});

/** What an event of Resale is about: a work, or a licence of one. */
async function tokenOf({ db, contracts }: Context, event: Listed) {
  const { collection, tokenId } = event.args;
  if (collection === contracts.Works.address) {
    const work = await db.find(schema.work, { id: tokenId });
    if (!work) throw new Error(`Resale tells of work ${tokenId}, which was never made.`);
    const key = { collection: "Works" as const, tokenId };
    return { key, workId: tokenId, licenceId: null, moves: work.epoch };
  }
  const licence = await db.find(schema.licence, { id: tokenId });
  if (!licence) throw new Error(`Resale tells of licence ${tokenId}, which nobody bought.`);
  const key = { collection: "Licenses" as const, tokenId };
  return { key, workId: licence.workId, licenceId: tokenId, moves: licence.moves };
}

type Source = Pick<Earned, "kind" | "workId" | "licenceId">;

/** What Licenses paid in: the price of a licence, and after that the bond of the dispute that did not end in a refund. */
export async function earnedByLicence({ db }: Context, ref: Hex, gross: bigint): Promise<Source> {
  const licenceId = hexToBigInt(ref);
  let kind: Source["kind"] = "Licence";
  const amount = microOf(gross);
  const { workId } = await db.update(schema.licence, { id: licenceId }).set((row) => {
    if (row.earned > 0n) kind = "Bond";
    return { earned: row.earned + amount };
  });
  await db.update(schema.work, { id: workId }).set((row) => ({ earned: row.earned + amount }));
  return { kind, workId, licenceId };
}

/**
 * What Resale paid in, which names the token but not its collection: of the newest resale of a work or licence with this
 * id, first the royalty, where there is one, then the seller's part.
 */
export async function earnedByResale({ db }: Context, ref: Hex, gross: bigint): Promise<Source> {
  const id = hexToBigInt(ref);
  const [work, licence] = [await db.find(schema.work, { id }), await db.find(schema.licence, { id })];
  // Ids of events are text of one length, in the chain's order.
  const newest = [work?.lastResale ?? "", licence?.lastResale ?? ""].sort().at(-1) ?? "";
  let kind: Source["kind"] = "Resale";
  const { workId, licenceId } = await db.update(schema.resale, { id: newest }).set((row) => {
    if (row.paid === 0n && row.royalty > 0n) kind = "Royalty";
    return { paid: row.paid + microOf(gross) };
  });
  return { kind, workId, licenceId };
}
