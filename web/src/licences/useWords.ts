import "./words.ts";
import type { LicenceStatus, Tier } from "@stelai/sdk/wire";
import { useCallback } from "react";
import { formatCredits, WEI_PER_MICROCREDIT } from "../format/money.ts";
import { formatDay, formatMoment } from "../format/time.ts";
import { useT } from "../i18n/react.tsx";
import type { Tone } from "../ui/Badge.tsx";
import { hasEnded } from "./facts.ts";

/** Credits that are paid, held or come back, without the word; never more than they are. */
export const creditsText = (micro: bigint | undefined): string =>
  formatCredits(micro === undefined ? undefined : micro * WEI_PER_MICROCREDIT);

/** Ten-thousandths as a percentage. */
export const percentText = (bps: number, locale = "en"): string =>
  new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: 2 }).format(bps / 10_000);

/** A moment of the chain as date and time. */
export const momentText = (seconds: bigint): string => formatMoment(Number(seconds));

export const TONES: Readonly<Record<LicenceStatus, Tone>> = {
  None: "lost",
  Escrowed: "held",
  Delivered: "held",
  Disputed: "held",
  Released: "live",
  Refunded: "plain",
};

/** What several places say of a licence alike. */
export function useLicenceWords() {
  const t = useT();
  return useCallback(
    (licence: { tier: Tier; expiry: bigint; title?: string | null | undefined; workId: bigint }, now: bigint) => {
      const { tier, expiry, title, workId } = licence;
      const told = (until: string) =>
        expiry === 0n
          ? t("licence.forEver")
          : t(hasEnded({ expiry }, now) ? "licence.endedAt" : "licence.until", { until });
      const lasts = told(formatDay(Number(expiry)));
      return {
        title: title ?? t("licence.untitled", { id: String(workId) }),
        tier: t(`licence.tier.${tier}`),
        lasts,
        /** The same to the minute, for who pays for what is left of it. */
        lastsExactly: told(momentText(expiry)),
        right: t("certificate.pdf.right", { tier: t(`licence.tier.${tier}`), until: lasts }),
      };
    },
    [t],
  );
}
