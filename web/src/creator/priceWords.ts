import type { Modality, Terms } from "@stelai/sdk";
import { formatCredits, WEI_PER_MICROCREDIT } from "../format/money.ts";
import { useT } from "../i18n/react.tsx";

const shown = (price: bigint) => formatCredits(price * WEI_PER_MICROCREDIT);

/** All that a character costs, in words and in credits: "0.3 a message; 5 a month", "0.1 a generation + 1 a megapixel". */
export function usePriceWords(): (terms: Terms, modality: Modality) => string {
  const t = useT();
  const talking = ({ perInference, perUnit }: Terms) => {
    if (perUnit === 0n) return t("studio.priceMessage", { perMessage: shown(perInference) });
    if (perInference === 0n) return t("studio.priceThousand", { perThousand: shown(perUnit) });
    return t("studio.pricePair", { perMessage: shown(perInference), perThousand: shown(perUnit) });
  };
  const making = ({ perInference, perUnit }: Terms, modality: Exclude<Modality, "Chat">) => {
    const use = t("tools.price.use", { price: shown(perInference) });
    const unit = t(`tools.price.unit.${modality}`, { price: shown(perUnit) });
    if (perUnit === 0n) return use;
    return perInference === 0n ? unit : t("tools.price.pair", { use, unit });
  };
  return (terms, modality) => {
    const { perInference, perUnit, monthly, annual, lifetime } = terms;
    const byUse = modality === "Chat" ? talking(terms) : making(terms, modality);
    const parts = [
      perInference + perUnit === 0n ? t("studio.priceFree") : byUse,
      ...(monthly > 0n ? [t("studio.priceMonth", { price: shown(monthly) })] : []),
      ...(annual > 0n ? [t("studio.priceYear", { price: shown(annual) })] : []),
      ...(lifetime > 0n ? [t("studio.priceLifetime", { price: shown(lifetime) })] : []),
    ];
    return parts.join("; ");
  };
}
