import type { Notification, NotificationKind } from "@stelai/sdk";
import { expect } from "chai";
import { PROBLEMS } from "../../access/renewal.ts";
import type { Message } from "../../i18n/index.ts";
import { en } from "../../locales/en/index.ts";
import { KINDS } from "./kinds.ts";
import { lineOf } from "./words.ts";

const SOMEONE = "0x00000000000000000000000000000000000000aB";
const UNTIL = "1795000000";

/** What the operator says of each kind. */
const SAID = {
  renewal_due: { until: UNTIL, plan: "Monthly", price: "12500000", mandate: "12500000", problem: null },
  renewed: { until: UNTIL, plan: "Monthly", price: "12500000", transaction: "0x01" },
  renewal_failed: { until: UNTIL, reason: "BalanceTooLow" },
  pass_ended: { until: UNTIL },
  gift: { from: SOMEONE, plan: "Annual", start: UNTIL, until: UNTIL },
  invited: { owner: SOMEONE },
  review: { author: SOMEONE, rating: 4 },
  reply: { owner: SOMEONE },
  payout: { day: "2026-11-20", wei: "1999999999999999999", amount: "1999999" },
  character_changed: { change: "engine", engine: "a larger one" },
  character_published: { owner: SOMEONE },
  work_sold: { licenceId: "4", tier: "Personal", price: "12500000", buyer: SOMEONE },
  licence_delivered: { licenceId: "4" },
  licence_released: { licenceId: "4", as: "seller", price: "12500000" },
  licence_refunded: { licenceId: "4", amount: "12500000" },
  licence_disputed: { licenceId: "4", holder: SOMEONE },
  work_resold: { licenceId: null, price: "12500000", buyer: SOMEONE },
  work_review: { author: SOMEONE, rating: 4 },
  work_review_reply: { owner: SOMEONE },
  plan_renewed: { planId: "1", credits: "1000000000", price: "9000000", until: UNTIL },
  plan_refused: { planId: "1", reason: "BalanceTooLow", price: "9000000", until: UNTIL },
  topped_up: { credits: "1000000000", price: "9500000", transaction: "0x01" },
  topup_refused: { reason: "CapReached" },
  balance_low: { balance: "4200000" },
  bonus_granted: { source: "Referee", amount: "50000000", lapsesAt: UNTIL, campaignId: null },
  bonus_lapsing: { amount: "50000000", lapsesAt: UNTIL },
  referral_earned: { account: SOMEONE, amount: "50000000" },
  feedback_decided: { id: "f", state: "accepted", note: null },
} as const satisfies Record<NotificationKind, object>;

/** The values that a sentence asks for, without those that the row itself adds. */
function asked({ id }: Message): string[] {
  return [...en[id].matchAll(/\{(\w+)/g)]
    .map(([, name = ""]) => name)
    .filter((name) => !["character", "work", "person", "one", "other"].includes(name) && !/^\d/.test(name));
}

describe("words of a notification", () => {
  for (const kind of KINDS) {
    it(`says ${kind} with all that its sentence asks for`, () => {
      const { says, person } = lineOf({ kind, characterId: 7n, workId: 12n, data: SAID[kind] });
      for (const name of asked(says)) expect(says.values, name).to.have.property(name);
      expect(Object.values(says.values ?? {})).not.to.include("—");
      expect(en[says.id].includes("{person}")).to.equal(person !== undefined);
    });

    it(`does not fail on ${kind} when the operator says nothing more of it`, () => {
      expect(() => lineOf({ kind, characterId: null, workId: null, data: {} })).not.to.throw();
    });
  }

  it("names a price in credits and a date", () => {
    const { says } = lineOf({ kind: "renewal_due", characterId: 7n, workId: null, data: SAID.renewal_due });
    expect(says.values).to.deep.equal({ at: "Nov 18, 2026", price: "12.5" });
  });

  it("rounds earnings down, never up", () => {
    const { says } = lineOf({ kind: "payout", characterId: null, workId: null, data: SAID.payout });
    expect(says.values?.amount).to.equal("1.999");
  });

  for (const reason of PROBLEMS) {
    it(`says why a renewal failed when it was ${reason}, and offers what mends it`, () => {
      const line = lineOf({ kind: "renewal_failed", characterId: 7n, workId: null, data: { until: UNTIL, reason } });
      expect(line.why?.id).to.equal(`feed.why.${reason}`);
      expect(line.mends).to.equal(true);
    });
  }

  for (const reason of ["TooSmall", "Refused", "CapReached", "BalanceTooLow"] as const) {
    it(`says why credits were not bought when it was ${reason}`, () => {
      for (const kind of ["topup_refused", "plan_refused"] as const) {
        const line = lineOf({ kind, characterId: null, workId: null, data: { reason } });
        expect(line.why?.id).to.equal(`feed.whyCredits.${reason}`);
        expect(en[line.why?.id ?? "feed.open"]).not.to.include(reason);
      }
    });
  }

  it("says that the reason is unknown when it is none of ours", () => {
    const line = lineOf({
      kind: "renewal_failed",
      characterId: 7n,
      workId: null,
      data: { until: UNTIL, reason: "<b>" },
    });
    expect(line.why?.id).to.equal("feed.why.unknown");
  });

  it("warns of a renewal that is due only when something is in its way", () => {
    const data = { ...SAID.renewal_due, problem: "AllowanceTooLow" };
    expect(lineOf({ kind: "renewal_due", characterId: 7n, workId: null, data }).mends).to.equal(true);
    expect(lineOf({ kind: "renewal_due", characterId: 7n, workId: null, data: SAID.renewal_due }).mends).to.equal(
      undefined,
    );
  });

  it("leads to the licence where one is spoken of, else to the work", () => {
    const leads = (kind: NotificationKind, data: Notification["data"]) =>
      lineOf({ kind, characterId: null, workId: 12n, data }).link?.href;
    expect(leads("licence_delivered", SAID.licence_delivered)).to.equal("/licences/4");
    expect(leads("work_resold", SAID.work_resold)).to.equal("/works/12");
    expect(leads("work_review", SAID.work_review)).to.equal("/works/12");
    expect(leads("licence_delivered", { licenceId: "../you" })).to.equal("/works/12");
  });

  it("leads from a referral to whom one sent, and from feedback to what it earned or what was said of it", () => {
    const leads = (kind: NotificationKind, data: Notification["data"]) =>
      lineOf({ kind, characterId: null, workId: null, data }).link?.href;
    expect(leads("referral_earned", SAID.referral_earned)).to.equal("/referrals");
    expect(leads("feedback_decided", SAID.feedback_decided)).to.equal("/contributions");
    expect(leads("feedback_decided", { ...SAID.feedback_decided, state: "declined" })).to.equal("/feedback");
  });

  it("tells the seller that a sale was paid, and the holder that the licence is theirs", () => {
    const says = (as: string) =>
      lineOf({ kind: "licence_released", characterId: null, workId: 12n, data: { ...SAID.licence_released, as } }).says
        .id;
    expect(says("seller")).to.equal("feed.salePaid");
    expect(says("holder")).to.equal("feed.licenceReleased");
  });

  it("tells an invite that was accepted from one that was received", () => {
    const accepted = lineOf({
      kind: "invited",
      characterId: 7n,
      workId: null,
      data: { owner: "0x1", account: SOMEONE },
    });
    expect(accepted.says.id).to.equal("feed.inviteRedeemed");
    expect(accepted.person).to.equal(SOMEONE);
    expect(accepted.link?.href).to.equal("/create/characters/7?tab=sharing");
  });

  it("links nobody when what stands for a person is no address", () => {
    expect(
      lineOf({ kind: "reply", characterId: 7n, workId: null, data: { owner: "javascript:alert(1)" } }).person,
    ).to.equal(undefined);
  });
});
