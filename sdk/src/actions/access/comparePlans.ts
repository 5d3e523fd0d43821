import { isFree, quoteUp, type Terms } from "../../pricing.ts";
import { PLAN_DAYS, PLANS, type Plan, priceOf } from "./plan.ts";

/** The ways to pay for a character. */
export type PriceModel = "PerMessage" | Plan;

export type ComparePlansParameters = {
  terms: Terms;
  /** The operator's price per unit, in microcredits: under a pass it is not charged either. */
  feePerUnit: bigint;
  /** How many messages a month (30 days) the person sends. */
  messagesPerMonth: bigint;
  /** How long an answer is, in thousandths of the unit; 300 tokens of chat when absent. */
  milliunitsPerMessage?: bigint | undefined;
  /** What a message costs in all, in microcredits, where that is known better; the two above then do not matter. */
  perMessage?: bigint | undefined;
  /** Over how many months a lifetime is spread; 24 when absent. */
  lifetimeMonths?: bigint | undefined;
};

/** One way to pay; money in microcredits. */
export type ComparedPlan = {
  plan: PriceModel;
  /** What is paid at once: a message, or a pass. */
  price: bigint;
  /** What a month comes to, rounded up. */
  perMonth: bigint;
  /** From how many messages a month it is cheaper than paying each; null for paying each, and when it never is. */
  cheaperFrom: bigint | null;
};

export type ComparePlansReturnType = {
  /** What a message costs without a pass, in microcredits. */
  perMessage: bigint;
  /** Those that are offered: paying each message first, then by how long they last. */
  plans: ComparedPlan[];
  /** The cheapest a month for this use; where two cost the same, the one that binds less. */
  cheapest: PriceModel;
};

const divideUp = (amount: bigint, by: bigint) => (amount + by - 1n) / by;

/**
 * Compares what a character costs by the message and with each pass it offers, for someone's use: "cheaper from 40
 * messages a month". No chain, no rounding in anybody's favour but up.
 *
 * @example
 * ```ts
 * const { cheapest, plans } = comparePlans({ terms, feePerUnit, messagesPerMonth: 60n });
 * ```
 */
export function comparePlans(parameters: ComparePlansParameters): ComparePlansReturnType {
  const { terms, feePerUnit, messagesPerMonth, milliunitsPerMessage = 300n, lifetimeMonths = 24n } = parameters;
  const usage = { milliunits: milliunitsPerMessage, quality: "Standard" } as const;
  const perMessage = parameters.perMessage ?? (isFree(terms) ? 0n : quoteUp(terms, feePerUnit, usage).total);
  const monthOf = (plan: Plan, price: bigint) => {
    if (plan === "Lifetime") return divideUp(price, lifetimeMonths);
    return plan === "Monthly" ? price : divideUp(price * PLAN_DAYS.Monthly, PLAN_DAYS.Annual);
  };
  const metered = { plan: "PerMessage", price: perMessage, perMonth: messagesPerMonth * perMessage } as const;
  const passes = PLANS.flatMap((plan): ComparedPlan[] => {
    const price = priceOf(terms, plan);
    if (price === 0n) return [];
    const perMonth = monthOf(plan, price);
    return [{ plan, price, perMonth, cheaperFrom: perMessage === 0n ? null : perMonth / perMessage + 1n }];
  });
  // Lifetime is the first of the contract's plans, and the one that binds most.
  const order: Plan[] = ["Monthly", "Annual", "Lifetime"];
  passes.sort((one, other) => order.indexOf(one.plan as Plan) - order.indexOf(other.plan as Plan));
  const plans: ComparedPlan[] = [{ ...metered, cheaperFrom: null }, ...passes];
  const cheapest = plans.reduce((best, plan) => (plan.perMonth < best.perMonth ? plan : best));
  return { perMessage, plans, cheapest: cheapest.plan };
}
