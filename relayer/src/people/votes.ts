import { reviewsAbi, workReviewsAbi } from "@stelai/sdk/abis";
import type { Votes as VotesView } from "@stelai/sdk/wire";
import { and, count, desc, eq } from "drizzle-orm";
import type { Address } from "viem";
import type { Chain } from "../chain/index.ts";
import { InvalidRequestError, NotFoundError, UnavailableError } from "../errors.ts";
import { type Database, tables } from "../store/index.ts";
import type { Quotas } from "./quotas.ts";

const { votes } = tables;

/** Reviews of one subject that are listed with how many find them helpful: those that the most do. */
const MAX_LISTED = 1_000;

/** What a review is of. */
export type ReviewSubject = { kind: "character" | "work"; id: bigint };

/** Reads a subject that {@link reviewSubjectSchema} let through. */
export function subjectIn(text: string): ReviewSubject {
  const [kind, id = "0"] = text.split(":");
  return { kind: kind === "work" ? "work" : "character", id: BigInt(id) };
}

export type VotesOptions = {
  db: Database;
  chain: Pick<Chain, "client" | "contracts">;
  quotas: Pick<Quotas, "take" | "addressKey">;
  /** Votes of one network a day: accounts are free to make, networks less so. */
  perNetworkPerDay: number;
};

/** Who finds which reviews helpful: one vote an account and review, not by its author. */
export class Votes {
  readonly #options: VotesOptions;
  readonly #db: Database;

  constructor(options: VotesOptions) {
    this.#options = options;
    this.#db = options.db;
  }

  /** Votes on the reviews of a subject; `viewer` is the account that is signed in. */
  async of(subject: ReviewSubject, viewer: Address | undefined): Promise<VotesView> {
    const isSubject = eq(votes.subject, textOf(subject));
    const helpful = count();
    const listed = await this.#db
      .select({ author: votes.author, helpful })
      .from(votes)
      .where(isSubject)
      .groupBy(votes.author)
      .orderBy(desc(helpful), votes.author)
      .limit(MAX_LISTED);
    if (viewer === undefined) return { votes: listed, mine: null };
    const own = await this.#db
      .select({ author: votes.author })
      .from(votes)
      .where(and(isSubject, eq(votes.voter, viewer)));
    return { votes: listed, mine: own.map(({ author }) => author) };
  }

  /**
   * Votes for a review; the same again changes nothing.
   * @throws InvalidRequestError when it is the voter's own, NotFoundError when the chain knows no such review,
   * DailyLimitError when the voter's network has voted enough today, UnavailableError when the chain cannot be asked.
   */
  async add(subject: ReviewSubject, author: Address, voter: Address, networkAddress: string): Promise<void> {
    if (author === voter) throw new InvalidRequestError("One cannot vote for one's own review.", "author");
    if ((await this.#ratingOf(subject, author)) === 0) {
      throw new NotFoundError(`${author} has no review of ${subject.kind} ${subject.id}.`);
    }
    const { quotas, perNetworkPerDay } = this.#options;
    const limit = BigInt(perNetworkPerDay);
    await quotas.take(
      [{ scope: "votes.address", subject: quotas.addressKey(networkAddress), amount: 1n, limit }],
      "As many reviews were found helpful from your network as we take in a day. Try again tomorrow.",
    );
    await this.#db
      .insert(votes)
      .values({ subject: textOf(subject), author, voter, votedAt: new Date() })
      .onConflictDoNothing();
  }

  /** Takes a vote back, if there is one. */
  async remove(subject: ReviewSubject, author: Address, voter: Address): Promise<void> {
    const isVote = and(eq(votes.subject, textOf(subject)), eq(votes.author, author), eq(votes.voter, voter));
    await this.#db.delete(votes).where(isVote);
  }

  /** Every vote of an account. */
  async ofAccount(voter: Address): Promise<{ subject: string; author: Address; votedAt: Date }[]> {
    return this.#db
      .select({ subject: votes.subject, author: votes.author, votedAt: votes.votedAt })
      .from(votes)
      .where(eq(votes.voter, voter))
      .orderBy(votes.votedAt);
  }

  async forget(voter: Address): Promise<void> {
    await this.#db.delete(votes).where(eq(votes.voter, voter));
  }

  /** An author's stars as of the newest block; 0 is no review. */
  async #ratingOf({ kind, id }: ReviewSubject, author: Address): Promise<number> {
    const { client, contracts } = this.#options.chain;
    const args = [id, author] as const;
    try {
      return kind === "work"
        ? await client.readContract({
            ...{ address: contracts.WorkReviews, abi: workReviewsAbi, functionName: "ratingOf", args },
          })
        : await client.readContract({ address: contracts.Reviews, abi: reviewsAbi, functionName: "ratingOf", args });
    } catch (cause) {
      throw new UnavailableError("The chain cannot be reached right now. Try again in a moment.", { cause });
    }
  }
}

function textOf({ kind, id }: ReviewSubject): string {
  return `${kind}:${id}`;
}
