import { ContractError } from "@stelai/sdk";
import { formatCredits, WEI_PER_MICROCREDIT } from "../format/money.ts";
import type { useT } from "../i18n/react.tsx";
import type { ExplainedError } from "../signing/terms.ts";
import { explain } from "../stelai/explain.ts";

const shown = (micro: unknown) =>
  formatCredits(micro === undefined ? undefined : BigInt(micro as bigint) * WEI_PER_MICROCREDIT, { rounding: "up" });

/**
 * What went wrong with a pass, in words. A price that changed is told old → new.
 * @param onPriceChanged Reads the prices anew, so that the sheet asks about the new one.
 */
export function explainPass(error: unknown, t: ReturnType<typeof useT>, onPriceChanged?: () => void): ExplainedError {
  if (error instanceof ContractError && error.contractError === "PriceAboveMaximum") {
    onPriceChanged?.();
    const { price, maximum, maxPrice } = error.args;
    return {
      what: t("pass.priceChanged", { before: shown(maximum ?? maxPrice), after: shown(price) }),
      money: "untouched",
    };
  }
  return explain(error);
}
