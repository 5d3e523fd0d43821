import { useBalance, useIndexer } from "@stelai/sdk/react";
import { useState } from "react";
import type { Address } from "viem";
import { formatCredits, formatUsd, WEI_PER_MICROCREDIT } from "../format/money.ts";
import { formatDay } from "../format/time.ts";
import { useT } from "../i18n/react.tsx";
import { Amount } from "../ui/Amount.tsx";
import { Button } from "../ui/Button.tsx";
import { Card } from "../ui/Card.tsx";
import { Link } from "../ui/Link.tsx";
import { Skeleton } from "../ui/Skeleton.tsx";
import css from "./Credits.module.css";
import { RedeemSheet } from "./RedeemSheet.tsx";
import { TestMoney } from "./TestMoney.tsx";
import { type OpenTab, sumOfTabs } from "./tabs.ts";
import { useBonus } from "./useBonus.ts";

const TABS = `query Tabs($account: String!) {
  tabs(where: { payer: $account, closed: false }, limit: 1000) { items { cap spent bonus } }
}`;

/** What an account has: paid credits, bonus with its lapse date, and what stands in tabs. */
export function Balance({ account }: { account: Address }) {
  const t = useT();
  const [redeeming, setRedeeming] = useState(false);
  const balance = useBalance(account, { refetchInterval: 10_000 });
  const bonus = useBonus(account, { refetchInterval: 30_000 });
  const tabs = useIndexer<{ tabs: { items: OpenTab[] } }>(
    TABS,
    { account: account.toLowerCase() },
    { refetchInterval: 10_000 },
  );
  const inTabs = tabs.data && sumOfTabs(tabs.data.tabs.items);
  const credits = (micro: bigint) => formatCredits(micro * WEI_PER_MICROCREDIT, { rounding: "down" });
  return (
    <Card className={css.balance}>
      <div className={css.parts}>
        <div>
          <h2>{t("credits.balance")}</h2>
          <p className={css.big}>
            <Amount wei={balance.data?.stelai} rounding="down" />
          </p>
          <p className={css.muted}>
            {t("credits.usdc", { amount: formatUsd(balance.data?.reserve, { rounding: "down" }) })}
          </p>
        </div>
        <div className={css.part}>
          <h3>{t("credits.bonus")}</h3>
          {bonus.isPending ? (
            <Skeleton height="2rem" />
          ) : (
            <p className={css.middle}>
              <Amount micro={bonus.data?.balance} usd={false} rounding="down" />
            </p>
          )}
          <p className={css.muted}>
            {!bonus.data
              ? bonus.isError && t("credits.bonusUnread")
              : bonus.data.balance > 0n
                ? t("credits.bonusLapses", { day: formatDay(Number(bonus.data.lapsesAt)) })
                : t("credits.bonusNone")}
          </p>
        </div>
        <div className={css.part}>
          <h3>{t("credits.tabs")}</h3>
          <p className={css.middle}>
            <Amount micro={inTabs?.left} usd={false} rounding="down" />
          </p>
          <p className={css.muted}>
            {inTabs
              ? inTabs.bonus > 0n && `${t("credits.tabsBonus", { amount: credits(inTabs.bonus) })} · `
              : tabs.isError && `${t("credits.tabsUnread")} · `}
            <Link href="/you">{t("credits.tabsLink")}</Link>
          </p>
        </div>
      </div>
      <div className={css.actions}>
        <TestMoney />
        <Button onClick={() => setRedeeming(true)} disabled={!balance.data || balance.data.stelai === 0n}>
          {t("credits.redeem.open")}
        </Button>
      </div>
      <RedeemSheet open={redeeming} onClose={() => setRedeeming(false)} />
    </Card>
  );
}
