import "../credits/buyingWords.ts";
import type { StelaiError } from "@stelai/sdk";
import { useCloseSession, useIndexer, useOperator } from "@stelai/sdk/react";
import { useState } from "react";
import { formatCredits, WEI_PER_MICROCREDIT } from "../format/money.ts";
import { formatMoment } from "../format/time.ts";
import { useT } from "../i18n/react.tsx";
import { useAct } from "../signing/useAct.ts";
import { chainNow, useChainNow } from "../stelai/chainNow.ts";
import { explain } from "../stelai/explain.ts";
import { TopUpSheet } from "../tabs/TopUpSheet.tsx";
import { Button } from "../ui/Button.tsx";
import { ErrorState } from "../ui/ErrorState.tsx";
import { ButtonLink } from "../ui/Link.tsx";
import { Meter } from "../ui/Meter.tsx";
import css from "../ui/Panel.module.css";
import { useWallet } from "../wallet/WalletProvider.tsx";
import type { PayingTab } from "./usePayingTab.ts";

const WEEK = 7n * 86_400n;
const OPEN_TABS = `query OpenTabs($payer: String!, $operator: String!) {
  tabs(where: { payer: $payer, operator: $operator, closed: false, closing: false }, orderBy: "openedAt", orderDirection: "desc", limit: 10) {
    items { tabId expiry cap spent }
  }
}`;

type OpenTabs = { tabs: { items: { tabId: string; expiry: string; cap: string; spent: string }[] } };

/** The tab that pays here: how far it is spent, and every way on or out. */
export function TabPanel({ tab, onOpen }: { tab: PayingTab; onOpen: () => void }) {
  const t = useT();
  const act = useAct();
  const { address } = useWallet();
  const operator = useOperator();
  const closing = useCloseSession();
  const now = useChainNow();
  const [topUp, setTopUp] = useState(false);
  const [pending, setPending] = useState(false);
  const [error, setError] = useState<unknown>();
  const { session, left } = tab;
  // A tab whose key is in another browser: its payer can take it over.
  const elsewhere = useIndexer<OpenTabs>(
    OPEN_TABS,
    { payer: address?.toLowerCase(), operator: operator.data?.operator.toLowerCase() },
    { enabled: tab.status === "none" && address !== undefined && operator.data !== undefined },
  );
  // The index may not know yet that a tab of this browser is closed.
  const orphan = elsewhere.data?.tabs.items.find(
    ({ tabId, expiry }) => tabId !== String(session?.tabId) && BigInt(expiry) > now,
  );

  const run = async (work: Parameters<typeof act<unknown>>[2], intent: Parameters<typeof act>[1]) => {
    setPending(true);
    setError(undefined);
    try {
      await act({ signal: new AbortController().signal, signed: () => undefined }, intent, work);
      await tab.refresh();
    } catch (reason) {
      setError(reason);
    } finally {
      setPending(false);
    }
  };
  const failure: unknown = error ?? (closing.error as StelaiError | null) ?? undefined;
  const explained = failure === undefined ? undefined : explain(failure);

  return (
    <section className={css.section} aria-labelledby="tab-title">
      <h2 id="tab-title">{t("chat.tab.title")}</h2>
      {tab.status === "loading" && <p className={css.muted}>—</p>}
      {tab.status === "none" &&
        (orphan && operator.data ? (
          <>
            <p className={css.muted}>{t("chat.tab.orphan")}</p>
            <Button
              variant="primary"
              disabled={pending}
              onClick={() =>
                void run(
                  (stelai) =>
                    stelai.tab.rotateSession({
                      operator: operator.data.operator,
                      tabId: BigInt(orphan.tabId),
                    }),
                  { id: "tab.rotate.intent" },
                )
              }
            >
              {t("chat.tab.rotate")}
            </Button>
          </>
        ) : (
          <>
            <p className={css.muted}>{t("chat.tab.none")}</p>
            <Button onClick={onOpen}>{t("chat.tab.open")}</Button>
          </>
        ))}
      {session && tab.status !== "none" && tab.status !== "loading" && (
        <>
          <Meter
            label={t("chat.tab", { id: String(session.tabId) })}
            used={{ micro: tab.used }}
            held={{ micro: 0n }}
            cap={{ micro: tab.cap }}
          />
          {tab.status === "open" && tab.expiry !== undefined && (
            <p className={css.muted}>{t("chat.tab.until", { moment: formatMoment(Number(tab.expiry)) })}</p>
          )}
          {tab.bonusLeft !== undefined && tab.bonusLeft > 0n && (
            <p className={css.muted}>
              {t("tab.bonus.left", {
                bonus: formatCredits(tab.bonusLeft * WEI_PER_MICROCREDIT, { rounding: "down" }),
              })}
            </p>
          )}
          {tab.status === "expired" && <p>{t("chat.tab.expired")}</p>}
          {tab.status === "closing" || closing.isPending ? (
            <p className={css.muted} role="status">
              {t("chat.tab.closing")}
            </p>
          ) : (
            <div className={css.buttons}>
              {tab.status === "expired" ? (
                <Button
                  variant="primary"
                  disabled={pending}
                  onClick={() =>
                    void run(
                      async (stelai) =>
                        stelai.tab.extendSponsored({
                          operator: session.operator,
                          tabId: session.tabId,
                          expiry: (await chainNow(stelai)) + WEEK,
                        }),
                      { id: "chat.tab.extendIntent", values: { id: String(session.tabId) } },
                    )
                  }
                >
                  {t("chat.tab.extend")}
                </Button>
              ) : (
                <Button disabled={pending} onClick={() => setTopUp(true)}>
                  {t("chat.tab.topUp")}
                </Button>
              )}
              <ButtonLink href="/statement" variant="secondary">
                {t("chat.tab.statement")}
              </ButtonLink>
              <Button
                variant="quiet"
                disabled={left === undefined}
                onClick={() => closing.mutate(session, { onSettled: () => void tab.refresh() })}
              >
                {t("chat.tab.close", {
                  left: formatCredits(left === undefined ? undefined : left * WEI_PER_MICROCREDIT, {
                    rounding: "down",
                  }),
                })}
              </Button>
            </div>
          )}
          <TopUpSheet
            open={topUp}
            session={session}
            onClose={() => setTopUp(false)}
            onDone={() => {
              setTopUp(false);
              void tab.refresh();
            }}
          />
        </>
      )}
      {explained && (
        <ErrorState what={explained.what} money={explained.money} technical={explained.technical}>
          {explained.todo}
        </ErrorState>
      )}
    </section>
  );
}
