import { contractError } from "./contract.ts";

/** Thrown when shares are no split. */
export class InvalidSharesError extends contractError(
  "InvalidShares",
  () => "The shares are no split: 1 to 32, recipients strictly ascending, none empty, sum exactly 10,000.",
  "Sort and complete the shares (sortShares, splitOf).",
) {}

/** Thrown when a split was registered before. */
export class SplitAlreadyRegisteredError extends contractError(
  "SplitAlreadyRegistered",
  ({ split }) => `Split ${split} is registered already.`,
  "Use it as it is.",
) {}

/** Thrown when a payee is zero or an unregistered split. */
export class UnknownPayeeError extends contractError(
  "UnknownPayee",
  ({ payee }) => `${payee} cannot earn: it is zero, or a split that was never registered.`,
  "Register the split first, or name an address.",
) {}

/** Thrown when a commission is above 30 %. */
export class CommissionTooHighError extends contractError(
  "CommissionTooHigh",
  ({ bps }) => `A commission of ${bps} bps is above the maximum of 3,000.`,
  "Choose at most 3,000.",
) {}

/** Thrown when a flow names a share that is not there. */
export class ShareOutOfRangeError extends contractError(
  "ShareOutOfRange",
  ({ index }) => `The split has no share ${index}.`,
  "Name one of its shares.",
) {}

/** Thrown when there is nothing to claim. */
export class NothingToClaimError extends contractError(
  "NothingToClaim",
  ({ account }) => `${account} has nothing to claim.`,
  "Collect your characters first: what they accrued moves to Payouts then.",
) {}
