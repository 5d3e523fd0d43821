import type { Address } from "viem";
import type {
  GetAccessReturnType,
  GetIncomeReturnType,
  GetRenewalReturnType,
  ListPassesReturnType,
  ListSubscribersReturnType,
} from "../actions/access/index.ts";
import type { GetCircleReturnType } from "../actions/characters/index.ts";
import type { GetScoreReturnType, ListReviewsReturnType, ReviewOrder } from "../actions/reviews/index.ts";
import type { Pending } from "./expectations.ts";
import { type Query, type QueryOptions, useStelaiQuery } from "./query.ts";

/** Which page of a list of the index. */
export type Page = { after?: string | undefined; limit?: number | undefined };

/** Whose pass of what: nothing is asked while either is undefined. */
export type PassReference = { characterId: bigint | undefined; account: Address | undefined };

/** An account's pass of a character, from the chain; money in microcredits. */
export function useAccess({ characterId, account }: PassReference, options?: QueryOptions): Query<GetAccessReturnType> {
  return useStelaiQuery(
    ["access", characterId, account],
    (stelai) => stelai.access.getAccess({ characterId: characterId ?? 0n, account }),
    options,
  );
}

/** Whether a pass will renew, and what stands in the way; money in microcredits. */
export function useRenewal(
  { characterId, account }: PassReference,
  options?: QueryOptions,
): Query<Pending<GetRenewalReturnType>> {
  return useStelaiQuery(
    ["renewal", characterId, account],
    (stelai) => stelai.access.getRenewal({ characterId: characterId ?? 0n, account }),
    options,
  );
}

/** Whether an account may see and buy a character. */
export function useIsAllowed({ characterId, account }: PassReference, options?: QueryOptions): Query<boolean> {
  return useStelaiQuery(
    ["allowed", characterId, account],
    (stelai) => stelai.characters.isAllowed({ characterId: characterId ?? 0n, account }),
    options,
  );
}

/** Every pass that an account holds or held, from the index. */
export function usePasses(account: Address | undefined, options?: QueryOptions): Query<ListPassesReturnType> {
  return useStelaiQuery(
    ["passes", account],
    (stelai, signal) => stelai.access.listPasses({ account, signal }),
    options,
  );
}

/** What an account lets a contract take of its credits, in microcredits; CharacterAccess when none is named. */
export function useAllowance(account: Address | undefined, spender?: Address, options?: QueryOptions): Query<bigint> {
  return useStelaiQuery(
    ["allowance", account, spender ?? null],
    (stelai) => stelai.access.getAllowance({ account, spender }),
    options,
  );
}

/** Who holds or held a pass of a character, from the index. */
export function useSubscribers(
  characterId: bigint | undefined,
  { after, limit }: Page = {},
  options?: QueryOptions,
): Query<ListSubscribersReturnType> {
  return useStelaiQuery(
    ["subscribers", characterId, after ?? null, limit ?? null],
    (stelai, signal) => stelai.access.listSubscribers({ characterId: characterId ?? 0n, after, limit, signal }),
    options,
  );
}

/** What a character's passes earned and will, from the index, in microcredits. */
export function useIncome(
  characterId: bigint | undefined,
  days?: number,
  options?: QueryOptions,
): Query<GetIncomeReturnType> {
  return useStelaiQuery(
    ["income", characterId, days ?? null],
    (stelai, signal) => stelai.access.getIncome({ characterId: characterId ?? 0n, days, signal }),
    options,
  );
}

/** What of a character's passes vested and waits for a harvest, from the chain, in microcredits. */
export function useHarvestable(characterId: bigint | undefined, options?: QueryOptions): Query<bigint> {
  return useStelaiQuery(
    ["harvestable", characterId],
    (stelai) => stelai.access.getHarvestable({ characterId: characterId ?? 0n }),
    options,
  );
}

/** Who may use a private character, and what became of its invites, from the index. */
export function useCircle(
  characterId: bigint | undefined,
  { after, limit }: Page = {},
  options?: QueryOptions,
): Query<GetCircleReturnType> {
  return useStelaiQuery(
    ["circle", characterId, after ?? null, limit ?? null],
    (stelai, signal) => stelai.characters.getCircle({ characterId: characterId ?? 0n, after, limit, signal }),
    options,
  );
}

/** What people say of a character, with its score, from the index. */
export function useReviews(
  characterId: bigint | undefined,
  { sort, after, limit }: Page & { sort?: ReviewOrder | undefined } = {},
  options?: QueryOptions,
): Query<ListReviewsReturnType> {
  return useStelaiQuery(
    ["reviews", characterId, sort ?? null, after ?? null, limit ?? null],
    (stelai, signal) => stelai.reviews.listReviews({ characterId: characterId ?? 0n, sort, after, limit, signal }),
    options,
  );
}

/** A character's stars as the chain counts them. */
export function useScore(characterId: bigint | undefined, options?: QueryOptions): Query<GetScoreReturnType> {
  return useStelaiQuery(
    ["score", characterId],
    (stelai) => stelai.reviews.getScore({ characterId: characterId ?? 0n }),
    options,
  );
}

/** An account's stars for a character; 0 without a review. */
export function useRating({ characterId, account }: PassReference, options?: QueryOptions): Query<number> {
  return useStelaiQuery(
    ["rating", characterId, account],
    (stelai) => stelai.reviews.getRating({ characterId: characterId ?? 0n, author: account }),
    options,
  );
}

/** Whether an account may review a character without a receipt: it holds or held a pass. */
export function useCanReview({ characterId, account }: PassReference, options?: QueryOptions): Query<boolean> {
  return useStelaiQuery(
    ["canReview", characterId, account],
    (stelai) => stelai.reviews.canReview({ characterId: characterId ?? 0n, author: account }),
    options,
  );
}
