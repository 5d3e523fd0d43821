import { contractError } from "./contract.ts";

/** Thrown when the caller does not own the character. */
export class NotCharacterOwnerError extends contractError(
  "NotCharacterOwner",
  ({ characterId, caller }) => `${caller} does not own character ${characterId}.`,
  "Use the owner's wallet.",
) {}

/** Thrown when ids have run out. */
export class TooManyCharactersError extends contractError(
  "TooManyCharacters",
  () => "There are as many characters as 48 bits can count.",
  "Nothing can be published here any more.",
) {}

/** Thrown when the metadata URI is empty or too long. */
export class InvalidMetadataURIError extends contractError(
  "InvalidMetadataURI",
  () => "The address of the card, or of the work's metadata, is empty or longer than 256 bytes.",
  "Give an ipfs:// address.",
) {}

/** Thrown when the version has run out. */
export class TooManyVersionsError extends contractError(
  "TooManyVersions",
  () => "These terms were changed as often as 40 bits can count.",
  "Publish the character anew.",
) {}

/** Thrown when an invite is neither for an account nor for a key, or for both. */
export class InvalidInviteError extends contractError(
  "InvalidInvite",
  () => "The invite is neither for one account nor for whoever has its key, or is redeemed for nobody.",
  "Ask the creator for a new one.",
) {}

/** Thrown when an invite is for another account. */
export class InviteForAnotherError extends contractError(
  "InviteForAnother",
  ({ account }) => `The invite is for ${account}.`,
  "Connect that wallet, or ask the creator for an invite of your own.",
) {}

/** Thrown when an invite is redeemed after its time. */
export class InviteExpiredError extends contractError(
  "InviteExpired",
  ({ expiry }) => `The invite was good until ${expiry}.`,
  "Ask the creator for a new one.",
) {}

/** Thrown when an invite was redeemed or revoked. */
export class InviteSpentError extends contractError(
  "InviteSpent",
  () => "The invite was redeemed or revoked already.",
  "If you redeemed it, the character is yours to use; else ask the creator for a new one.",
) {}

/** Thrown when all invites of then were revoked, or the character changed its owner. */
export class InviteRevokedWithAllError extends contractError(
  "InviteRevokedWithAll",
  () => "All invites of that time were revoked, or the character has another owner now.",
  "Ask the creator for a new one.",
) {}

/** Thrown when the owner, or the invite's key, did not sign this. */
export class InvalidInviteSignatureError extends contractError(
  "InvalidInviteSignature",
  () => "The invite is not signed by the character's owner, or its key does not fit.",
  "Ask the creator for the whole link, or for a new one.",
) {}
