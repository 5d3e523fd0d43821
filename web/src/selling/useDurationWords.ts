import { useCallback } from "react";
import { useT } from "../i18n/react.tsx";
import { DURATIONS } from "./draft.ts";

const DAY = 86_400n;

/** How long a licence is good for: "for ever", "1 year", "30 days". @returns Takes seconds; 0 is for ever. */
export function useDurationWords(): (seconds: bigint) => string {
  const t = useT();
  return useCallback(
    (seconds) => {
      if (seconds === 0n) return t("sell.forever");
      if (seconds === DURATIONS.year) return t("sell.year");
      return t("sell.days", { count: Number((seconds + DAY - 1n) / DAY) });
    },
    [t],
  );
}
