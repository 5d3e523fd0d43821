import type { Address, Hash } from "viem";
import type { StelaiClient } from "../../client.ts";
import { indexerRequest } from "../../internal/indexer.ts";
import type { WorkMetadata } from "../../wireMarket.ts";
import { type OfferView, ORDER_INTEGERS } from "../market/types.ts";
import { type Person, WORK_INTEGERS, type WorkHit } from "../search/types.ts";

export type GetWorkDetailsParameters = { workId: bigint; signal?: AbortSignal | undefined };

/** A work with all that the index knows of it. */
export type WorkDetails = WorkHit & {
  /** The creator's words: show them as text, never as markup. */
  description: string;
  contentHash: Hash;
  metadataURI: string;
  /** As it was read from IPFS, checked; null while it was not. */
  metadata: WorkMetadata | null;
  /** Who earns: all of it, and the owner's part; an address or a split. */
  payee: bigint;
  ownerPayee: bigint;
  royaltyBps: number;
  allowsDerivatives: boolean;
  derivativeBps: number;
  suspended: boolean;
  /** Generations of parents above it. */
  depth: number;
  /** Struct hash of the receipt that proves it; null without one. */
  receipt: Hash | null;
  epoch: number;
  /** What became of its metadata: `unreadable` is there and is none. */
  fetched: "fetched" | "waiting" | "unreachable" | "unreadable";
};

/** A work that stands in another's line. */
export type RelatedWork = { workId: bigint; title: string | null; creator: Person };

export type GetWorkDetailsReturnType = {
  work: WorkDetails;
  /** The newest first, with those that cannot be bought any more. */
  offers: OfferView[];
  /** What it derives from, and what it owes them in ten-thousandths. */
  parents: (RelatedWork & { bps: number })[];
  /** What derives from it. */
  children: RelatedWork[];
  /** Where the work itself is for sale. */
  listing: { seller: Address; price: bigint; until: bigint } | null;
};

/** Of a receipt in the metadata. */
const PROVENANCE_INTEGERS = "characterId termsVersion tabId sequence milliunits amount fee servedAt";

/**
 * A work with its offers, parents, derivatives and listing, from the index. Before paying, read the offer from the chain:
 * `market.getOffer`.
 * @throws IndexerUrlMissingError, IndexerError, also when there is no such work.
 *
 * @example
 * ```ts
 * const { work, offers, parents } = await stelai.works.getDetails({ workId: 1n });
 * ```
 */
export async function getWorkDetails(
  client: StelaiClient,
  { workId, signal }: GetWorkDetailsParameters,
): Promise<GetWorkDetailsReturnType> {
  const integers = `${WORK_INTEGERS} ${ORDER_INTEGERS} ${PROVENANCE_INTEGERS} payee ownerPayee`;
  return indexerRequest(client, { path: `/works/${workId}`, integers, signal });
}
