import { db } from "ponder:api";
import schema from "ponder:schema";
import { Hono } from "hono";
import { and, count, desc, eq, lt } from "ponder";
import { microOf } from "../chain.ts";
import { personOf } from "../texts/index.ts";
import { chainNow } from "./clock.ts";
import { toJson } from "./json.ts";
import { addressOf, cursorOf, limitOf } from "./parameters.ts";

const { bonusAccount, referral, referralTermsChange } = schema;

export const bonus = new Hono();

/**
 * An account's bonus credits: `{ balance, lapsesAt, granted, drawn, returned, lapsed, bySource: { Referrer, Referee,
 * Promotion, Contribution } }`, microcredits. `balance` is what can be spent now, so nothing from the second after
 * `lapsesAt` (0: it never had any); `lapsed` counts what lapsed whether or not anyone burned it yet, and
 * `granted + returned − drawn − lapsed = balance`.
 */
bonus.get("/:address/bonus", async (context) => {
  const address = addressOf(context);
  const [now, [row]] = await Promise.all([
    chainNow(),
    db.select().from(bonusAccount).where(eq(bonusAccount.account, address)),
  ]);
  const isLapsed = row !== undefined && now > row.lapsesAt;
  return toJson(context, {
    balance: row && !isLapsed ? row.balance : 0n,
    lapsesAt: row?.lapsesAt ?? 0n,
    granted: row?.granted ?? 0n,
    drawn: row?.drawn ?? 0n,
    returned: row?.returned ?? 0n,
    lapsed: (row?.lapsed ?? 0n) + (isLapsed ? row.balance : 0n),
    bySource: {
      Referrer: row?.fromReferrals ?? 0n,
      Referee: row?.fromPurchases ?? 0n,
      Promotion: row?.fromPromotions ?? 0n,
      Contribution: row?.fromContributions ?? 0n,
    },
  });
});

/**
 * Who sent an account and whom it sent: `{ referrer: Person | null, isBound, earned, cap, count, referred: [{ account:
 * Person, since, earned }], next }`, the newest first. `isBound` is whether the first purchase decided it; `earned` what it
 * got by all it sent, of at most `cap`, microcredits; `count` how many those are. `?limit=` (50, at most 200); `?after=`.
 */
bonus.get("/:address/referrals", async (context) => {
  const address = addressOf(context);
  const limit = limitOf(context, 50, 200);
  const after = cursorOf(context, "after");
  const isReferred = eq(referral.referrer, address);
  const [[bond], [own], [terms], [all], rows] = await Promise.all([
    db.select().from(referral).where(eq(referral.account, address)),
    db.select().from(bonusAccount).where(eq(bonusAccount.account, address)),
    db.select().from(referralTermsChange).orderBy(desc(referralTermsChange.id)).limit(1),
    db.select({ count: count() }).from(referral).where(isReferred),
    db
      .select()
      .from(referral)
      .where(and(isReferred, after === undefined ? undefined : lt(referral.id, after)))
      .orderBy(desc(referral.id))
      .limit(limit),
  ]);
  return toJson(context, {
    referrer: bond?.referrer ? personOf(bond.referrer) : null,
    isBound: bond !== undefined,
    earned: own?.fromReferrals ?? 0n,
    cap: microOf(terms?.cap ?? 0n),
    count: all?.count ?? 0,
    referred: rows.map((row) => ({ account: personOf(row.account), since: row.timestamp, earned: row.earned })),
    next: rows.length === limit ? (rows.at(-1)?.id ?? null) : null,
  });
});
