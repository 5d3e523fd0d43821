import { type Context, ponder } from "ponder:registry";
import schema from "ponder:schema";
import { added, cleanText, whereOf } from "./chain.ts";

ponder.on("WorkReviews:WorkReviewed", async ({ event, context }) => {
  const { workId, author, licenceId, rating } = event.args;
  const textURI = cleanText(event.args.textURI);
  let before: number | undefined;
  await context.db
    .insert(schema.workReview)
    .values({ workId, author, id: event.id, rating, textURI, licenceId, ...whereOf(event) })
    .onConflictDoUpdate((row) => {
      before = row.rating;
      return { rating, textURI, editedAt: event.block.timestamp };
    });
  await count(context, workId, Number(before === undefined), rating - (before ?? 0));
});

ponder.on("WorkReviews:WorkReviewWithdrawn", async ({ event, context }) => {
  const { workId, author } = event.args;
  const review = await context.db.find(schema.workReview, { workId, author });
  await context.db.delete(schema.workReview, { workId, author });
  await count(context, workId, -1, -(review?.rating ?? 0));
});

ponder.on("WorkReviews:WorkReviewReplied", async ({ event, context }) => {
  const { workId, author, owner } = event.args;
  const replyTextURI = cleanText(event.args.textURI) || null;
  const reply = replyTextURI && { replyTextURI, replyAt: event.block.timestamp, replyBy: owner };
  await context.db
    .update(schema.workReview, { workId, author })
    .set(reply || { replyTextURI: null, replyAt: null, replyBy: null });
});

async function count({ db }: Context, workId: bigint, reviews: number, stars: number): Promise<void> {
  await db.update(schema.work, { id: workId }).set((row) => added(row, { reviews, stars }));
}
