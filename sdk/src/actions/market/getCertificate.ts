import { type Address, isAddressEqual, keccak256 } from "viem";
import { getBlock, readContract } from "viem/actions";
import type { StelaiClient } from "../../client.ts";
import { licensesLicenceOf } from "../../generated/fragments.ts";
import { TERMS_HASHES } from "../../generated/licences.ts";
import { type GetWorkReturnType, getWork } from "../works/getWork.ts";
import { type GetLicenceReturnType, getLicence } from "./getLicence.ts";
import { type GetOfferReturnType, getOffer } from "./getOffer.ts";

/** What a certificate is checked for; each is said in words in {@link CertificateCheck}. */
export type CertificateCheckKind =
  | "exists"
  | "held"
  | "delivered"
  | "undisputed"
  | "current"
  | "settled"
  | "terms"
  | "unsuspended"
  | "file"
  | "final";

/** One check, and whether it holds. */
export type CertificateCheck = {
  kind: CertificateCheckKind;
  /** Null for what cannot be said yet: a seller not paid, a state that is not final. */
  ok: boolean | null;
  /** The finding in words. */
  words: string;
};

export type GetCertificateParameters = {
  licenceId: bigint;
  /** Who says that it is theirs; whoever holds it when absent. */
  holder?: Address | undefined;
  /** A file that is said to be the work: held against its hash. */
  bytes?: Uint8Array | undefined;
};

export type GetCertificateReturnType = {
  /** Whether its holder may use the work now: it is held, delivered, undisputed and has not ended. */
  isValid: boolean;
  /** Whether the text behind `termsHash` is one of Stelai's: then `@stelai/sdk/licences` has it. */
  areTermsKnown: boolean;
  licence: GetLicenceReturnType;
  /** Null when there is no such licence. */
  offer: GetOfferReturnType | null;
  work: GetWorkReturnType | null;
  checks: CertificateCheck[];
  /** The one block that all of it was read at, the newest, or the one before where not every node has that yet. */
  asOf: {
    block: bigint;
    /** Unix seconds. */
    timestamp: bigint;
  };
};

/**
 * Whether a licence is what it says, from the chain alone: asks neither operator nor index, so anyone with a node can
 * check it.
 *
 * @example
 * ```ts
 * const { isValid, checks, work } = await stelai.market.getCertificate({ licenceId: 3n });
 * ```
 */
export async function getCertificate(
  client: StelaiClient,
  { licenceId, holder, bytes }: GetCertificateParameters,
): Promise<GetCertificateReturnType> {
  const newest = await getBlock(client.publicClient, { blockTag: "latest" });
  const [{ asOf, licence, offer, work }, isFinal] = await Promise.all([
    // Of several nodes behind one address some do not have the newest block yet: once more at the one before.
    readAt(client, licenceId, newest).catch(async () =>
      readAt(client, licenceId, await getBlock(client.publicClient, { blockNumber: newest.number - 1n })),
    ),
    getFinal(client, licenceId),
  ]);
  if (!offer || !work) {
    const checks: CertificateCheck[] = [{ kind: "exists", ok: false, words: `There is no licence ${licenceId}.` }];
    return { isValid: false, areTermsKnown: false, licence, offer: null, work: null, checks, asOf };
  }
  const checks: CertificateCheck[] = [];
  const check = (kind: CertificateCheckKind, ok: boolean | null, holds: string, fails: string) => {
    checks.push({ kind, ok, words: ok ? holds : fails });
    return ok === true;
  };
  const { status, expiry } = licence;
  const isHeld = licence.holder !== null && (holder === undefined || isAddressEqual(holder, licence.holder));
  const isDelivered = status === "Delivered" || status === "Released";
  check("exists", true, `Licence ${licenceId} was sold under offer ${licence.offerId}.`, "");
  const valid = [
    check("held", isHeld, `It is held by ${licence.holder}.`, heldWords(licence.holder, holder)),
    check(
      "delivered",
      status !== "Escrowed" && status !== "Refunded",
      "The file was delivered.",
      deliveryWords(status),
    ),
    check(
      "undisputed",
      status !== "Disputed",
      "It is not disputed.",
      "Its holder disputes the delivery: no right until it is decided.",
    ),
    check("current", expiry === 0n || asOf.timestamp <= expiry, expiryWords(expiry), `It ended at ${dateOf(expiry)}.`),
  ].every((one) => one);
  const isSettled = status === "Released";
  check(
    "settled",
    isSettled ? true : isDelivered ? null : false,
    "The seller was paid.",
    "The seller is not paid yet.",
  );
  const areTermsKnown = offer.termsHash === TERMS_HASHES[offer.tier];
  check(
    "terms",
    areTermsKnown,
    `Its terms are Stelai's ${offer.tier} licence, word for word.`,
    `Its terms are not Stelai's ${offer.tier} licence: ask the seller for the text that hashes to ${offer.termsHash}.`,
  );
  check("unsuspended", !work.suspended, "No moderator suspended the work.", "A moderator suspended the work since.");
  if (bytes) {
    const found = keccak256(bytes);
    check(
      "file",
      found === work.contentHash,
      "The file is the licensed work.",
      `The file hashes to ${found}, the work to ${work.contentHash}.`,
    );
  }
  const finalWords = "It is not known to be final: until it is, the chain may still undo its last step.";
  check("final", isFinal(licence) || null, "All of it is final: the chain does not undo it.", finalWords);
  return { isValid: valid, areTermsKnown, licence, offer, work, checks, asOf };
}

/** A licence, its offer and its work, all at one block; without the last two when there is no such licence. */
async function readAt(
  client: StelaiClient,
  licenceId: bigint,
  { number, timestamp }: { number: bigint; timestamp: bigint },
) {
  const at = { blockNumber: number };
  const asOf = { block: number, timestamp };
  const licence = await getLicence(client, { licenceId, ...at });
  if (licence.status === "None") return { asOf, licence };
  const offer = await getOffer(client, { offerId: licence.offerId, ...at });
  return { asOf, licence, offer, work: await getWork(client, { workId: offer.workId, ...at }) };
}

/**
 * Tells whether a licence stood as it is already in the newest block that is final: in status, and with its holder, whose
 * changes `moves` counts. No, where the node cannot say.
 */
async function getFinal(client: StelaiClient, licenceId: bigint): Promise<(now: GetLicenceReturnType) => boolean> {
  const { Licenses } = client.deployment.contracts;
  const then = await readContract(client.publicClient, {
    ...{ address: Licenses, abi: [licensesLicenceOf], functionName: "licenceOf", args: [licenceId] },
    blockTag: "finalized",
  }).catch(() => undefined);
  return ({ offerId, since, moves }) =>
    then?.offerId === offerId && BigInt(then.since) === since && then.moves === moves;
}

function heldWords(found: Address | null, said: Address | undefined): string {
  if (found === null) return "Nobody holds it: it was refunded and burned.";
  return `It is held by ${found}, not by ${said}.`;
}

function deliveryWords(status: string): string {
  return status === "Refunded" ? "It was refunded." : "The file is not delivered yet.";
}

function expiryWords(expiry: bigint): string {
  return expiry === 0n ? "It has no end." : `It runs until ${dateOf(expiry)}.`;
}

function dateOf(seconds: bigint): string {
  return new Date(Number(seconds) * 1_000).toISOString();
}
