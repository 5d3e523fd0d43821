import { db } from "ponder:api";
import schema from "ponder:schema";
import { Hono } from "hono";
import { and, count, desc, eq, gte, lt, sql, sum } from "ponder";
import { microOf } from "../chain.ts";
import { personOf } from "../texts/index.ts";
import { chainNow } from "./clock.ts";
import { toJson } from "./json.ts";
import { cursorOf, idOf, limitOf, NotFoundError, optionOf } from "./parameters.ts";

const { bonusGrant, campaign, protocol, referralTermsChange } = schema;

type CampaignRow = typeof campaign.$inferSelect;

/** Where a campaign stands, as the routes say it. */
export type CampaignState = "upcoming" | "open" | "ended";

/** Where a campaign stands at `now`: claims are taken from the first to the last second of its window. */
export function campaignState({ start, end }: Pick<CampaignRow, "start" | "end">, now: bigint): CampaignState {
  if (now > end) return "ended";
  return now < start ? "upcoming" : "open";
}

export const campaigns = new Hono();

/**
 * What gives bonus credits: `{ campaigns: [{ campaignId, source, signer, start, end, perAccount, daily, uri, budget, given,
 * burned, funded, costUsdc, claims, state }], referral: { terms: { referrerBps, refereeBps, cap } | null, given } }`, the
 * newest first. Microcredits but for `costUsdc`; `funded = given + burned + budget`; `end` of one that was stopped is when.
 * `uri` is what whoever started it wrote: a reader opens none but `ipfs://` and `https://`.
 */
campaigns.get("/", async (context) => {
  const [now, rows, [terms], [totals]] = await Promise.all([
    chainNow(),
    db.select().from(campaign).orderBy(desc(campaign.id)),
    db.select().from(referralTermsChange).orderBy(desc(referralTermsChange.id)).limit(1),
    db.select({ given: protocol.referralsGiven }).from(protocol),
  ]);
  return toJson(context, {
    campaigns: rows.map((row) => ({
      ...{ campaignId: row.id, source: row.source, signer: row.signer, start: row.start, end: row.end },
      ...{ perAccount: row.perAccount, daily: row.daily, uri: row.uri, budget: row.budget, given: row.given },
      ...{ burned: row.burned, funded: row.funded, costUsdc: row.cost, claims: row.claims },
      state: campaignState(row, now),
    })),
    referral: {
      terms: terms ? { referrerBps: terms.referrerBps, refereeBps: terms.refereeBps, cap: microOf(terms.cap) } : null,
      given: totals?.given ?? 0n,
    },
  });
});

/**
 * Who got what of a campaign, the newest first: `{ claims: [{ account: Person, amount, at, transactionHash, deed }], next }`;
 * `deed` is null of a code's. `?limit=` (50, at most 200); `?after=`.
 */
campaigns.get("/:id/claims", async (context) => {
  const id = idOf(context);
  const limit = limitOf(context, 50, 200);
  const after = cursorOf(context, "after");
  const [[found], rows] = await Promise.all([
    db.select({ id: campaign.id }).from(campaign).where(eq(campaign.id, id)),
    db
      .select()
      .from(bonusGrant)
      .where(and(eq(bonusGrant.campaignId, id), after === undefined ? undefined : lt(bonusGrant.id, after)))
      .orderBy(desc(bonusGrant.id))
      .limit(limit),
  ]);
  if (!found) throw new NotFoundError(`There is no campaign ${id}.`);
  return toJson(context, {
    claims: rows.map(({ account, amount, timestamp, transaction, deed }) => ({
      ...{ account: personOf(account), amount, at: timestamp, transactionHash: transaction, deed },
    })),
    next: rows.length === limit ? (rows.at(-1)?.id ?? null) : null,
  });
});

export const contributors = new Hono();

/**
 * Who contributed most: `{ contributors: [{ account: Person, amount, grants }] }`, by what campaigns granted them for their
 * deeds, microcredits; of equals who had fewer grants, then the lower address. `?days=` 30 (as without it), 7 or all;
 * `?limit=` (20, at most 100).
 */
contributors.get("/", async (context) => {
  const days = optionOf(context, "days", ["30", "7", "all"]);
  const limit = limitOf(context, 20, 100);
  const since = days === "all" ? 0n : (await chainNow()) - BigInt(days) * 86_400n;
  const { account, amount, source, timestamp } = bonusGrant;
  const rows = await db
    .select({ account, amount: sum(amount), grants: count() })
    .from(bonusGrant)
    .where(and(eq(source, "Contribution"), gte(timestamp, since)))
    .groupBy(account)
    .orderBy(sql`sum(${amount}) DESC, count(*), ${account}`)
    .limit(limit);
  return toJson(context, {
    contributors: rows.map((row) => ({
      ...{ account: personOf(row.account), amount: BigInt(row.amount ?? 0), grants: row.grants },
    })),
  });
});
