/** What a notification says, by its kind (the wire's `NOTIFICATION_KINDS`). */
import type { Notification } from "@stelai/sdk";
import { type Address, isAddress } from "viem";
import { isProblem } from "../../access/renewal.ts";
import { characterHref } from "../../explore/links.ts";
import { formatCredits, formatUsd, UNKNOWN, WEI_PER_MICROCREDIT } from "../../format/money.ts";
import { formatDay } from "../../format/time.ts";
import type { Message } from "../../i18n/index.ts";
import type { MessageId } from "../../locales/en/index.ts";

/** Where a row leads. */
export interface FeedLink {
  readonly href: string;
  readonly label: MessageId;
}

export interface FeedLine {
  /** With `{character}`, `{work}` and `{person}`, whose names the row adds. */
  readonly says: Message;
  /** Why it happened. */
  readonly why?: Message;
  /** Whom it speaks of. */
  readonly person?: Address;
  /** Whether the row looks at the pass of now and offers what mends it. */
  readonly mends?: boolean;
  readonly link?: FeedLink;
}

/** Microcredits in a decimal string, as credits; a dash where there are none. */
function credits(value: unknown, rounding: "up" | "down" = "up"): string {
  if (typeof value !== "string" || !/^\d+$/.test(value)) return UNKNOWN;
  return formatCredits(BigInt(value) * WEI_PER_MICROCREDIT, { rounding });
}

/** Reserve units in a decimal string, as dollars; a dash where there are none. */
function dollars(value: unknown): string {
  return typeof value === "string" && /^\d+$/.test(value) ? formatUsd(BigInt(value)) : UNKNOWN;
}

/** Unix seconds in a decimal string, as a date. */
function day(value: unknown): string {
  const seconds = Number(value);
  return value !== null && value !== "" && Number.isSafeInteger(seconds) ? formatDay(seconds) : UNKNOWN;
}

function person(value: unknown): { person?: Address } {
  return typeof value === "string" && isAddress(value, { strict: false }) ? { person: value } : {};
}

const TO_CREDITS: FeedLink = { href: "/credits", label: "feed.toCredits" };

const CHANGES: Readonly<Record<string, MessageId>> = {
  persona: "feed.changed.persona",
  knowledge: "feed.changed.knowledge",
  engine: "feed.changed.engine",
};

/**
 * The sentence of a notification, whom it names, and what can be done about it.
 * @param page The character's own.
 */
export function lineOf(
  { kind, characterId, workId, data }: Pick<Notification, "kind" | "characterId" | "workId" | "data">,
  page = characterHref(characterId ?? "", undefined),
): FeedLine {
  const open: { link?: FeedLink } = characterId === null ? {} : { link: { href: page, label: "feed.open" } };
  const order = linkOfOrder(workId, data.licenceId);
  switch (kind) {
    case "renewal_due": {
      const says = { id: "feed.renewalDue", values: { at: day(data.until), price: credits(data.price) } } as const;
      return isProblem(text(data.problem)) ? { says, why: whyOf(data.problem), mends: true } : { says, ...open };
    }
    case "renewed":
      return { says: { id: "feed.renewed", values: { price: credits(data.price), until: day(data.until) } }, ...open };
    case "renewal_failed":
      return { says: { id: "feed.renewalFailed" }, why: whyOf(data.reason), mends: true };
    case "pass_ended":
      return { says: { id: "feed.passEnded", values: { until: day(data.until) } }, mends: true };
    case "gift": {
      const says: Message =
        data.plan === "Lifetime"
          ? { id: "feed.giftForGood" }
          : { id: "feed.gift", values: { start: day(data.start), until: day(data.until) } };
      return { says, ...person(data.from), link: { href: "/library?tab=gifts", label: "feed.toLibrary" } };
    }
    case "invited":
      if (data.account === undefined) return { says: { id: "feed.invited" }, ...person(data.owner), ...open };
      return { says: { id: "feed.inviteRedeemed" }, ...person(data.account), ...manage(characterId, "sharing") };
    case "review": {
      const says: Message = { id: "feed.review", values: { rating: Number(data.rating) } };
      return { says, ...person(data.author), ...manage(characterId, "reviews") };
    }
    case "reply":
      return { says: { id: "feed.reply" }, ...person(data.owner), ...open };
    case "payout": {
      const values = { amount: credits(data.amount, "down"), day: day(secondsOf(data.day)) };
      return { says: { id: "feed.payout", values }, link: { href: "/create", label: "feed.claim" } };
    }
    case "character_changed": {
      const id = CHANGES[text(data.change) ?? ""] ?? "feed.changed";
      return { says: { id, values: { engine: text(data.engine) ?? "" } }, ...open };
    }
    case "character_published":
      return { says: { id: "feed.published" }, ...person(data.owner), ...open };
    case "work_sold": {
      const says: Message = { id: "feed.workSold", values: { price: credits(data.price) } };
      return { says, ...person(data.buyer), ...order };
    }
    case "licence_delivered":
      return { says: { id: "feed.licenceDelivered" }, ...order };
    case "licence_released": {
      if (data.as !== "seller") return { says: { id: "feed.licenceReleased" }, ...order };
      return { says: { id: "feed.salePaid", values: { price: credits(data.price) } }, ...order };
    }
    case "licence_refunded": {
      const values = { amount: credits(data.amount, "down") };
      return { says: { id: "feed.licenceRefunded", values }, ...order };
    }
    case "licence_disputed":
      return { says: { id: "feed.licenceDisputed" }, ...person(data.holder), ...order };
    case "work_resold": {
      const id = data.licenceId === null ? "feed.workResold" : "feed.licenceResold";
      return { says: { id, values: { price: credits(data.price) } }, ...person(data.buyer), ...order };
    }
    case "work_review": {
      const says: Message = { id: "feed.workReview", values: { rating: Number(data.rating) } };
      return { says, ...person(data.author), ...order };
    }
    case "work_review_reply":
      return { says: { id: "feed.workReviewReply" }, ...person(data.owner), ...order };
    case "plan_renewed": {
      const values = { price: dollars(data.price), credits: credits(data.credits, "down") };
      return { says: { id: "feed.planRenewed", values }, link: TO_CREDITS };
    }
    case "plan_refused":
      return { says: { id: "feed.planRefused" }, why: whyOfCredits(data.reason), link: TO_CREDITS };
    case "topped_up": {
      const values = { price: dollars(data.price), credits: credits(data.credits, "down") };
      return { says: { id: "feed.toppedUp", values }, link: TO_CREDITS };
    }
    case "topup_refused":
      return { says: { id: "feed.topUpRefused" }, why: whyOfCredits(data.reason), link: TO_CREDITS };
    case "balance_low":
      return { says: { id: "feed.balanceLow", values: { balance: credits(data.balance, "down") } }, link: TO_CREDITS };
    case "bonus_granted":
    case "bonus_lapsing": {
      const id = kind === "bonus_granted" ? "feed.bonusGranted" : "feed.bonusLapsing";
      return {
        says: { id, values: { amount: credits(data.amount, "down"), until: day(data.lapsesAt) } },
        link: TO_CREDITS,
      };
    }
    case "referral_earned": {
      const says: Message = { id: "feed.referralEarned", values: { amount: credits(data.amount, "down") } };
      return { says, ...person(data.account), link: { href: "/referrals", label: "feed.open" } };
    }
    case "feedback_decided":
      return data.state === "accepted"
        ? { says: { id: "feed.feedbackAccepted" }, link: { href: "/contributions", label: "feed.claim" } }
        : { says: { id: "feed.feedbackDeclined" }, link: { href: "/feedback", label: "feed.open" } };
  }
}

/** To the licence where one is spoken of, else to the work. */
function linkOfOrder(workId: bigint | null, licenceId: unknown): { link?: FeedLink } {
  if (typeof licenceId === "string" && /^[1-9]\d*$/.test(licenceId)) {
    return { link: { href: `/licences/${licenceId}`, label: "feed.open" } };
  }
  return workId === null ? {} : { link: { href: `/works/${workId}`, label: "feed.open" } };
}

function text(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}

function whyOf(reason: unknown): Message {
  const name = text(reason);
  return { id: isProblem(name) ? `feed.why.${name}` : "feed.why.unknown" };
}

const WHY_CREDITS = [
  ...([
    "NotRenewing",
    "Lapsed",
    "Paused",
    "NotOffered",
    "PriceAboveMandate",
    "BalanceTooLow",
    "AllowanceTooLow",
  ] as const),
  ...(["OtherAmount", "PriceAboveMaximum", "CapReached"] as const),
  // The operator's own: what it leaves to others, and what the chain did not take from it.
  ...(["TooSmall", "Refused"] as const),
] as const;

/** Why a plan or a top-up came to nothing: `RenewalStatus` and `TopUpStatus` name it, or the operator. */
function whyOfCredits(reason: unknown): Message {
  const name = WHY_CREDITS.find((known) => known === reason);
  return { id: name === undefined ? "feed.why.unknown" : `feed.whyCredits.${name}` };
}

function secondsOf(utcDay: unknown): string {
  const milliseconds = Date.parse(`${text(utcDay) ?? ""}T12:00:00Z`);
  return Number.isNaN(milliseconds) ? "" : String(milliseconds / 1000);
}

function manage(characterId: bigint | null, tab: string): { link?: FeedLink } {
  if (characterId === null) return {};
  return { link: { href: `/create/characters/${characterId}?tab=${tab}`, label: "feed.manage" } };
}
