import type { GetCertificateReturnType, GetOrderReturnType, LicenceEvent } from "@stelai/sdk";
import type { LicenceStatus, Tier, WorkMetadata, WorkPreview } from "@stelai/sdk/wire";
import type { Address, Hash } from "viem";

/** A licence for its page: what counts by the chain, words and history by the index. Money in microcredits. */
export interface Licence {
  readonly licenceId: bigint;
  readonly offerId: bigint;
  readonly workId: bigint;
  readonly tier: Tier;
  readonly price: bigint;
  readonly status: LicenceStatus;
  /** When that began, Unix seconds. */
  readonly since: bigint;
  /** The right's last second; 0 is never. */
  readonly expiry: bigint;
  readonly termsHash: Hash;
  /** Whether we have the text of its terms. */
  readonly areTermsKnown: boolean;
  /** Who holds it; of a refunded one who did, where that is known. */
  readonly holder: Address | undefined;
  readonly contentHash: Hash;
  readonly creator: Address;
  /** Who owned the work when it was bought, and so gave the licence; undefined while the index does not say. */
  readonly licensor: Address | undefined;
  /** Whether a moderator suspended the work. */
  readonly isSuspended: boolean;
  readonly royaltyBps: number;
  /** The owner's words as of now, which the chain does not hold; undefined while they are not known. */
  readonly title: string | undefined;
  /** None where the metadata are of another file than the chain's, or cannot be read. */
  readonly preview: WorkPreview | undefined;
  readonly evidenceURI: string | undefined;
  /** When it was bought; undefined while the index does not know it. */
  readonly boughtAt: bigint | undefined;
  readonly events: readonly LicenceEvent[];
  /** Whether the index has not seen yet what the chain says. */
  readonly isBehind: boolean;
}

/**
 * Puts together what chain and index say. Undefined for a licence that does not exist.
 * @param metadata The work's, from where the chain says they are: its owner may set others any time, somebody else's too.
 */
export function licenceOf(
  chain: GetCertificateReturnType,
  index: GetOrderReturnType | undefined,
  metadata: Pick<WorkMetadata, "title" | "file" | "preview"> | undefined,
): Licence | undefined {
  const { licence, offer, work } = chain;
  if (!offer || !work) return undefined;
  const order = index?.order;
  const isOfFile = metadata?.file.contentHash.toLowerCase() === work.contentHash.toLowerCase();
  return {
    licenceId: licence.licenceId,
    offerId: licence.offerId,
    workId: offer.workId,
    tier: offer.tier,
    price: offer.price,
    status: licence.status,
    since: licence.since,
    expiry: licence.expiry,
    termsHash: offer.termsHash,
    areTermsKnown: chain.areTermsKnown,
    holder: licence.holder ?? order?.holder,
    contentHash: work.contentHash,
    creator: work.creator,
    licensor: order?.seller,
    isSuspended: work.suspended,
    royaltyBps: work.royaltyBps,
    title: metadata?.title ?? order?.title ?? undefined,
    preview: isOfFile ? metadata.preview : undefined,
    evidenceURI: order?.evidenceURI ?? undefined,
    boughtAt: order?.boughtAt,
    events: index?.events ?? [],
    isBehind: order !== undefined && order.status !== licence.status,
  };
}

/** Why a licence has no certificate now. */
export type NoCertificate = "Refunded" | "Disputed" | "Escrowed" | "Ended";

/** Whether a certificate is given, and why not. @param now The chain's time, Unix seconds. */
export function whyNotCertified(
  { status, expiry }: Pick<Licence, "status" | "expiry">,
  now: bigint,
): NoCertificate | undefined {
  if (status === "Refunded" || status === "None") return "Refunded";
  if (status === "Disputed" || status === "Escrowed") return status;
  return hasEnded({ expiry }, now) ? "Ended" : undefined;
}

/** Whether its right is over. */
export function hasEnded({ expiry }: Pick<Licence, "expiry">, now: bigint): boolean {
  return expiry !== 0n && now > expiry;
}

/** How near its end a licence is warned about when it is bought second-hand, in seconds. */
const SOON = 48n * 3_600n;

/**
 * What is left of a right that ends within 48 hours.
 * @returns Seconds; undefined for one that lasts longer, or is over.
 */
export function endsSoon({ expiry }: Pick<Licence, "expiry">, now: bigint): bigint | undefined {
  const left = expiry - now + 1n;
  return expiry !== 0n && left > 0n && left < SOON ? left : undefined;
}

/** Why a licence cannot be sold or given away now. */
export function whyLocked(
  { status, tier, expiry }: Pick<Licence, "status" | "tier" | "expiry">,
  now: bigint,
): "open" | "personal" | "ended" | undefined {
  if (tier === "Personal") return "personal";
  if (hasEnded({ expiry }, now)) return "ended";
  return status === "Released" ? undefined : "open";
}
