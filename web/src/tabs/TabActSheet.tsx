import type { Sent, Stelai } from "@stelai/sdk";
import { useCallback } from "react";
import { formatCredits, WEI_PER_MICROCREDIT } from "../format/money.ts";
import { formatMoment } from "../format/time.ts";
import { useT } from "../i18n/react.tsx";
import { SigningSheet } from "../signing/SigningSheet.tsx";
import type { SigningRun } from "../signing/terms.ts";
import { useAct } from "../signing/useAct.ts";
import { explain } from "../stelai/explain.ts";
import type { MyTab } from "./myTabs.ts";

const DAY = 86_400;
const WEEK = 7 * DAY;

/** What its payer can do with a tab by the wallet. */
export type TabAct = "extend" | "rotate" | "requestClose" | "reclaim";

export interface TabActSheetProps {
  act: TabAct;
  tab: MyTab;
  /** Microcredits that are left, as far as it is known here. */
  left: bigint;
  onClose: () => void;
}

const wallClock = () => Math.floor(Date.now() / 1000);

/** An extension counts from now, or from the expiry while that is ahead: it can only rise. */
function extendedTo({ expiry }: MyTab): bigint {
  const now = BigInt(wallClock());
  return (expiry > now ? expiry : now) + BigInt(WEEK);
}

/** What a payer signs about a tab, said before it is signed. */
export function TabActSheet({ act: kind, tab, left, onClose }: TabActSheetProps) {
  const t = useT();
  const act = useAct();
  const { operator, tabId } = tab;
  const id = String(tabId);
  const isTransaction = kind === "requestClose" || kind === "reclaim";
  const leftText = formatCredits(left * WEI_PER_MICROCREDIT, { rounding: "down" });

  const sign = useCallback(
    async (run: SigningRun) => {
      const work: Record<TabAct, (stelai: Stelai) => Promise<Sent<unknown>>> = {
        extend: (stelai) => stelai.tab.extendSponsored({ operator, tabId, expiry: extendedTo(tab) }),
        rotate: (stelai) => stelai.tab.rotateSession({ operator, tabId }),
        requestClose: (stelai) => stelai.tab.requestClose({ operator, tabId }),
        reclaim: (stelai) => stelai.tab.reclaim({ operator, tabId }),
      };
      await act(run, { id: `tabs.${kind}.intent`, values: { id } }, work[kind]);
    },
    [act, kind, tab, operator, tabId, id],
  );

  return (
    <SigningSheet
      open
      onClose={onClose}
      title={t(`tabs.${kind}.title`, { id })}
      action={
        kind === "requestClose"
          ? t("tabs.requestClose.action")
          : t(`tabs.${kind}`, kind === "reclaim" ? { left: leftText } : undefined)
      }
      kind={isTransaction ? "transaction" : "signature"}
      onSign={sign}
      sending={{ label: t(`tabs.${kind}.sending`), seconds: 3 }}
      explain={explain}
      terms={{
        get: t(`tabs.${kind}.get`, { id, left: leftText, moment: formatMoment(Number(extendedTo(tab))) }),
        now: t("tabs.nothing"),
        to: t("tabs.to"),
        undo: t(`tabs.${kind}.undo`),
        cost: t(isTransaction ? "tabs.costTransaction" : "tabs.costSignature"),
        ...(kind === "requestClose"
          ? { until: t("tabs.requestClose.until", { moment: formatMoment(wallClock() + DAY) }) }
          : {}),
      }}
    />
  );
}
