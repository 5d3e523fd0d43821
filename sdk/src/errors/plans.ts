import { type TopUpStatus, topUpStatusOf } from "../topUps.ts";
import { contractError, type ErrorArguments } from "./contract.ts";

const REFUSED: Readonly<Record<TopUpStatus, string>> = {
  Due: "it can be made now",
  NotAgreed: "the account has not agreed to any",
  BalanceEnough: "the account has enough credits",
  Paused: "sales are paused",
  OtherAmount: "the package buys another amount than was agreed to, or is not sold",
  PriceAboveMaximum: "the price is above what was agreed to",
  CapReached: "the limit of 30 days would be passed",
  BalanceTooLow: "the account has too little USDC",
  AllowanceTooLow: "the account lets the credit store take too little USDC",
};

/** Thrown when there is no such plan. */
export class UnknownPlanError extends contractError(
  "UnknownPlan",
  ({ planId }) => `There is no plan ${planId}.`,
  "Load the plans again and choose from them.",
) {}

/** Thrown when a plan is not offered now. */
export class PlanNotOfferedError extends contractError(
  "PlanNotOffered",
  ({ planId }) => `Plan ${planId} is not offered any more.`,
  "Load the plans again and choose another.",
) {}

/** Thrown when a new plan makes no sense or is below the floor. */
export class InvalidPlanError extends contractError(
  "InvalidPlan",
  ({ index }) => `New plan ${index} has no credits, a price below the floor, or a period that is not 30 or 365 days.`,
  "Price it at the floor or above, for 30 or 365 days.",
) {}

/** Thrown when a plan's price, or what plans sell credits for, is below the floor. */
export class PriceBelowFloorError extends contractError(
  "PriceBelowFloor",
  ({ planId, price, needed }: ErrorArguments) =>
    planId === undefined
      ? `The price of ${price} reserve units is below the floor of ${needed}.`
      : `The new price of plan ${planId} is below the floor of its credits.`,
  "Price it at the floor or above; a plan's price of zero ends its offer.",
) {}

/** Thrown when an account has no cycle that runs or can still be renewed. */
export class NotSubscribedError extends contractError(
  "NotSubscribed",
  ({ account }) => `${account} has no plan that runs or can still be renewed.`,
  "Subscribe to a plan.",
) {}

/** Thrown when a plan is no upgrade of the one that runs. */
export class NotAnUpgradeError extends contractError(
  "NotAnUpgrade",
  ({ planId, formerPlanId }) =>
    `Plan ${planId} grants no more credits than this cycle of plan ${formerPlanId}, or has another period.`,
  "Let the next cycle be that plan: plans.setRenewal.",
) {}

/** Thrown when an agreement to top-ups has no highest price, or a limit below it. */
export class InvalidTopUpError extends contractError(
  "InvalidTopUp",
  () => "The top-up has no highest price, or its limit of 30 days is below that.",
  "Set a highest price, and a limit that is not below it.",
) {}

/** Thrown when a top-up cannot be made now; `status` says why. */
export class TopUpNotDueError extends contractError(
  "TopUpNotDue",
  ({ status }) => `The top-up cannot be made: ${REFUSED[topUpStatusOf(Number(status))]}.`,
  "Ask credits.getTopUpStatus what is in its way.",
) {
  get status(): TopUpStatus {
    return topUpStatusOf(Number(this.args.status));
  }
}

/** Thrown when no ETH was sent along. */
export class NoEthError extends contractError(
  "NoEth",
  () => "No ETH was sent along.",
  "Send what credits.quoteEth says.",
) {}

/** Thrown when ETH could not be swapped for the price: it moved, or the pool is empty or missing. */
export class SwapFailedError extends contractError(
  "SwapFailed",
  ({ sent, needed }) => `${sent} wei of ETH do not buy ${needed} reserve units in this pool now.`,
  "Ask for a new quote, allow more slippage, or pay in USDC.",
) {}

/** Thrown when a purchase came after its deadline. */
export class DeadlinePassedError extends contractError(
  "DeadlinePassed",
  ({ deadline }) => `The purchase was good until ${deadline} only.`,
  "Ask for a new quote and buy again.",
) {}

/** Thrown when what a swap left could not be sent back. */
export class RefundFailedError extends contractError(
  "RefundFailed",
  ({ account, amount }) => `${account} does not take the ${amount} wei of ETH that were left.`,
  "Buy from a wallet that takes ETH.",
) {}

/** Thrown when ETH is sent to a contract that holds none. */
export class UnexpectedEthError extends contractError(
  "UnexpectedEth",
  ({ sender }) => `${sender} sent ETH where none is taken.`,
  "Buy by credits.buyWithEth.",
) {}
