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
  () => "The card's address is empty or longer than 256 bytes.",
  "Give an ipfs:// address.",
) {}

/** Thrown when the version has run out. */
export class TooManyVersionsError extends contractError(
  "TooManyVersions",
  () => "These terms were changed as often as 40 bits can count.",
  "Publish the character anew.",
) {}
