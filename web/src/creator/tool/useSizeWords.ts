import { useCallback } from "react";
import { formatCount } from "../../format/money.ts";
import { useT } from "../../i18n/react.tsx";

/** Says a size such as `1024x768`. */
export function useSizeWords(): (size: string) => string {
  const t = useT();
  return useCallback(
    (size) => {
      const [width, height] = size.split("x");
      return t("tools.offer.size", { width: formatCount(Number(width)), height: formatCount(Number(height)) });
    },
    [t],
  );
}
