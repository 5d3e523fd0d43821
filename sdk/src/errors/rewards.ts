import { contractError } from "./contract.ts";

/** Thrown when anyone but the meter moves bonus credits. */
export class NotMeterError extends contractError(
  "NotMeter",
  ({ caller }) => `${caller} is not the meter, which alone spends bonus credits.`,
  "Open a tab with them: tab.openSession with a bonus.",
) {}

/** Thrown when bonus credits may not fund tabs with an operator. */
export class OperatorNotTrustedError extends contractError(
  "OperatorNotTrusted",
  ({ operator }) => `Bonus credits cannot be spent with operator ${operator}.`,
  "Open the tab without bonus credits, or with another operator.",
) {}

/** Thrown when an account has less bonus credits; both in wei of STELAI. */
export class BonusTooLowError extends contractError(
  "BonusTooLow",
  ({ balance, needed }) => `The account has ${balance} wei of bonus credits, and ${needed} were to be spent.`,
  "Read rewards.getBonus again: they may have been spent or have lapsed.",
) {}

/** Thrown when a tab's bonus is zero or above its cap; both in microcredits. */
export class InvalidBonusError extends contractError(
  "InvalidBonus",
  ({ bonus, cap }) => `A bonus of ${bonus} microcredits does not fit a tab of ${cap}.`,
  "Spend at most the cap, or open the tab without bonus credits.",
) {}

/** Thrown when there is no such campaign. */
export class UnknownCampaignError extends contractError(
  "UnknownCampaign",
  ({ campaignId }) => `There is no campaign ${campaignId}.`,
  "Check its number, or the code.",
) {}

/** Thrown when a code is used where a deed is asked for, or the other way round. */
export class WrongCampaignError extends contractError(
  "WrongCampaign",
  ({ campaignId }) => `Campaign ${campaignId} does not give bonus credits this way.`,
  "Codes are for promotions, grants for contributions.",
) {}

/** Thrown when a campaign has not begun, or is over. */
export class CampaignNotOpenError extends contractError(
  "CampaignNotOpen",
  ({ campaignId }) => `Campaign ${campaignId} has not begun, or is over.`,
  "Look at its dates: rewards.getCampaign.",
) {}

/** Thrown when a campaign that still runs would be ended. */
export class CampaignStillOpenError extends contractError(
  "CampaignStillOpen",
  ({ campaignId, end }) => `Campaign ${campaignId} runs until ${end}.`,
  "End it after that; who runs campaigns can stop it before.",
) {}

/** Thrown when a campaign has nothing left to give; both in wei of STELAI. */
export class BudgetExhaustedError extends contractError(
  "BudgetExhausted",
  ({ campaignId, budget, needed }) =>
    `Campaign ${campaignId} has ${budget} wei left to give, and this takes ${needed}.`,
  "It can be claimed if its budget is raised.",
) {}

/** Thrown when a campaign gave today what it gives in a day; both in wei of STELAI. */
export class DailyCapReachedError extends contractError(
  "DailyCapReached",
  ({ campaignId, left, needed }) =>
    `Campaign ${campaignId} has ${left} wei left to give today, and this takes ${needed}.`,
  "Try again after midnight UTC.",
) {}

/** Thrown when an account got of a campaign what it can get. */
export class AccountCapReachedError extends contractError(
  "AccountCapReached",
  ({ campaignId, account }) => `${account} got of campaign ${campaignId} what an account can get.`,
  "Nothing more can be claimed of it.",
) {}

/** Thrown when a deed was granted for already. */
export class DeedUsedError extends contractError(
  "DeedUsed",
  ({ campaignId, deed }) => `Campaign ${campaignId} gave bonus credits for deed ${deed} already.`,
  "They are in the account's balance.",
) {}

/** Thrown when a new campaign makes no sense, or its signer has one. */
export class InvalidCampaignError extends contractError(
  "InvalidCampaign",
  () => "The campaign's dates, amounts or signer make no sense, or its code was used by another.",
  "End it later than it begins, give whole microcredits, and use a new code or signer.",
) {}

/** Thrown when an amount is zero or not of whole microcredits. */
export class InvalidAmountError extends contractError(
  "InvalidAmount",
  ({ amount }) => `${amount} wei are zero, or not of whole microcredits.`,
  "Give an amount above zero in multiples of 10^12 wei.",
) {}

/** Thrown when both sides of a referral would get more than half of what was bought. */
export class InvalidReferralTermsError extends contractError(
  "InvalidReferralTerms",
  () => "Both sides of a referral would get more than half of what is bought.",
  "Give both together at most 5,000 basis points.",
) {}
