import { ContractError } from "@stelai/sdk";
import { formatUsd } from "../format/money.ts";
import type { useT } from "../i18n/react.tsx";
import type { ExplainedError } from "../signing/terms.ts";
import { explain } from "../stelai/explain.ts";

/** Whether what was shown is not what is sold any more. */
export function isOutdated(error: unknown): boolean {
  return error instanceof ContractError && ["PriceAboveMaximum", "PlanNotOffered"].includes(error.contractError);
}

/** What went wrong with a plan or a top-up, in words. A price that changed is told old → new. */
export function explainPlan(error: unknown, t: ReturnType<typeof useT>): ExplainedError {
  if (error instanceof ContractError && error.contractError === "PriceAboveMaximum") {
    const { price, maxPrice } = error.args;
    const usd = (units: unknown) => formatUsd(BigInt(units as bigint), { rounding: "up" });
    return { what: t("plan.priceChanged", { before: usd(maxPrice), after: usd(price) }), money: "untouched" };
  }
  return explain(error);
}
