import type { OfferView } from "@stelai/sdk";
import { LICENCES } from "@stelai/sdk/licences";
import { useMemo } from "react";
import { useT } from "../i18n/react.tsx";
import { lengthOf } from "./offers.ts";

/** Whether an offer uses the licence that was written for its tier: then its words are known here. */
export function isStandard({ tier, termsHash }: Pick<OfferView, "tier" | "termsHash">): boolean {
  return LICENCES[tier].hash.toLowerCase() === termsHash.toLowerCase();
}

/** What is said of offers in words. */
export function useTierWords() {
  const t = useT();
  return useMemo(
    () => ({
      /** "For ever", "30 days from the purchase". @param duration Seconds; 0 is for ever. */
      length: (duration: bigint): string => {
        const { unit, count } = lengthOf(duration);
        return unit === "ever" ? t("tier.forEver") : t(`tier.${unit}`, { count });
      },
      /** The same inside of a sentence: "for ever", "for 30 days". */
      lengthInside: (duration: bigint): string => {
        const { unit, count } = lengthOf(duration);
        if (unit === "ever") return t("buy.getForEver");
        return t(unit === "days" ? "buy.getDays" : "buy.getHours", { count });
      },
      /** Why an offer cannot be bought. */
      why: ({ state, tier }: Pick<OfferView, "state" | "tier">): string => {
        if (state === "open") return "";
        return t(state === "taken" && tier === "Exclusive" ? "tier.why.takenExclusive" : `tier.why.${state}`);
      },
    }),
    [t],
  );
}
