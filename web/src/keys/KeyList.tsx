import type { BudgetKey } from "@stelai/sdk";
import { useState } from "react";
import { formatCredits, WEI_PER_MICROCREDIT } from "../format/money.ts";
import { formatDay, formatMoment, formatRelative } from "../format/time.ts";
import { useT } from "../i18n/react.tsx";
import { TopUpSheet } from "../tabs/TopUpSheet.tsx";
import { Badge } from "../ui/Badge.tsx";
import { Button } from "../ui/Button.tsx";
import { Meter } from "../ui/Meter.tsx";
import css from "./Keys.module.css";
import { KeyUsage } from "./KeyUsage.tsx";
import { RenameKeyDialog } from "./RenameKeyDialog.tsx";
import { RevokeKeyDialog } from "./RevokeKeyDialog.tsx";
import { isCurrent, TONES } from "./states.ts";

type Act = "usage" | "add" | "rename" | "revoke";

/** Keys in a list: what each may spend and has spent, until when, and what can be done with it. */
export function KeyList({ keys, onChanged }: { keys: readonly BudgetKey[]; onChanged: () => void }) {
  const [acting, setActing] = useState<{ act: Act; id: string }>();
  // As it stands now, not as it stood when it was chosen.
  const of = keys.find(({ id }) => id === acting?.id);
  const close = () => setActing(undefined);
  const done = () => {
    close();
    onChanged();
  };
  return (
    <>
      <ul className={css.list}>
        {keys.map((key) => (
          <KeyRow key={key.id} of={key} onAct={(act) => setActing({ act, id: key.id })} />
        ))}
      </ul>
      {of && acting?.act === "usage" && <KeyUsage of={of} onClose={close} />}
      {of && acting?.act === "rename" && <RenameKeyDialog of={of} onClose={done} />}
      {of && acting?.act === "revoke" && <RevokeKeyDialog of={of} onClose={done} />}
      {of?.tab && acting?.act === "add" && (
        <TopUpSheet open session={{ operator: of.operator, tabId: of.tab.tabId }} onClose={close} onDone={done} />
      )}
    </>
  );
}

function KeyRow({ of, onAct }: { of: BudgetKey; onAct: (act: Act) => void }) {
  const t = useT();
  const { prefix, state, tab, createdAt, lastUsedAt } = of;
  const name = of.name === "" ? t("keys.nameless") : of.name;
  const seconds = (iso: string) => Math.floor(Date.parse(iso) / 1_000);
  const isLive = isCurrent(of);
  const hasTab = tab !== null;
  return (
    <li className={css.key} aria-label={name}>
      <div className={css.head}>
        <h3>{name}</h3>
        <Badge tone={TONES[state]}>{t(`keys.state.${state}`)}</Badge>
      </div>
      {tab && isLive && (
        <Meter
          label={t("keys.budget")}
          used={{ micro: tab.spent }}
          held={{ micro: tab.reserved }}
          cap={{ micro: tab.cap }}
        />
      )}
      <p className={css.words}>
        <span>{t("keys.starts", { prefix: `${prefix}…` })}</span>
        <span>{t("keys.made", { day: formatDay(seconds(createdAt)) })}</span>
        <span>
          {lastUsedAt
            ? t("keys.used", { when: formatRelative(seconds(lastUsedAt), Math.floor(Date.now() / 1_000)) })
            : t("keys.unused")}
        </span>
        {tab && isLive && <span>{t("keys.until", { moment: formatMoment(Number(tab.expiry)) })}</span>}
      </p>
      <Standing of={of} />
      <div className={css.buttons}>
        {(state === "active" || state === "spent") && (
          <Button size="small" onClick={() => onAct("add")}>
            {t("keys.add")}
          </Button>
        )}
        {hasTab && (
          <Button size="small" aria-label={t("keys.usageOf", { name })} onClick={() => onAct("usage")}>
            {t("keys.usage")}
          </Button>
        )}
        {isLive && hasTab && (
          <Button
            size="small"
            variant="quiet"
            aria-label={t("keys.renameOf", { name })}
            onClick={() => onAct("rename")}
          >
            {t("keys.rename")}
          </Button>
        )}
        {isLive && (
          <Button
            size="small"
            variant="quiet"
            aria-label={t("keys.revokeOf", { name })}
            onClick={() => onAct("revoke")}
          >
            {t(hasTab ? "keys.revoke" : "keys.remove")}
          </Button>
        )}
      </div>
    </li>
  );
}

/** What its owner has to know or do, where there is something. */
function Standing({ of: key }: { of: BudgetKey }) {
  const t = useT();
  const { state, tab } = key;
  const words = () => {
    if (state === "unfunded") return t("keys.unfundedText");
    if (state === "spent") return t("keys.spentUp");
    if (state === "active" || !tab) return undefined;
    if (tab.closed) {
      return t("keys.returned", { spent: formatCredits(tab.spent * WEI_PER_MICROCREDIT, { rounding: "up" }) });
    }
    return tab.problem === null ? t("keys.returning") : t("keys.problem");
  };
  const said = words();
  return said === undefined ? null : (
    <p className={css.muted} role="status">
      {said}
    </p>
  );
}
