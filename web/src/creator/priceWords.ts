import type { Terms } from "@stelai/sdk";
import { formatCredits, WEI_PER_MICROCREDIT } from "../format/money.ts";
import { useT } from "../i18n/react.tsx";

const shown = (price: bigint) => formatCredits(price * WEI_PER_MICROCREDIT);

/** All that a character costs, in words and in credits: "0.3 a message; 5 a month". */
export function usePriceWords(): (terms: Terms) => string {
  const t = useT();
  return ({ perInference, perUnit, monthly, annual, lifetime }) => {
    const byUse =
      perUnit === 0n
        ? perInference > 0n && t("studio.priceMessage", { perMessage: shown(perInference) })
        : perInference === 0n
          ? t("studio.priceThousand", { perThousand: shown(perUnit) })
          : t("studio.pricePair", { perMessage: shown(perInference), perThousand: shown(perUnit) });
    const parts = [
      byUse || t("studio.priceFree"),
      ...(monthly > 0n ? [t("studio.priceMonth", { price: shown(monthly) })] : []),
      ...(annual > 0n ? [t("studio.priceYear", { price: shown(annual) })] : []),
      ...(lifetime > 0n ? [t("studio.priceLifetime", { price: shown(lifetime) })] : []),
    ];
    return parts.join("; ");
  };
}
