import { PAUSABLE, type Pausable, type RoleCall } from "@stelai/sdk";
import { useOperator } from "@stelai/sdk/react";
import { useState } from "react";
import { type Address, getAddress, isAddress } from "viem";
import { useT } from "../../i18n/react.tsx";
import { Failed } from "../../people/Failed.tsx";
import { Badge } from "../../ui/Badge.tsx";
import { Button } from "../../ui/Button.tsx";
import { Hash } from "../../ui/Hash.tsx";
import { Input } from "../../ui/Input.tsx";
import { Skeleton } from "../../ui/Skeleton.tsx";
import css from "./Admin.module.css";
import { ChangeSheet } from "./ChangeSheet.tsx";
import { usePaused, useTrusted } from "./useStanding.ts";

/** With which operators bonus credits may be spent: this one, and any that is asked for. */
export function Operators({ may }: { may: boolean }) {
  const t = useT();
  const own = useOperator().data?.operator;
  const [text, setText] = useState("");
  const asked = isAddress(text) ? getAddress(text) : undefined;
  return (
    <section className={css.section} aria-labelledby="admin-operators">
      <h2 id="admin-operators">{t("admin.operators")}</h2>
      <p className={css.note}>{t("admin.operatorsText")}</p>
      {own && <Operator of={own} isOwn may={may} />}
      <div className={css.form}>
        <Input
          label={t("admin.operators.ask")}
          hint={t("admin.operators.askHint")}
          autoComplete="off"
          spellCheck={false}
          value={text}
          error={text !== "" && !asked ? t("admin.problem.address") : undefined}
          onChange={(event) => setText(event.target.value.trim())}
        />
      </div>
      {asked && asked !== own && <Operator key={asked} of={asked} may={may} />}
    </section>
  );
}

function Operator({ of, isOwn = false, may }: { of: Address; isOwn?: boolean; may: boolean }) {
  const t = useT();
  const { data: isTrusted, error, refetch } = useTrusted(of);
  const [call, setCall] = useState<RoleCall>();
  if (error && isTrusted === undefined) return <Failed error={error} onAgain={() => void refetch()} />;
  return (
    <div className={css.between}>
      <span>
        <Hash value={of} what={t("admin.operator")} /> {isOwn && t("admin.operators.own")}
      </span>
      <span className={css.row}>
        {isTrusted === undefined ? (
          <Skeleton width="5rem" />
        ) : (
          <Badge tone={isTrusted ? "live" : "plain"}>{t(`admin.word.${isTrusted ? "trusted" : "notTrusted"}`)}</Badge>
        )}
        {may && isTrusted !== undefined && (
          <Button size="small" onClick={() => setCall({ kind: "setTrusted", operator: of, isTrusted: !isTrusted })}>
            {t(isTrusted ? "admin.operators.distrust" : "admin.operators.trust")}
          </Button>
        )}
      </span>
      {call && <ChangeSheet call={call} onClose={() => setCall(undefined)} />}
    </div>
  );
}

/** Which contracts sell, and the ways to stop and resume them. */
export function Sales({ mayStop, mayResume }: { mayStop: boolean; mayResume: boolean }) {
  const t = useT();
  const { data, error, refetch } = usePaused();
  const [call, setCall] = useState<RoleCall>();
  const button = (contract: Pausable) => {
    const isPaused = data?.get(contract);
    if (isPaused === undefined || !(isPaused ? mayResume : mayStop)) return null;
    const kind = isPaused ? "unpause" : "pause";
    const name = t(`contract.${contract}`);
    return (
      <Button size="small" aria-label={t(`admin.call.${kind}`, { name })} onClick={() => setCall({ kind, contract })}>
        {t(`admin.sales.${kind}`)}
      </Button>
    );
  };
  return (
    <section className={css.section} aria-labelledby="admin-sales">
      <h2 id="admin-sales">{t("admin.sales")}</h2>
      <p className={css.note}>{t("admin.salesText")}</p>
      {error && !data ? (
        <Failed error={error} onAgain={() => void refetch()} />
      ) : !data ? (
        <Skeleton height="12rem" />
      ) : (
        <ul className={css.plain}>
          {PAUSABLE.map((contract) => (
            <li key={contract} className={css.between}>
              <span>
                {t(`contract.${contract}`)} <span className={css.note}>{t(`admin.sales.of.${contract}`)}</span>
              </span>
              <span className={css.row}>
                <Badge tone={data.get(contract) ? "lost" : "live"}>
                  {t(`admin.word.${data.get(contract) ? "stopped" : "sells"}`)}
                </Badge>
                {button(contract)}
              </span>
            </li>
          ))}
        </ul>
      )}
      {call && <ChangeSheet call={call} onClose={() => setCall(undefined)} />}
    </section>
  );
}
