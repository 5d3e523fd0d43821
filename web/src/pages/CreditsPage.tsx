import { useBalance, useIndexer, usePackages, useSolvency } from "@stelai/sdk/react";
import { useState } from "react";
import { Allowances } from "../access/Allowances.tsx";
import { Page } from "../app/Page.tsx";
import { BuySheet } from "../credits/BuySheet.tsx";
import { RedeemSheet } from "../credits/RedeemSheet.tsx";
import { TestMoney } from "../credits/TestMoney.tsx";
import { formatCredits, formatUsd, WEI_PER_CREDIT } from "../format/money.ts";
import { formatMoment } from "../format/time.ts";
import { useT } from "../i18n/react.tsx";
import { explain } from "../stelai/explain.ts";
import { Amount } from "../ui/Amount.tsx";
import { Badge } from "../ui/Badge.tsx";
import { Button } from "../ui/Button.tsx";
import { Card } from "../ui/Card.tsx";
import { useCreditRate } from "../ui/CreditRate.ts";
import { ErrorState } from "../ui/ErrorState.tsx";
import { Hash } from "../ui/Hash.tsx";
import { Skeleton } from "../ui/Skeleton.tsx";
import { Table } from "../ui/Table.tsx";
import { StoppedError } from "../wallet/errors.ts";
import { useWallet } from "../wallet/WalletProvider.tsx";
import css from "./CreditsPage.module.css";

const HISTORY = `query Credits($account: String!) {
  purchases(where: { recipient: $account }, orderBy: "id", orderDirection: "desc", limit: 50) {
    items { id credits price timestamp transaction }
  }
  redemptions(where: { account: $account }, orderBy: "id", orderDirection: "desc", limit: 50) {
    items { id credits paid timestamp transaction }
  }
  tabs(where: { payer: $account, closed: false }) { items { cap spent } }
}`;

type Entry = { id: string; credits: string; timestamp: string; transaction: `0x${string}` };
type History = {
  purchases: { items: (Entry & { price: string })[] };
  redemptions: { items: (Entry & { paid: string })[] };
  tabs: { items: { cap: string; spent: string }[] };
};

/** What is held, what more costs, and what was bought. */
export default function CreditsPage() {
  const t = useT();
  const wallet = useWallet();
  const { address } = wallet;
  const { floor } = useCreditRate();
  const balance = useBalance(address, { refetchInterval: 10_000 });
  const packages = usePackages({ staleTime: 30_000 });
  const solvency = useSolvency({ staleTime: 30_000 });
  const history = useIndexer<History>(
    HISTORY,
    { account: address?.toLowerCase() },
    { enabled: address !== undefined, refetchInterval: 10_000 },
  );
  const [chosen, setChosen] = useState<bigint>();
  const [redeeming, setRedeeming] = useState(false);
  const offer = packages.data?.find(({ packageId }) => packageId === chosen);
  const dearest = packages.data?.[0];
  const inTabs = history.data?.tabs.items.reduce((sum, tab) => sum + BigInt(tab.cap) - BigInt(tab.spent), 0n);

  const choose = (packageId: bigint) =>
    void wallet
      .require()
      .then(() => setChosen(packageId))
      .catch((error: unknown) => {
        if (!(error instanceof StoppedError)) throw error;
      });

  const rows = [
    ...(history.data?.purchases.items.map((item) => ({ ...item, kind: "bought" as const, dollars: item.price })) ?? []),
    ...(history.data?.redemptions.items.map((item) => ({ ...item, kind: "redeemed" as const, dollars: item.paid })) ??
      []),
  ].sort((a, b) => (a.id < b.id ? 1 : -1));
  const explained = packages.error && !packages.data ? explain(packages.error) : undefined;

  return (
    <Page title={t("credits.title")} lead={t("credits.lead")}>
      <div className={css.page}>
        {address && (
          <Card className={css.balance}>
            <div>
              <h2>{t("credits.balance")}</h2>
              <p className={css.big}>
                <Amount wei={balance.data?.stelai} rounding="down" />
              </p>
              <p className={css.muted}>
                {t("credits.inTabs", { amount: formatCredits(inTabs === undefined ? undefined : inTabs * 10n ** 12n) })}
                {" · "}
                {t("credits.usdc", { amount: formatUsd(balance.data?.reserve) })}
              </p>
            </div>
            <div className={css.actions}>
              <TestMoney />
              <Button onClick={() => setRedeeming(true)} disabled={!balance.data || balance.data.stelai === 0n}>
                {t("credits.redeem.open")}
              </Button>
            </div>
          </Card>
        )}
        <section className={css.section} aria-labelledby="packages">
          <h2 id="packages">{t("credits.packages")}</h2>
          {explained ? (
            <ErrorState
              what={explained.what}
              money="untouched"
              technical={explained.technical}
              actions={<Button onClick={() => void packages.refetch()}>{t("chat.again")}</Button>}
            >
              {explained.todo}
            </ErrorState>
          ) : (
            <ul className={css.packages}>
              {(packages.data ?? []).map((one) => {
                const each = (one.price * WEI_PER_CREDIT) / one.credits;
                const full = dearest ? (one.credits * dearest.price) / dearest.credits : one.price;
                const saved = full > one.price ? ((full - one.price) * 100n) / full : 0n;
                return (
                  <li key={String(one.packageId)}>
                    <Card className={css.package}>
                      <p className={css.big}>{formatCredits(one.credits)}</p>
                      <p className={css.muted}>
                        {t("credits.each", { price: formatUsd(each) })}{" "}
                        {saved > 0n && <Badge tone="live">{t("credits.saved", { percent: String(saved) })}</Badge>}
                      </p>
                      <Button
                        variant={one === dearest ? "primary" : "secondary"}
                        wide
                        onClick={() => choose(one.packageId)}
                      >
                        {t("credits.buy.action", {
                          credits: formatCredits(one.credits),
                          price: formatUsd(one.price),
                        })}
                      </Button>
                    </Card>
                  </li>
                );
              })}
              {packages.isPending &&
                [0, 1, 2].map((at) => (
                  <li key={at}>
                    <Skeleton height="9.5rem" />
                  </li>
                ))}
            </ul>
          )}
          <p className={css.muted}>{t("credits.yours", { floor: formatUsd(floor) })}</p>
          {solvency.data && (
            <p>
              <Badge tone={solvency.data.solvent ? "live" : "lost"}>
                {t(solvency.data.solvent ? "credits.backed" : "credits.notBacked", {
                  reserve: formatUsd(solvency.data.reserve),
                  needed: formatUsd(solvency.data.needed),
                })}
              </Badge>
            </p>
          )}
        </section>
        {address && (
          <section className={css.section} aria-labelledby="allowances">
            <h2 id="allowances">{t("allowances.title")}</h2>
            <Allowances account={address} />
          </section>
        )}
        {address && (
          <section className={css.section} aria-labelledby="history">
            <h2 id="history">{t("credits.history")}</h2>
            {history.error && !history.data ? (
              <p className={css.muted}>{t("credits.historyDown")}</p>
            ) : rows.length === 0 ? (
              <p className={css.muted}>{t("credits.historyEmpty")}</p>
            ) : (
              <Table
                caption={t("credits.history")}
                hideCaption
                rows={rows}
                rowKey={(row) => row.id}
                columns={[
                  {
                    key: "when",
                    label: t("credits.when"),
                    cell: (row) => <span translate="no">{formatMoment(Number(row.timestamp))}</span>,
                  },
                  { key: "what", label: t("credits.what"), cell: (row) => t(`credits.kind.${row.kind}`) },
                  {
                    key: "credits",
                    label: t("credits.title"),
                    end: true,
                    cell: (row) => `${row.kind === "bought" ? "+" : "−"}${formatCredits(BigInt(row.credits))}`,
                  },
                  { key: "usd", label: t("credits.dollars"), end: true, cell: (row) => formatUsd(BigInt(row.dollars)) },
                  {
                    key: "transaction",
                    label: t("activity.transaction"),
                    cell: (row) => <Hash value={row.transaction} what={t("activity.transaction")} />,
                  },
                ]}
              />
            )}
          </section>
        )}
      </div>
      <BuySheet
        offer={offer}
        onClose={() => setChosen(undefined)}
        onBought={() => void Promise.all([balance.refetch(), history.refetch()])}
      />
      <RedeemSheet open={redeeming} onClose={() => setRedeeming(false)} />
    </Page>
  );
}
