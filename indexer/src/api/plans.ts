import { db } from "ponder:api";
import schema from "ponder:schema";
import { Hono } from "hono";
import { asc, count, desc, eq, gt } from "ponder";
import { microOf } from "../chain.ts";
import { chainNow } from "./clock.ts";
import { toJson } from "./json.ts";
import { addressOf, limitOf } from "./parameters.ts";

const { creditPackage, creditPlan, planPayment, planPrice, planSubscription, topUp, topUpPayment } = schema;

/** How long a cycle that ended can still be renewed, in seconds: `Renewals.LAPSE`. */
const LAPSE = 1_209_600n;

export const plans = new Hono();

/**
 * What is for sale: `{ plans: [{ planId, credits, priceUsdc, period, subscribers, prices: [{ priceUsdc, at }] }], packages:
 * [{ packageId, credits, priceUsdc }], packagesAt }`. Credits are microcredits, `period` seconds. A plan whose price is 0 is
 * not offered now; `prices` are all it ever had, the oldest first; `subscribers` have a cycle that runs. `packagesAt` is
 * since when this price table stands.
 */
plans.get("/", async (context) => {
  const now = await chainNow();
  const [rows, prices, subscribers, packages] = await Promise.all([
    db.select().from(creditPlan).orderBy(asc(creditPlan.id)),
    db.select().from(planPrice).orderBy(asc(planPrice.id)),
    db
      .select({ planId: planSubscription.planId, count: count() })
      .from(planSubscription)
      .where(gt(planSubscription.end, now))
      .groupBy(planSubscription.planId),
    db.select().from(creditPackage).where(eq(creditPackage.current, true)).orderBy(asc(creditPackage.id)),
  ]);
  const countOf = new Map(subscribers.map((row) => [row.planId, row.count]));
  const pricesOf = Map.groupBy(prices, ({ planId }) => planId);
  return toJson(context, {
    plans: rows.map(({ id, credits, price, period }) => ({
      ...{ planId: id, credits: microOf(credits), priceUsdc: price, period, subscribers: countOf.get(id) ?? 0 },
      prices: (pricesOf.get(id) ?? []).map((each) => ({ priceUsdc: each.price, at: each.timestamp })),
    })),
    packages: packages.map(({ id, credits, price }) => ({
      ...{ packageId: id, credits: microOf(credits), priceUsdc: price },
    })),
    packagesAt: packages[0]?.since ?? null,
  });
});

export const accountPlan = new Hono();

/**
 * What an account agreed to and paid: `{ subscription: { planId, renewalPlanId, start, end, renewableUntil, granted,
 * paidUsdc, mandateUsdc, isRunning } | null, payments: [{ kind, planId, formerPlanId, credits, priceUsdc, at,
 * transactionHash }], topUp: { threshold, credits, maxPriceUsdc, capUsdc } | null, topUps: [{ credits, priceUsdc, at,
 * transactionHash }], window: { spentUsdc, endsAt } }`. `granted` and `paidUsdc` are this cycle's; a `mandateUsdc` of 0 does
 * not renew; `topUp` is null without an agreement; `endsAt` null where no window of top-ups runs. Payments and top-ups the
 * newest first, `?limit=` of each (100, at most 1,000).
 */
accountPlan.get("/:address/plan", async (context) => {
  const address = addressOf(context);
  const limit = limitOf(context, 100, 1_000);
  const [now, [running], payments, [agreed], topUps] = await Promise.all([
    chainNow(),
    db.select().from(planSubscription).where(eq(planSubscription.account, address)),
    db.select().from(planPayment).where(eq(planPayment.account, address)).orderBy(desc(planPayment.id)).limit(limit),
    db.select().from(topUp).where(eq(topUp.account, address)),
    db.select().from(topUpPayment).where(eq(topUpPayment.account, address)).orderBy(desc(topUpPayment.id)).limit(limit),
  ]);
  const isWindow = agreed !== undefined && now < agreed.windowEnd;
  return toJson(context, {
    subscription: running
      ? {
          ...{ planId: running.planId, renewalPlanId: running.renewalPlanId, start: running.start, end: running.end },
          ...{ renewableUntil: running.end + LAPSE, granted: microOf(running.granted), paidUsdc: running.paid },
          ...{ mandateUsdc: running.mandate, isRunning: now < running.end },
        }
      : null,
    payments: payments.map(({ kind, planId, formerPlanId, credits, price, timestamp, transaction }) => ({
      ...{ kind, planId, formerPlanId, credits: microOf(credits), priceUsdc: price },
      ...{ at: timestamp, transactionHash: transaction },
    })),
    topUp:
      agreed && agreed.credits !== 0n
        ? {
            ...{ threshold: microOf(agreed.threshold), credits: microOf(agreed.credits) },
            ...{ maxPriceUsdc: agreed.maxPrice, capUsdc: agreed.cap },
          }
        : null,
    topUps: topUps.map(({ credits, price, timestamp, transaction }) => ({
      ...{ credits: microOf(credits), priceUsdc: price, at: timestamp, transactionHash: transaction },
    })),
    window: { spentUsdc: isWindow ? agreed.spent : 0n, endsAt: isWindow ? agreed.windowEnd : null },
  });
});
