import type { NotificationKind } from "@stelai/sdk";
import type { MessageId } from "../../locales/en/index.ts";

/** What each kind of notification is called, those about money first. */
export const KIND_NAMES: Readonly<Record<NotificationKind, MessageId>> = {
  renewal_due: "feed.kind.renewalDue",
  renewal_failed: "feed.kind.renewalFailed",
  renewed: "feed.kind.renewed",
  pass_ended: "feed.kind.passEnded",
  payout: "feed.kind.payout",
  gift: "feed.kind.gift",
  invited: "feed.kind.invited",
  review: "feed.kind.review",
  reply: "feed.kind.reply",
  character_changed: "feed.kind.characterChanged",
  character_published: "feed.kind.characterPublished",
};

export const KINDS = Object.keys(KIND_NAMES) as NotificationKind[];
