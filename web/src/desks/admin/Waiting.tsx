import { useState } from "react";
import { isAddressEqual } from "viem";
import { upcoming } from "../../announcements/changes.ts";
import { type Announced, useAnnouncements } from "../../announcements/useAnnouncements.ts";
import { formatMoment, formatRelative } from "../../format/time.ts";
import { useT } from "../../i18n/react.tsx";
import { IndexDown } from "../../rewards/IndexDown.tsx";
import { useChainNow } from "../../stelai/chainNow.ts";
import { Badge, type Tone } from "../../ui/Badge.tsx";
import { Button } from "../../ui/Button.tsx";
import { Card } from "../../ui/Card.tsx";
import { EmptyState } from "../../ui/EmptyState.tsx";
import { Hash } from "../../ui/Hash.tsx";
import { Skeleton } from "../../ui/Skeleton.tsx";
import { useWallet } from "../../wallet/WalletProvider.tsx";
import { useRole } from "../useRole.ts";
import css from "./Admin.module.css";
import { ChangeLines, useChangeName } from "./ChangeLines.tsx";
import { DecideSheet, type Deed } from "./DecideSheet.tsx";

/** Of what is over, so many are shown. */
const PAST = 10;
const TONES: Readonly<Record<Announced["state"], Tone>> = {
  waiting: "held",
  ready: "live",
  executed: "plain",
  cancelled: "plain",
  expired: "lost",
};
const keyOf = ({ operationId, scheduledAt }: Announced) => `${operationId} ${scheduledAt}`;

/** What was announced: what waits or is due, with the ways to make it or take it back; and what became of the last ones. */
export function Waiting() {
  const t = useT();
  const { data, error, refetch } = useAnnouncements();
  const [chosen, setChosen] = useState<{ of: Announced; deed: Deed }>();
  if (error && !data) return <IndexDown error={error} onAgain={() => void refetch()} />;
  if (!data) return <Skeleton height="12rem" />;
  const coming = upcoming(data);
  const past = data.filter((each) => !coming.includes(each)).slice(0, PAST);
  return (
    <div className={css.part}>
      {coming.length === 0 ? (
        <EmptyState title={t("desk.nothing")}>{t("admin.noneWaiting")}</EmptyState>
      ) : (
        <ul className={css.cards}>
          {coming.map((each) => (
            <li key={keyOf(each)}>
              <Card className={css.card}>
                <One of={each} onDeed={(deed) => setChosen({ of: each, deed })} />
              </Card>
            </li>
          ))}
        </ul>
      )}
      {past.length > 0 && (
        <details>
          <summary>{t("admin.past")}</summary>
          <ul className={css.past}>
            {past.map((each) => (
              <li key={keyOf(each)} className={css.row}>
                <Badge tone={TONES[each.state]}>{t(`admin.state.${each.state}`)}</Badge>
                <Name of={each} />
                <span className={css.note}>
                  {formatMoment(Number(each.executedAt ?? each.scheduledAt))}{" "}
                  <Hash value={each.caller} what={t("desk.account")} copy={false} />
                </span>
              </li>
            ))}
          </ul>
        </details>
      )}
      {chosen?.of.call && (
        <DecideSheet
          announced={chosen.of}
          call={chosen.of.call}
          deed={chosen.deed}
          onClose={() => setChosen(undefined)}
        />
      )}
    </div>
  );
}

function Name({ of: { call, target, functionName } }: { of: Announced }) {
  const name = useChangeName();
  return call ? <span>{name(call)}</span> : <code translate="no">{`${target}.${functionName}`}</code>;
}

function One({ of, onDeed }: { of: Announced; onDeed: (deed: Deed) => void }) {
  const t = useT();
  const { address } = useWallet();
  const now = useChainNow();
  const admin = useRole("ADMIN");
  const { call, state, caller, readyAt, expiresAt } = of;
  const isOwn = address !== undefined && isAddressEqual(address, caller);
  const mayCancel = isOwn || admin?.isMember;
  return (
    <>
      <div className={css.head}>
        <h3>
          <Name of={of} />
        </h3>
        <Badge tone={TONES[state]}>{t(`admin.state.${state}`)}</Badge>
      </div>
      {call ? <ChangeLines call={call} /> : <p className={css.note}>{t("admin.elsewhere")}</p>}
      <p>
        {state === "waiting"
          ? t("admin.readyAt", {
              when: formatMoment(Number(readyAt)),
              left: formatRelative(Number(readyAt), Number(now)),
            })
          : t("admin.readyUntil", { when: formatMoment(Number(expiresAt)) })}
      </p>
      <p className={css.note}>
        {t("admin.announcedBy")} <Hash value={caller} what={t("desk.account")} />
        {isOwn && <> {t("admin.you")}</>}
      </p>
      {call && (isOwn || mayCancel) && (
        <div className={css.row}>
          {isOwn && (
            <Button variant="primary" disabled={state !== "ready"} onClick={() => onDeed("execute")}>
              {t("admin.execute")}
            </Button>
          )}
          {mayCancel && <Button onClick={() => onDeed("cancel")}>{t("admin.cancel")}</Button>}
        </div>
      )}
      {call && !isOwn && <p className={css.note}>{t("admin.onlyAnnouncer")}</p>}
    </>
  );
}
