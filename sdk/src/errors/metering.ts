import { contractError } from "./contract.ts";

/** Thrown when a tab does not exist. */
export class UnknownTabError extends contractError(
  "UnknownTab",
  ({ operator, tabId }) => `Operator ${operator} has no tab ${tabId}.`,
  "Check operator and number.",
) {}

/** Thrown when an address is zero. */
export class ZeroAddressError extends contractError(
  "ZeroAddress",
  () => "An account, the operator, the session key or the sponsor's fee recipient is the zero address.",
  "Name all of them.",
) {}

/** Thrown when a cap would not fit 40 bits. */
export class CapTooHighError extends contractError(
  "CapTooHigh",
  ({ cap }) => `A cap of ${cap} microcredits does not fit a tab.`,
  "Open another tab.",
) {}

/** Thrown when an expiry is not possible. */
export class InvalidExpiryError extends contractError(
  "InvalidExpiry",
  ({ expiry }) => `The expiry ${expiry} is not in the future, beyond a year, or does not rise.`,
  "Choose a later time within a year.",
) {}

/** Thrown when the caller is not the tab's payer, or reviews with a receipt of somebody else's tab. */
export class NotPayerError extends contractError(
  "NotPayer",
  ({ account, payer, author }) =>
    author === undefined ? `${account} does not pay this tab, ${payer} does.` : `${author} does not pay this tab.`,
  "Use the payer's wallet.",
) {}

/** Thrown when a closing tab is changed. */
export class TabClosingError extends contractError(
  "TabClosing",
  ({ operator, tabId }) => `Tab ${tabId} of ${operator} is closing or closed.`,
  "Open another one.",
) {}

/** Thrown when the key before the last one may still settle. */
export class RotationTooSoonError extends contractError(
  "RotationTooSoon",
  ({ previousKeyUntil }) => `The key before the last one still settles until ${previousKeyUntil}.`,
  "Rotate again after that, or close the tab.",
) {}

/** Thrown when a reclaim comes before the thaw has passed. */
export class StillThawingError extends contractError(
  "StillThawing",
  ({ until }) => `The tab can still be settled until ${until}.`,
  "Reclaim it after that.",
) {}

/** Thrown when a closing names another total than is settled. */
export class TotalDiffersError extends contractError(
  "TotalDiffers",
  ({ spent, total }) => `The closing names ${total} microcredits, ${spent} are settled.`,
  "Settle first, or sign the settled total.",
) {}

/** Thrown when a signature is not by whom it must be. */
export class InvalidSignatureError extends contractError(
  "InvalidSignature",
  ({ expected }) => `The signature is not by ${expected}.`,
  "Sign with that key on this chain; after another signed request, sign anew.",
) {}

/** Thrown when a signature comes after its deadline. */
export class SignatureExpiredError extends contractError(
  "SignatureExpired",
  ({ deadline }) => `The signature was good until ${deadline}.`,
  "Sign again.",
) {}

/** Thrown when the sponsor's fee is above the maximum. */
export class SponsorFeeTooHighError extends contractError(
  "SponsorFeeTooHigh",
  ({ fee }) => `A sponsor's fee of ${fee} wei is above the most a tab allows.`,
  "Use another operator, or send it yourself.",
) {}

/** Thrown when a batch cannot be read. */
export class MalformedBatchError extends contractError(
  "MalformedBatch",
  ({ offset }) => `The batch cannot be read at byte ${offset}.`,
  "Encode it with encodeBatch.",
) {}

/** Thrown when tokens arrive other than by the payer's own transferAndCall. */
export class UnexpectedTransferError extends contractError(
  "UnexpectedTransfer",
  ({ token, from }) => `${from} sent ${token} here in a way that opens no tab and buys no pass.`,
  "Use tab.openByTransfer, tab.topUpByTransfer or the actions of access from the payer's own wallet.",
) {}
