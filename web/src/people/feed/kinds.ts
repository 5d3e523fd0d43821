import type { NotificationKind } from "@stelai/sdk";
import type { MessageId } from "../../locales/en/index.ts";

/** What each kind of notification is called, those about money first. */
export const KIND_NAMES: Readonly<Record<NotificationKind, MessageId>> = {
  renewal_due: "feed.kind.renewalDue",
  renewal_failed: "feed.kind.renewalFailed",
  renewed: "feed.kind.renewed",
  pass_ended: "feed.kind.passEnded",
  payout: "feed.kind.payout",
  plan_renewed: "feed.kind.planRenewed",
  plan_refused: "feed.kind.planRefused",
  topped_up: "feed.kind.toppedUp",
  topup_refused: "feed.kind.topUpRefused",
  balance_low: "feed.kind.balanceLow",
  bonus_lapsing: "feed.kind.bonusLapsing",
  bonus_granted: "feed.kind.bonusGranted",
  referral_earned: "feed.kind.referralEarned",
  work_sold: "feed.kind.workSold",
  licence_refunded: "feed.kind.licenceRefunded",
  licence_disputed: "feed.kind.licenceDisputed",
  licence_delivered: "feed.kind.licenceDelivered",
  licence_released: "feed.kind.licenceReleased",
  work_resold: "feed.kind.workResold",
  gift: "feed.kind.gift",
  invited: "feed.kind.invited",
  review: "feed.kind.review",
  reply: "feed.kind.reply",
  work_review: "feed.kind.workReview",
  work_review_reply: "feed.kind.workReviewReply",
  feedback_decided: "feed.kind.feedbackDecided",
  character_changed: "feed.kind.characterChanged",
  character_published: "feed.kind.characterPublished",
};

export const KINDS = Object.keys(KIND_NAMES) as NotificationKind[];
