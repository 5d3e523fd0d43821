import type { GetCertificateReturnType, GetOrderReturnType, LicenceEvent } from "@stelai/sdk";
import type { LicenceStatus, Tier, WorkPreview } from "@stelai/sdk/wire";
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
  readonly royaltyBps: number;
  /** The creator's words; undefined while they are not known. */
  readonly title: string | undefined;
  readonly preview: WorkPreview | undefined;
  readonly evidenceURI: string | undefined;
  /** When it was bought; undefined while the index does not know it. */
  readonly boughtAt: bigint | undefined;
  readonly events: readonly LicenceEvent[];
  /** Whether the index has not seen yet what the chain says. */
  readonly isBehind: boolean;
}

/** Puts together what chain and index say. Undefined for a licence that does not exist. */
export function licenceOf(chain: GetCertificateReturnType, index: GetOrderReturnType | undefined): Licence | undefined {
  const { licence, offer, work } = chain;
  if (!offer || !work) return undefined;
  const order = index?.order;
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
    royaltyBps: work.royaltyBps,
    title: order?.title ?? undefined,
    preview: order?.preview ?? undefined,
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

/** Why a licence cannot be sold or given away now. */
export function whyLocked(
  { status, tier, expiry }: Pick<Licence, "status" | "tier" | "expiry">,
  now: bigint,
): "open" | "personal" | "ended" | undefined {
  if (tier === "Personal") return "personal";
  if (hasEnded({ expiry }, now)) return "ended";
  return status === "Released" ? undefined : "open";
}
