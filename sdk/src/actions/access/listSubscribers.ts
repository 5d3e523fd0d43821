import type { Address } from "viem";
import type { StelaiClient } from "../../client.ts";
import { indexerRequest, type PageParameters, queryOf } from "../../internal/indexer.ts";
import type { Plan } from "./plan.ts";

export type ListSubscribersParameters = PageParameters & { characterId: bigint };

/** Who holds or held a pass; money in microcredits, times in Unix seconds. */
export type Subscriber = {
  account: Address;
  active: boolean;
  lifetime: boolean;
  since: bigint;
  until: bigint;
  /** What it renews as, or was paid for last; null when there is none. */
  plan: Plan | null;
  mandate: bigint;
  paid: bigint;
  refunded: bigint;
};

export type ListSubscribersReturnType = {
  counts: {
    active: number;
    /** Of those, with an agreement to renew. */
    renewing: number;
    lifetime: number;
    ever: number;
  };
  subscribers: Subscriber[];
  /** Goes on `after` this, or null at the end. */
  next: string | null;
};

/**
 * Who holds or held a pass of a character, from the index, a page at a time.
 * @throws IndexerUrlMissingError, IndexerError.
 *
 * @example
 * ```ts
 * const { counts, subscribers, next } = await stelai.access.listSubscribers({ characterId, limit: 50 });
 * ```
 */
export async function listSubscribers(
  client: StelaiClient,
  { characterId, after, limit, signal }: ListSubscribersParameters,
): Promise<ListSubscribersReturnType> {
  const path = `/characters/${characterId}/subscribers${queryOf({ limit, after })}`;
  return indexerRequest(client, { path, integers: "since until mandate paid refunded", signal });
}
