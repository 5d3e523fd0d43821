import "../credits/buyingWords.ts";
import { useCloseSession, useSessionSnapshot } from "@stelai/sdk/react";
import { useState } from "react";
import { formatCredits, WEI_PER_MICROCREDIT } from "../format/money.ts";
import { formatMoment } from "../format/time.ts";
import { useT } from "../i18n/react.tsx";
import { explain } from "../stelai/explain.ts";
import { Badge, type Tone } from "../ui/Badge.tsx";
import { Button } from "../ui/Button.tsx";
import { ErrorState } from "../ui/ErrorState.tsx";
import { ButtonLink } from "../ui/Link.tsx";
import { Meter } from "../ui/Meter.tsx";
import { Skeleton } from "../ui/Skeleton.tsx";
import { useToast } from "../ui/Toast.tsx";
import { bonusStanding, type MyTab, type TabState } from "./myTabs.ts";
import { type TabAct, TabActSheet } from "./TabActSheet.tsx";
import { useMyTabs } from "./useMyTabs.ts";
import css from "./YourTabs.module.css";

const TONES: Record<TabState, Tone> = {
  open: "live",
  expired: "held",
  closing: "held",
  reclaimable: "held",
  closed: "plain",
};

const credits = (micro: bigint | undefined) =>
  formatCredits(micro === undefined ? undefined : micro * WEI_PER_MICROCREDIT, { rounding: "down" });

function TabRow({ tab, onChanged }: { tab: MyTab; onChanged: () => void }) {
  const t = useT();
  const echo = useToast();
  const closing = useCloseSession();
  const snapshot = useSessionSnapshot(tab.session);
  const [act, setAct] = useState<TabAct>();
  const { session, state, cap, spent } = tab;
  const served = snapshot?.served ?? 0n;
  // What is served and signed leaves the tab when it is settled.
  const used = served > spent ? served : spent;
  const left = cap - used;
  const bonus = state === "closed" ? 0n : bonusStanding(tab.bonus, used);
  const isStanding = state === "open" || state === "expired";
  const failure = closing.error ? explain(closing.error) : undefined;
  const id = String(tab.tabId);

  const forget = async () => {
    await session?.forget();
    echo(t("tabs.forgotten"));
    onChanged();
  };

  return (
    <li className={css.tab} aria-label={t("chat.tab", { id })}>
      {state === "closed" ? (
        <p>{t("chat.tab", { id })}</p>
      ) : (
        <Meter label={t("chat.tab", { id })} used={{ micro: used }} held={{ micro: 0n }} cap={{ micro: cap }} />
      )}
      <p className={css.words}>
        <Badge tone={TONES[state]}>{t(`tabs.state.${state}`)}</Badge>
        <span>
          {state === "open" && t("tabs.until", { moment: formatMoment(Number(tab.expiry)) })}
          {state === "expired" && t("tabs.since", { moment: formatMoment(Number(tab.expiry)) })}
          {state === "closing" && t("tabs.closing", { moment: formatMoment(Number(tab.reclaimAt)) })}
          {state === "reclaimable" && t("tabs.reclaimable")}
          {state === "closed" && t("tabs.closed", { refund: credits(tab.refund) })}
        </span>
        {bonus > 0n && <span>{t("tab.bonus.left", { bonus: credits(bonus) })}</span>}
        {!session && isStanding && <span>{t("tabs.elsewhere")}</span>}
      </p>
      {closing.isPending ? (
        <p className={css.words} role="status">
          {t("tabs.closingNow")}
        </p>
      ) : (
        <div className={css.buttons}>
          {state === "reclaimable" && (
            <Button onClick={() => setAct("reclaim")}>{t("tabs.reclaim", { left: credits(left) })}</Button>
          )}
          {session && isStanding && (
            <Button onClick={() => closing.mutate(session, { onSettled: onChanged })}>
              {t("tabs.close", { left: credits(left) })}
            </Button>
          )}
          {!session && isStanding && <Button onClick={() => setAct("rotate")}>{t("tabs.rotate")}</Button>}
          {isStanding && <Button onClick={() => setAct("extend")}>{t("tabs.extend")}</Button>}
          <ButtonLink href={`/statement?tab=${tab.key}`} variant="secondary">
            {t("tabs.statement")}
          </ButtonLink>
          {isStanding && (
            <Button variant="quiet" onClick={() => setAct("requestClose")}>
              {t("tabs.requestClose")}
            </Button>
          )}
          {state === "closed" && session && (
            <Button variant="quiet" onClick={() => void forget()}>
              {t("tabs.forget")}
            </Button>
          )}
        </div>
      )}
      {failure && (
        <ErrorState what={failure.what} money={failure.money} technical={failure.technical}>
          {failure.todo}
        </ErrorState>
      )}
      {act && (
        <TabActSheet
          act={act}
          tab={tab}
          left={left}
          onClose={() => {
            setAct(undefined);
            onChanged();
          }}
        />
      )}
    </li>
  );
}

/** Every tab of the connected wallet with every way on or out, one level deep (UX 1.8). */
export function YourTabs() {
  const t = useT();
  const tabs = useMyTabs();
  if (tabs.isPending) return <Skeleton height="6rem" />;
  if (!tabs.data) {
    const failure = explain(tabs.error);
    return (
      <ErrorState
        what={failure.what}
        money="untouched"
        technical={failure.technical}
        actions={<Button onClick={() => void tabs.refetch()}>{t("chat.again")}</Button>}
      >
        {failure.todo}
      </ErrorState>
    );
  }
  const { tabs: mine, complete } = tabs.data;
  return (
    <>
      {!complete && <p className={css.words}>{t("tabs.indexDown")}</p>}
      {mine.length === 0 ? (
        <p className={css.words}>{t("tabs.none")}</p>
      ) : (
        <ul className={css.tabs}>
          {mine.map((tab) => (
            <TabRow key={tab.key} tab={tab} onChanged={() => void tabs.refetch()} />
          ))}
        </ul>
      )}
    </>
  );
}
