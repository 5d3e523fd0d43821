import type { Notification } from "@stelai/sdk/wire";

/** A notification as a mail says it. */
export function wordsOf({ kind, characterId, workId, data }: Notification): { subject: string; text: string } {
  const character = `character ${characterId ?? ""}`.trim();
  const work = `work ${workId ?? ""}`.trim();
  const licence = `licence ${data.licenceId ?? ""}`.trim();
  switch (kind) {
    case "renewal_due":
      return say("A pass renews soon", `Your pass for ${character} renews for ${credits(data.price)} credits.`);
    case "renewed":
      return say("A pass was renewed", `Your pass for ${character} was renewed for ${credits(data.price)} credits.`);
    case "renewal_failed":
      return say(
        "A pass could not be renewed",
        `Your pass for ${character} could not be renewed: ${whyOf(data.reason, PASSES)}. It is tried again for 14 days.`,
      );
    case "pass_ended":
      return say("A pass has ended", `Your pass for ${character} has ended and does not renew.`);
    case "gift":
      return say("You were given a pass", `${data.from ?? "Someone"} gave you a pass for ${character}.`);
    case "invited":
      return data.account === undefined
        ? say("A character was shared with you", `You may use ${character} now.`)
        : say("An invite was redeemed", `${data.account} may use your ${character} now, by your invite.`);
    case "review":
      return say("A new review", `Your ${character} was rated ${data.rating ?? "?"} of 5.`);
    case "reply":
      return say("A reply to your review", `The creator of ${character} replied to your review.`);
    case "payout":
      return say("You earned credits", `${credits(data.amount)} credits are yours to claim, as of now (${data.day}).`);
    case "character_changed":
      return say(
        "A character changed",
        `The ${data.change ?? "character"} of ${character}, which you use, has changed.`,
      );
    case "character_published":
      return say("A new character", `${data.owner ?? "A creator"}, whom you follow, published ${character}.`);
    case "work_sold":
      return say(
        "You sold a licence",
        `A licence of your ${work} was bought for ${credits(data.price)} credits (${licence}). They are held until the ` +
          "buyer accepts it or the time to inspect it is over.",
      );
    case "licence_delivered":
      return say(
        "Your file is ready",
        `The file of ${work} can be had under your ${licence}. Look at it soon: after 72 hours it counts as accepted.`,
      );
    case "licence_released":
      return data.as === "seller"
        ? say(
            "A sale was paid",
            `${credits(data.price)} credits for ${licence} of your ${work} are yours, less what is due.`,
          )
        : say("A licence is yours", `Your ${licence} of ${work} is final: the seller was paid.`);
    case "licence_refunded":
      return say(
        "You were refunded",
        `${credits(data.amount)} credits for ${licence} of ${work} were given back to you.`,
      );
    case "licence_disputed":
      return say("A sale is disputed", `The buyer of ${licence} disputes what was delivered of your ${work}.`);
    case "work_resold":
      return data.licenceId === null
        ? say("You sold a work", `Your ${work} was sold for ${credits(data.price)} credits.`)
        : say("You sold a licence on", `Your ${licence} of ${work} was sold on for ${credits(data.price)} credits.`);
    case "work_review":
      return say("A new review", `Your ${work} was rated ${data.rating ?? "?"} of 5.`);
    case "work_review_reply":
      return say("A reply to your review", `The owner of ${work} replied to your review.`);
    case "plan_renewed":
      return say(
        "Your plan was renewed",
        `Your plan was renewed for ${dollars(data.price)} USDC: ${credits(data.credits)} credits are yours.`,
      );
    case "plan_refused":
      return say(
        "Your plan could not be renewed",
        `Your plan could not be renewed: ${whyOf(data.reason, CREDITS)}. It is tried again for 14 days.`,
      );
    case "topped_up":
      return say(
        "Your credits were topped up",
        `${credits(data.credits)} credits were bought for ${dollars(data.price)} USDC, as you agreed to.`,
      );
    case "topup_refused":
      return say(
        "Your credits could not be topped up",
        `An automatic top-up could not be made: ${whyOf(data.reason, CREDITS)}. It is tried again.`,
      );
    case "balance_low":
      return say("Your credits run low", `You have ${credits(data.balance)} credits left.`);
    case "bonus_granted":
      return say(
        "You were given bonus credits",
        `${credits(data.amount)} bonus credits are yours to spend until ${day(data.lapsesAt)}.`,
      );
    case "bonus_lapsing":
      return say(
        "Your bonus credits lapse soon",
        `${credits(data.amount)} bonus credits lapse on ${day(data.lapsesAt)}. Buying credits, or what you spend here, ` +
          "puts that off.",
      );
    case "referral_earned":
      return say(
        "Your referral brought bonus credits",
        `${data.account ?? "Someone"}, whom you sent, bought credits: ${credits(data.amount)} bonus credits are yours.`,
      );
    case "feedback_decided":
      return data.state === "accepted"
        ? say("Your feedback was accepted", "Thank you. There may be bonus credits for it to claim.")
        : say("Your feedback was read", `It was not taken up${data.note ? `: ${data.note}` : "."}`);
  }
}

/** Why a pass was not renewed, as `RenewalStatus` names it. */
const PASSES: Readonly<Record<string, string>> = {
  NotRenewing: "you had ended it before",
  Lapsed: "the time in which it could be renewed is over",
  Paused: "sales are paused for everyone",
  Suspended: "a moderator suspended the character",
  NotAllowed: "you are no longer on the character's list",
  NotOffered: "the character is not sold this way any more",
  PriceAboveMandate: "the price rose above what you agreed to",
  BalanceTooLow: "you have too few credits",
  AllowanceTooLow: "you let renewals take too little",
};

/** Why credits were not bought, as `RenewalStatus` and `TopUpStatus` name it, or the keeper. */
const CREDITS: Readonly<Record<string, string>> = {
  ...PASSES,
  NotOffered: "the plan is not offered any more",
  BalanceTooLow: "you have too little USDC",
  AllowanceTooLow: "you let Stelai take too little USDC",
  OtherAmount: "the amount you agreed to is not sold any more",
  PriceAboveMaximum: "the price rose above what you agreed to",
  CapReached: "the limit of 30 days that you set is reached",
  TooSmall: "the amount is so small that sending it costs more than it brings; choose a larger one",
  Refused: "the chain refused it, for instance because USDC cannot be taken from your account",
};

function whyOf(reason: string | number | null | undefined, words: Readonly<Record<string, string>>): string {
  return words[String(reason)] ?? "the reason is not known";
}

function say(subject: string, text: string): { subject: string; text: string } {
  return { subject, text };
}

/** Microcredits in a decimal string, as credits. */
function credits(micro: string | number | null | undefined): string {
  const amount = Number(micro ?? 0) / 1_000_000;
  return amount.toLocaleString("en", { maximumFractionDigits: 2 });
}

/** Reserve units (USDC: 6 decimals) in a decimal string, as dollars. */
function dollars(units: string | number | null | undefined): string {
  const amount = Number(units ?? 0) / 1_000_000;
  return amount.toLocaleString("en", { minimumFractionDigits: 2, maximumFractionDigits: 2 });
}

/** Unix seconds in a decimal string, as a date. */
function day(seconds: string | number | null | undefined): string {
  return new Date(Number(seconds ?? 0) * 1_000).toISOString().slice(0, 10);
}
