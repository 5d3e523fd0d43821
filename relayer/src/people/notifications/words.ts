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
        `Your pass for ${character} could not be renewed (${data.reason ?? "unknown"}). It is tried again for 14 days.`,
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
  }
}

function say(subject: string, text: string): { subject: string; text: string } {
  return { subject, text };
}

/** Microcredits in a decimal string, as credits. */
function credits(micro: string | number | null | undefined): string {
  const amount = Number(micro ?? 0) / 1_000_000;
  return amount.toLocaleString("en", { maximumFractionDigits: 2 });
}
