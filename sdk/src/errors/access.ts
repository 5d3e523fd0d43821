import { contractError } from "./contract.ts";

/** Thrown when the character is suspended: nothing of it is sold. */
export class CharacterSuspendedError extends contractError(
  "CharacterSuspended",
  ({ characterId }) => `A moderator suspended character ${characterId}: nothing of it is sold.`,
  "What you paid for can be cancelled, and is refunded by its days.",
) {}

/** Thrown when the character is private and the account not on its allow list. */
export class NotAllowedError extends contractError(
  "NotAllowed",
  ({ characterId, account }) => `Character ${characterId} is private, and ${account} is not on its list.`,
  "Ask its creator for an invite, or to be put on the list.",
) {}

/** Thrown when the character is not sold this way. */
export class NotOfferedError extends contractError(
  "NotOffered",
  ({ characterId, plan }) => `Character ${characterId} does not offer ${nameOf(plan)}.`,
  "Choose from what its prices offer now.",
) {}

/** Thrown when the account has the character for good already. */
export class AlreadyLifetimeError extends contractError(
  "AlreadyLifetime",
  ({ characterId, account }) => `${account} has character ${characterId} for good already.`,
  "There is nothing more to buy.",
) {}

/** Thrown when the caller's own pass renews already. */
export class AlreadySubscribedError extends contractError(
  "AlreadySubscribed",
  ({ characterId, until, planId, end }) =>
    planId === undefined
      ? `The pass of character ${characterId} runs until ${until} and renews by itself.`
      : `Plan ${planId} runs until ${end}.`,
  "Switch or upgrade it, or end its renewal first.",
) {}

/** Thrown when five periods are paid for already. */
export class TooManyPeriodsError extends contractError(
  "TooManyPeriods",
  ({ characterId, account }) => `${account} has five periods of character ${characterId} paid ahead already.`,
  "Wait until one of them has ended.",
) {}

/** Thrown when a gift or a lifetime is asked to renew, or a gift to replace what its receiver has. */
export class InvalidPurchaseError extends contractError(
  "InvalidPurchase",
  () => "A gift or a lifetime pass does not renew, and a gift replaces nothing.",
  "Choose a month or a year for yourself, or let it not renew.",
) {}

/** Thrown when the account has nothing that could be cancelled or renewed. */
export class NoPassError extends contractError(
  "NoPass",
  ({ characterId, account }) => `${account} has no pass of character ${characterId} that could be changed.`,
  "Buy one first; a lifetime pass stays as it is.",
) {}

/** Thrown when cancelling would pay back less than the person saw; both in microcredits. */
export class RefundBelowMinimumError extends contractError(
  "RefundBelowMinimum",
  ({ refund, minimum }) => `Cancelling pays back ${refund} microcredits now, less than the ${minimum} that were shown.`,
  "Look at the refund again: a day that has begun is used.",
) {}

/** Thrown when what waits to be harvested needs more calls first. */
export class HarvestPendingError extends contractError(
  "HarvestPending",
  ({ characterId }) => `More than two years of income of character ${characterId} wait to be harvested.`,
  "Harvest it until nothing is left, then try again.",
) {}

const PLANS: Record<string, string> = { 0: "a lifetime pass", 1: "a monthly pass", 2: "an annual pass" };

function nameOf(plan: unknown): string {
  return PLANS[String(plan)] ?? "this pass";
}
