import { contractError, type ErrorArguments } from "./contract.ts";

// Works

/** Thrown when a work is made of words alone. */
export class NotAWorkError extends contractError(
  "NotAWork",
  () => "Words alone are no work here.",
  "Create a work of an image, a video, a voiceover or music.",
) {}

/** Thrown when the content hash is zero. */
export class NoContentError extends contractError(
  "NoContent",
  () => "The work names no file.",
  "Deposit the file first and give its content hash.",
) {}

/** Thrown when the payee can earn nothing. */
export class InvalidWorkPayeeError extends contractError(
  "InvalidWorkPayee",
  ({ payee }) => `${payee} cannot earn: it is zero, or a split that was never registered.`,
  "Name an address, or register the split first.",
) {}

/** Thrown when a royalty is above a tenth. */
export class RoyaltyTooHighError extends contractError(
  "RoyaltyTooHigh",
  ({ bps }) => `A royalty of ${bps} ten-thousandths is above the maximum of 1,000.`,
  "Choose at most 10 %.",
) {}

/** Thrown when derivatives would owe more than half. */
export class DerivativeShareTooHighError extends contractError(
  "DerivativeShareTooHigh",
  ({ bps }) => `A derivatives' share of ${bps} ten-thousandths is above the maximum of 5,000.`,
  "Choose at most 50 %.",
) {}

/** Thrown when parents are too many or not strictly ascending. */
export class InvalidParentsError extends contractError(
  "InvalidParents",
  () => "The parents are more than eight, or not each named once in ascending order.",
  "Name at most eight works, each once.",
) {}

/** Thrown when a parent allows no derivatives of others. */
export class DerivativesNotAllowedError extends contractError(
  "DerivativesNotAllowed",
  ({ parent }) => `Work ${parent} allows nobody but its owner to derive from it.`,
  "Ask its creator, or leave it out if nothing of it is used.",
) {}

/** Thrown when the chain of parents would be too long. */
export class TooDeepError extends contractError(
  "TooDeep",
  ({ parent }) => `Work ${parent} has four generations of works above it already.`,
  "Derive from one nearer to the beginning.",
) {}

/** Thrown when parents would be owed more together than a creator may give, or than was agreed to. */
export class ParentsOwedTooMuchError extends contractError(
  "ParentsOwedTooMuch",
  ({ bps, maximum }) => `The parents would be owed ${bps} ten-thousandths together, more than ${maximum}.`,
  "Look at what each asks now, then agree to that or name fewer; a creator keeps a tenth at least.",
) {}

/** Thrown when a receipt does not prove this work. */
export class UnfitProofError extends contractError(
  "UnfitProof",
  () => "The receipt is of another file, was paid by another wallet, or proves another work already.",
  "Use the wallet that paid for the generation, or create the work without the proof.",
) {}

/** Thrown when the operator did not sign the receipt. */
export class InvalidProofSignatureError extends contractError(
  "InvalidProofSignature",
  () => "The receipt is not signed by its operator.",
  "Give it with the signature that came with it, or create the work without the proof.",
) {}

/** Thrown when the caller does not own the work. Of reviews, too: only the owner answers them. */
export class NotWorkOwnerError extends contractError(
  "NotWorkOwner",
  ({ workId, caller }) => `${caller} does not own work ${workId}.`,
  "Use the owner's wallet.",
) {}

// Licenses

/** Thrown when an offer lacks what it needs. */
export class InvalidOfferError extends contractError(
  "InvalidOffer",
  () => "The offer has no price, no attestor or no terms, or is exclusive and sold more than once.",
  "Give all three; an exclusive offer has a supply of one.",
) {}

/** Thrown when the caller does not own the work that is offered. */
export class NotSellerError extends contractError(
  "NotSeller",
  ({ workId, caller }) =>
    workId === undefined
      ? `${caller} is not a contract that sells credits.`
      : `${caller} does not own work ${workId}, so it cannot offer it.`,
  "Use the owner's wallet; credits are bought with credits.buy.",
) {}

/** Thrown when an offer cannot be bought any more. */
export class OfferVoidError extends contractError(
  "OfferVoid",
  ({ offerId }) => `Offer ${offerId} is closed, or the work changed its owner or payee since.`,
  "Load the work again and choose from what it offers now.",
) {}

/** Thrown when all were sold. */
export class SoldOutError extends contractError(
  "SoldOut",
  ({ offerId }) => `All licences of offer ${offerId} are sold.`,
  "Choose another tier, or look for one that is resold.",
) {}

/** Thrown when an exclusive licence is open or live. */
export class SoldExclusivelyError extends contractError(
  "SoldExclusively",
  ({ workId, licenceId }) =>
    `Work ${workId} is licensed exclusively (licence ${licenceId}): no other is sold meanwhile.`,
  "Wait until that licence ends or is refunded, or choose a similar work.",
) {}

/** Thrown when an exclusive licence is asked for while others are live. */
export class StillLicensedError extends contractError(
  "StillLicensed",
  ({ workId }) => `Others hold licences of work ${workId}, so it cannot be licensed exclusively now.`,
  "Choose another tier, or come back when the last of them has ended.",
) {}

/** Thrown when a moderator suspended the work. */
export class WorkSuspendedError extends contractError(
  "WorkSuspended",
  ({ workId }) => `A moderator suspended work ${workId}: nothing of it is sold.`,
  "Choose another work. What was bought before goes on.",
) {}

const STATUSES = ["unknown", "in escrow", "delivered", "disputed", "released", "refunded"];

/** Thrown when an order stands elsewhere than the call needs. */
export class WrongStatusError extends contractError(
  "WrongStatus",
  ({ licenceId, status }) =>
    `Licence ${licenceId} is ${STATUSES[Number(status)] ?? "elsewhere"}, which does not allow this.`,
  "Load the order again: somebody, or time, was first.",
) {}

/** Thrown when it is too early or too late. */
export class WrongTimeError extends contractError(
  "WrongTime",
  ({ licenceId, until }) => `The time for this ended at ${dateOf(until)} for licence ${licenceId}.`,
  "Conclude the order: time has decided it.",
) {}

/** Thrown when the caller is not the offer's attestor. */
export class NotAttestorError extends contractError(
  "NotAttestor",
  ({ licenceId, caller }) => `${caller} does not attest deliveries of licence ${licenceId}.`,
  "Leave it to the operator that the offer names.",
) {}

/** Thrown when the caller does not hold the licence. */
export class NotHolderError extends contractError(
  "NotHolder",
  ({ licenceId, caller }) => `${caller} does not hold licence ${licenceId}.`,
  "Use the wallet that holds it.",
) {}

/** Thrown when a licence does not move. */
export class LicenceLockedError extends contractError(
  "LicenceLocked",
  ({ licenceId }) => `Licence ${licenceId} cannot change hands: it is personal, has ended, or is not released yet.`,
  "Commercial and exclusive licences move once their order is released.",
) {}

/** Thrown when credits came by another way than the payer's own transfer, or too few. */
export class UnexpectedPaymentError extends contractError(
  "UnexpectedPayment",
  ({ token, from }) =>
    `The payment by ${from} in ${token} does not pay for this: other tokens, another's, or too little.`,
  "Pay the price shown, in credits, from your own wallet.",
) {}

/** Thrown when an address is longer than 256 bytes. */
export class InvalidURIError extends contractError(
  "InvalidURI",
  () => "The address of the text is longer than 256 bytes.",
  "Store the text first and give its ipfs:// address.",
) {}

// Resale

/** Thrown when neither a work nor a licence is meant. */
export class UnknownCollectionError extends contractError(
  "UnknownCollection",
  ({ collection }) => `Tokens of ${collection} are not resold here.`,
  "List a work or a licence of this market.",
) {}

/** Thrown when the caller does not own the token, or did not list it. */
export class NotTokenOwnerError extends contractError(
  "NotTokenOwner",
  ({ tokenId, caller }) => `${caller} does not own token ${tokenId}, or did not list it.`,
  "Use the wallet that owns it, or that listed it.",
) {}

/** Thrown when a listing has no price or its end is past. */
export class InvalidListingError extends contractError(
  "InvalidListing",
  () => "The listing has no price, or its end is past.",
  "Give a price above zero and an end in the future.",
) {}

/** Thrown when the token cannot be bought. */
export class NotListedError extends contractError(
  "NotListed",
  ({ tokenId }) => `Token ${tokenId} is not for sale: it was sold, moved or taken back, or its listing ended.`,
  "Load the page again.",
) {}

/** Thrown when the price is not the one that was agreed to. */
export class PriceChangedError extends contractError(
  "PriceChanged",
  ({ price }) => `The seller asks ${price} microcredits now.`,
  "Show the new price and ask again.",
) {}

// WorkReviews

/** Thrown when the owner or the creator reviews what is theirs. */
export class OwnWorkError extends contractError(
  "OwnWork",
  ({ workId }) => `Work ${workId} is your own.`,
  "Leave its reviews to those who licensed it; its owner can reply to them.",
) {}

/** Thrown when the author holds no released licence of the work. */
export class NotLicenseeError extends contractError(
  "NotLicensee",
  ({ licenceId, author }) =>
    `${author} does not hold licence ${licenceId}, it is of another work, or not released yet.`,
  "Accept the delivery first; then review it from the wallet that holds the licence.",
) {}

/** Thrown when another account's review rests on this licence already. */
export class LicenceReviewedError extends contractError(
  "LicenceReviewed",
  ({ licenceId, author }) => `Licence ${licenceId} was reviewed already, by ${author}, who held it before.`,
  "One review comes with a licence, however often it is passed on.",
) {}

function dateOf(seconds: ErrorArguments[string]): string {
  return new Date(Number(seconds) * 1_000).toISOString();
}
