import { type Context, type Event, ponder } from "ponder:registry";
import schema from "ponder:schema";
import { zeroAddress, zeroHash } from "viem";
import { cleanText, named, payeeHex } from "./chain.ts";
import { NO_MARKET } from "./market.ts";
import { addToAccount, addToProtocol } from "./totals.ts";

type WorkRow = typeof schema.work.$inferSelect;
type Told = Pick<Event<"Works:WorkCreated">, "block"> & { args: { workId: bigint } };

ponder.on("Works:WorkCreated", async ({ event, context }) => {
  const { db } = context;
  const { workId, creator, contentHash, royaltyBps, parents, receipt } = event.args;
  const { timestamp } = event.block;
  let depth = 0;
  for (const { workId: parentId, payee, bps } of parents) {
    await db.insert(schema.workParent).values({ workId, parentId, payee: payeeHex(payee), bps });
    const parent = await db.update(schema.work, { id: parentId }).set((row) => ({ derivatives: row.derivatives + 1 }));
    depth = Math.max(depth, parent.depth + 1);
  }
  // Who earns, and what derivatives may, is told by the two events that come right after.
  const payee = payeeHex(BigInt(creator));
  await db.insert(schema.work).values({
    ...{ id: workId, creator, owner: creator, ownerSince: timestamp, contentHash, royaltyBps, depth },
    modality: named(schema.modality.enumValues, event.args.modality),
    metadataURI: cleanText(event.args.metadataURI),
    receipt: receipt === zeroHash ? null : receipt,
    ...{ payee, ownerPayee: payee, royaltyPayee: payee, epoch: 1 },
    ...{ allowsDerivatives: false, derivativeBps: 0, derivatives: 0, suspended: false },
    ...{ createdAt: timestamp, createdBlock: event.block.number, createdTransaction: event.transaction.hash },
    ...{ updatedAt: timestamp, sold: 0, earned: 0n, royalties: 0n, reviews: 0, stars: 0, ...NO_MARKET },
  });
  await addToAccount(context, creator, { works: 1 });
  await addToProtocol(context, event, { works: 1 });
});

ponder.on("Works:WorkPayeeSet", async ({ event, context }) => {
  const { epoch } = event.args;
  const payee = payeeHex(event.args.payee);
  const ownerPayee = payeeHex(event.args.ownerPayee);
  const minted = epoch === 1 ? { royaltyPayee: payee } : {};
  await change(context, event, { payee, ownerPayee, epoch, ...minted });
});

ponder.on("Works:DerivativesSet", async ({ event, context }) => {
  const { allowed: allowsDerivatives, bps: derivativeBps } = event.args;
  await change(context, event, { allowsDerivatives, derivativeBps });
});

ponder.on("Works:WorkMetadataSet", async ({ event, context }) => {
  await change(context, event, { metadataURI: cleanText(event.args.metadataURI) });
});

ponder.on("Works:WorkSuspensionSet", async ({ event, context }) => {
  await change(context, event, { suspended: event.args.suspended });
});

ponder.on("Works:Transfer", async ({ event, context }) => {
  const { from, to, tokenId } = event.args;
  // Minting is told by WorkCreated, which comes after it; that the payee is another by WorkPayeeSet.
  if (from === zeroAddress) return;
  const { timestamp } = event.block;
  await context.db.update(schema.work, { id: tokenId }).set({ owner: to, ownerSince: timestamp, updatedAt: timestamp });
});

async function change({ db }: Context, event: Told, set: Partial<WorkRow>): Promise<void> {
  await db.update(schema.work, { id: event.args.workId }).set({ ...set, updatedAt: event.block.timestamp });
}
