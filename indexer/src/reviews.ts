import { type Context, ponder } from "ponder:registry";
import schema from "ponder:schema";
import { added, cleanText, whereOf } from "./chain.ts";

ponder.on("Reviews:Reviewed", async ({ event, context }) => {
  const { characterId, author, rating, byReceipt } = event.args;
  const textURI = cleanText(event.args.textURI);
  let before: number | undefined;
  await context.db
    .insert(schema.review)
    .values({ characterId, author, id: event.id, rating, textURI, byReceipt, ...whereOf(event) })
    .onConflictDoUpdate((row) => {
      before = row.rating;
      return { rating, textURI, editedAt: event.block.timestamp };
    });
  await count(context, characterId, Number(before === undefined), rating - (before ?? 0));
});

ponder.on("Reviews:ReviewWithdrawn", async ({ event, context }) => {
  const { characterId, author } = event.args;
  const review = await context.db.find(schema.review, { characterId, author });
  await context.db.delete(schema.review, { characterId, author });
  await count(context, characterId, -1, -(review?.rating ?? 0));
});

ponder.on("Reviews:Replied", async ({ event, context }) => {
  const { characterId, author, owner } = event.args;
  const replyTextURI = cleanText(event.args.textURI) || null;
  const reply = replyTextURI && { replyTextURI, replyAt: event.block.timestamp, replyBy: owner };
  await context.db
    .update(schema.review, { characterId, author })
    .set(reply || { replyTextURI: null, replyAt: null, replyBy: null });
});

async function count({ db }: Context, characterId: bigint, reviews: number, stars: number): Promise<void> {
  await db.update(schema.character, { id: characterId }).set((row) => added(row, { reviews, stars }));
}
