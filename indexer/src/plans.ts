import { type Context, type Event, ponder } from "ponder:registry";
import schema from "ponder:schema";
import type { Address } from "viem";
import { whereOf } from "./chain.ts";
import { book } from "./ledger.ts";

type Cycle = Event<"CreditPlans:Subscribed"> | Event<"CreditPlans:Renewed">;
type Paid = Cycle | Event<"CreditPlans:Upgraded">;
type Payment = Pick<typeof schema.planPayment.$inferInsert, "kind" | "formerPlanId">;

ponder.on("CreditPlans:PlanAdded", async ({ event, context }) => {
  const { planId, credits, price, period } = event.args;
  const since = event.block.timestamp;
  await context.db.insert(schema.creditPlan).values({ id: planId, credits, price, period, since });
  await context.db.insert(schema.planPrice).values({ id: event.id, planId, price, ...whereOf(event) });
});

ponder.on("CreditPlans:PlanPriceSet", async ({ event, context }) => {
  const { planId, price } = event.args;
  await context.db.update(schema.creditPlan, { id: planId }).set({ price });
  await context.db.insert(schema.planPrice).values({ id: event.id, planId, price, ...whereOf(event) });
});

ponder.on("CreditPlans:Subscribed", async ({ event, context }) => {
  await begin(context, event);
  await pay(context, event, { kind: "Plan" });
});

ponder.on("CreditPlans:Renewed", async ({ event, context }) => {
  await begin(context, event);
  await pay(context, event, { kind: "Renewal" });
});

ponder.on("CreditPlans:Upgraded", async ({ event, context }) => {
  const { account, planId, formerPlanId, credits, price } = event.args;
  await context.db.update(schema.planSubscription, { account }).set((row) => ({
    planId,
    renewalPlanId: planId,
    granted: row.granted + credits,
    paid: row.paid + price,
  }));
  await pay(context, event, { kind: "Upgrade", formerPlanId });
});

ponder.on("CreditPlans:RenewalSet", async ({ event, context }) => {
  const { account, planId: renewalPlanId, mandate } = event.args;
  await context.db.update(schema.planSubscription, { account }).set({ renewalPlanId, mandate });
});

ponder.on("CreditPlans:TopUpSet", async ({ event, context }) => {
  const { account, threshold, credits, maxPrice, cap } = event.args;
  const agreed = { threshold, credits, maxPrice, cap };
  await context.db
    .insert(schema.topUp)
    .values({ account, ...agreed, spent: 0n, windowEnd: 0n })
    .onConflictDoUpdate(agreed);
});

ponder.on("CreditPlans:ToppedUp", async ({ event, context }) => {
  const { account, credits, price, spent, windowEnd } = event.args;
  await context.db.update(schema.topUp, { account }).set({ spent, windowEnd });
  await context.db.insert(schema.topUpPayment).values({ id: event.id, account, credits, price, ...whereOf(event) });
  await book(context, event, { account, kind: "TopUp", credits, usdc: -price });
});

/** Begins a cycle; what it renews as stays, or is told next. */
async function begin({ db }: Context, event: Cycle): Promise<void> {
  const { account, planId, credits: granted, price: paid, start, end } = event.args;
  const cycle = { planId, start, end, granted, paid };
  await db
    .insert(schema.planSubscription)
    .values({ account, ...cycle, renewalPlanId: planId, mandate: 0n })
    .onConflictDoUpdate(cycle);
}

/** Enters what was paid and got. The store tells of the same sale next, as one that has no package. */
async function pay(context: Context, event: Paid, payment: Payment): Promise<void> {
  const { account, planId, credits, price }: { account: Address; planId: bigint; credits: bigint; price: bigint } =
    event.args;
  await context.db
    .insert(schema.planPayment)
    .values({ id: event.id, account, planId, credits, price, ...payment, ...whereOf(event) });
  await book(context, event, { account, kind: payment.kind, credits, usdc: -price, planId });
}
