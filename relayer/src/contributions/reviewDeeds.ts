import { reviewSubject } from "@stelai/sdk";
import type { ContractAddresses } from "../config.ts";
import type { Showcase } from "../shares/showcase.ts";
import type { IndexClient, IndexedReview } from "./indexClient.ts";
import { type DeedSource, found, inCredits, READY, refused, tooEarly, type Verdict } from "./types.ts";

type Needs = {
  index: Pick<IndexClient, "reviewsOf">;
  showcase: Pick<Showcase, "nameOf" | "titleOf">;
  contracts: Pick<ContractAddresses, "Reviews" | "WorkReviews">;
  /** What a review is granted, in microcredits. */
  amount: bigint;
};

/**
 * First reviews of purchases, as the index has them: one of a character, by a pass or a receipt; of a work one of each
 * licence. They count when their author paid at least the grant for it, in credits that were paid for and cannot come
 * back any more, and it is not of the author's own people.
 */
export function reviewDeeds({ index, showcase, contracts, amount }: Needs): DeedSource {
  return async (account) => {
    const reviews = await index.reviewsOf(account);
    return Promise.all(
      reviews.map(async (review) => {
        const { characterId, workId, licenceId, at } = review;
        const isOfWork = workId !== null && licenceId !== null;
        const subject = isOfWork
          ? reviewSubject(contracts.WorkReviews, licenceId, account)
          : reviewSubject(contracts.Reviews, characterId ?? 0n, account);
        const title = isOfWork ? await showcase.titleOf(workId) : await showcase.nameOf(characterId ?? 0n);
        return found({ kind: "review", subject, title, at, verdict: verdictOf(review, amount) });
      }),
    );
  };
}

function verdictOf({ paid, kept, keptAt, isOwn, workId }: IndexedReview, amount: bigint): Verdict {
  if (isOwn) return refused("You earn from what you reviewed, or own it: reviews by its own people bring nothing.");
  if (kept >= amount) return READY;
  const needed = `at least ${inCredits(amount)}`;
  if (paid < amount) {
    return refused(
      workId === null
        ? `You paid less than ${inCredits(amount)} for this character with credits that you bought: a review counts from ${needed}.`
        : `You did not pay ${needed} for the licence that this review rests on.`,
    );
  }
  const until = keptAt === null ? "" : ` That is over on ${new Date(keptAt * 1_000).toISOString().slice(0, 10)}.`;
  return tooEarly(`What you paid can still come back to you: the review counts once ${needed} cannot.${until}`);
}
