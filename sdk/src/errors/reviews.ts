import { contractError } from "./contract.ts";

/** Thrown when a rating is not 1 to 5. */
export class InvalidRatingError extends contractError(
  "InvalidRating",
  ({ rating }) => `A rating is 1 to 5 stars, not ${rating}.`,
  "Choose between one and five.",
) {}

/** Thrown when a text's address is longer than 256 bytes. */
export class InvalidTextURIError extends contractError(
  "InvalidTextURI",
  () => "The address of the text is longer than 256 bytes.",
  "Store the text first and give its ipfs:// address.",
) {}

/** Thrown when the owner reviews what is theirs. */
export class OwnCharacterError extends contractError(
  "OwnCharacter",
  ({ characterId }) => `Character ${characterId} is your own.`,
  "Leave its reviews to those who use it; you can reply to them.",
) {}

/** Thrown when the author never held a pass of the character. */
export class NeverHeldError extends contractError(
  "NeverHeld",
  ({ characterId, author }) => `${author} never held a pass of character ${characterId}.`,
  "Review it with a receipt of a message that you paid for.",
) {}

/** Thrown when the receipt is for another character, or of nothing that was charged. */
export class UnfitReceiptError extends contractError(
  "UnfitReceipt",
  () => "The receipt is for another character, or nothing was charged for it.",
  "Give a receipt of a paid message to this character.",
) {}

/** Thrown when the character does not list the receipt's operator. */
export class OperatorNotListedError extends contractError(
  "OperatorNotListed",
  ({ characterId, operator }) => `Character ${characterId} does not list ${operator}, who signed the receipt.`,
  "Give a receipt of an operator that it lists.",
) {}

/** Thrown when the operator did not sign the receipt. */
export class InvalidReceiptSignatureError extends contractError(
  "InvalidReceiptSignature",
  () => "The receipt is not signed by its operator.",
  "Give it with the signature that came with it.",
) {}

/** Thrown when there is no such review, of a character or of a work: the two contracts' errors are one by their data. */
export class NoReviewError extends contractError(
  "NoReview",
  ({ author }) => `${author} has no review of this.`,
  "Look at the reviews again: it was taken back, or never written.",
) {}
