import type { RoleCall } from "@stelai/sdk";
import { useState } from "react";
import { useAppConfig } from "../../config/ConfigContext.ts";
import { useT } from "../../i18n/react.tsx";
import { shownCredits, shownPercent } from "../../rewards/amounts.ts";
import { Button } from "../../ui/Button.tsx";
import { Input } from "../../ui/Input.tsx";
import { Skeleton } from "../../ui/Skeleton.tsx";
import css from "./Admin.module.css";
import { ChangeSheet } from "./ChangeSheet.tsx";
import { EARNERS, type Earner, MOST_COMMISSION, MOST_REFERRAL } from "./changes.ts";
import { readBonus, readPercent } from "./form.ts";
import { useStanding } from "./useStanding.ts";

/** What referrals bring both sides, and the most that anyone earns by them. */
export function ReferralTerms({ may }: { may: boolean }) {
  const t = useT();
  const { referral } = useStanding();
  const [isChanging, setChanging] = useState(false);
  return (
    <section className={css.section} aria-labelledby="admin-referral">
      <h2 id="admin-referral">{t("admin.referral")}</h2>
      <p className={css.note}>{t("admin.referralText")}</p>
      {!referral ? (
        <Skeleton height="3rem" />
      ) : (
        <>
          <dl className={css.facts}>
            <Fact name={t("admin.field.referrer")}>
              {t("admin.value.percent", { percent: shownPercent(referral.referrerBps) })}
            </Fact>
            <Fact name={t("admin.field.referee")}>
              {t("admin.value.percent", { percent: shownPercent(referral.refereeBps) })}
            </Fact>
            <Fact name={t("admin.field.cap")}>{t("admin.value.credits", { amount: shownCredits(referral.cap) })}</Fact>
          </dl>
          {may && !isChanging && (
            <div>
              <Button onClick={() => setChanging(true)}>{t("admin.referral.change")}</Button>
            </div>
          )}
          {may && isChanging && <ReferralForm now={referral} onClose={() => setChanging(false)} />}
        </>
      )}
    </section>
  );
}

function Fact({ name, children }: { name: string; children: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function ReferralForm({
  now,
  onClose,
}: {
  now: { referrerBps: number; refereeBps: number; cap: bigint };
  onClose: () => void;
}) {
  const t = useT();
  const [typed, setTyped] = useState({
    referrer: String(now.referrerBps / 100),
    referee: String(now.refereeBps / 100),
    cap: shownCredits(now.cap),
  });
  const [tried, setTried] = useState(false);
  const [call, setCall] = useState<RoleCall>();
  const referrerBps = readPercent(typed.referrer, MOST_REFERRAL);
  const refereeBps = readPercent(typed.referee, MOST_REFERRAL);
  const cap = typed.cap.trim() === "0" ? 0n : readBonus(typed.cap);
  const isTooMuch = (referrerBps ?? 0) + (refereeBps ?? 0) > MOST_REFERRAL;
  const percentProblem = (bps: number | undefined) =>
    tried && (bps === undefined || isTooMuch) ? t("admin.problem.referral") : undefined;
  return (
    <form
      noValidate
      className={css.form}
      onSubmit={(event) => {
        event.preventDefault();
        setTried(true);
        if (referrerBps === undefined || refereeBps === undefined || cap === undefined || isTooMuch) return;
        setCall({ kind: "setReferralTerms", referrerBps, refereeBps, cap });
      }}
    >
      <h3>{t("admin.referral.change")}</h3>
      <Input
        label={t("admin.field.referrer")}
        hint={t("admin.percentHint")}
        inputMode="decimal"
        autoComplete="off"
        value={typed.referrer}
        error={percentProblem(referrerBps)}
        onChange={(event) => setTyped({ ...typed, referrer: event.target.value })}
      />
      <Input
        label={t("admin.field.referee")}
        hint={t("admin.percentHint")}
        inputMode="decimal"
        autoComplete="off"
        value={typed.referee}
        error={percentProblem(refereeBps)}
        onChange={(event) => setTyped({ ...typed, referee: event.target.value })}
      />
      <Input
        label={t("admin.field.cap")}
        hint={t("admin.capHint")}
        inputMode="decimal"
        autoComplete="off"
        value={typed.cap}
        error={tried && cap === undefined ? t("admin.problem.credits") : undefined}
        onChange={(event) => setTyped({ ...typed, cap: event.target.value })}
      />
      <div className={css.row}>
        <Button type="submit" variant="primary">
          {t("admin.review")}
        </Button>
        <Button onClick={onClose}>{t("admin.stop")}</Button>
      </div>
      {call && <ChangeSheet call={call} onClose={() => setCall(undefined)} onMade={onClose} />}
    </form>
  );
}

/** What of each contract's earnings goes to the treasury. */
export function Commission({ may }: { may: boolean }) {
  const t = useT();
  const { contracts } = useAppConfig();
  const standing = useStanding();
  const [changing, setChanging] = useState<Earner>();
  return (
    <section className={css.section} aria-labelledby="admin-commission">
      <h2 id="admin-commission">{t("admin.commission")}</h2>
      <p className={css.note}>{t("admin.commissionText")}</p>
      <ul className={css.plain}>
        {EARNERS.map((name) => {
          const bps = standing.commission(contracts[name]);
          return (
            <li key={name} className={css.between}>
              <span>{t(`contract.${name}`)}</span>
              <span className={css.row}>
                {bps === undefined ? (
                  <Skeleton width="3rem" />
                ) : (
                  <strong>{t("admin.value.percent", { percent: shownPercent(bps) })}</strong>
                )}
                {may && (
                  <Button
                    size="small"
                    aria-label={t("admin.call.setCommission", { name: t(`contract.${name}`) })}
                    onClick={() => setChanging(name)}
                  >
                    {t("admin.change")}
                  </Button>
                )}
              </span>
            </li>
          );
        })}
      </ul>
      {may && changing && <CommissionForm key={changing} of={changing} onClose={() => setChanging(undefined)} />}
    </section>
  );
}

function CommissionForm({ of, onClose }: { of: Earner; onClose: () => void }) {
  const t = useT();
  const { contracts } = useAppConfig();
  const [text, setText] = useState("");
  const [tried, setTried] = useState(false);
  const [call, setCall] = useState<RoleCall>();
  const bps = readPercent(text, MOST_COMMISSION);
  return (
    <form
      noValidate
      className={css.form}
      onSubmit={(event) => {
        event.preventDefault();
        setTried(true);
        if (bps !== undefined) setCall({ kind: "setCommission", source: contracts[of], bps });
      }}
    >
      <Input
        label={t("admin.commission.of", { name: t(`contract.${of}`) })}
        hint={t("admin.commission.hint")}
        inputMode="decimal"
        autoComplete="off"
        value={text}
        error={tried && bps === undefined ? t("admin.problem.commission") : undefined}
        onChange={(event) => setText(event.target.value)}
      />
      <div className={css.row}>
        <Button type="submit" variant="primary">
          {t("admin.review")}
        </Button>
        <Button onClick={onClose}>{t("admin.stop")}</Button>
      </div>
      {call && <ChangeSheet call={call} onClose={() => setCall(undefined)} onMade={onClose} />}
    </form>
  );
}
