import { type PeriodPlan, type Plan, recordedMonthly, refundOn, type SignedInvite } from "@stelai/sdk";
import { useInvalidate } from "@stelai/sdk/react";
import { useCallback, useId, useState } from "react";
import { useAppConfig } from "../config/ConfigContext.ts";
import { formatCredits, WEI_PER_MICROCREDIT } from "../format/money.ts";
import { formatDay, formatMoment } from "../format/time.ts";
import { useT } from "../i18n/react.tsx";
import type { SigningRun } from "../signing/terms.ts";
import { useAct } from "../signing/useAct.ts";
import { useChainNow } from "../stelai/chainNow.ts";
import { Chip } from "../ui/Chip.tsx";
import { Hash } from "../ui/Hash.tsx";
import css from "./Access.module.css";
import { explainPass } from "./explainPass.ts";
import { PayingSheet } from "./PayingSheet.tsx";
import { DAY, type Sold, scheduleOf, startOf } from "./plans.ts";
import { useAllowanceChange, useAllowanceWords } from "./useAllowance.ts";
import { useMyAccess } from "./useMyAccess.ts";
import { usePrice } from "./usePrice.tsx";

const credits = (micro: bigint | undefined) =>
  formatCredits(micro === undefined ? undefined : micro * WEI_PER_MICROCREDIT, { rounding: "up" });

export interface PassSheetProps {
  sold: Sold;
  plan: Plan;
  /** Whether it takes the place of what runs, with its refund: month to year, or back. */
  isSwitch?: boolean;
  /** Redeemed in the same transaction. */
  invite?: SignedInvite | undefined;
  onClose: () => void;
  onDone?: () => void;
}

/** Buys a month, a year or a character for good, in one transaction. Drawn only while open. */
export function PassSheet({ sold, plan, isSwitch = false, invite, onClose, onDone }: PassSheetProps) {
  const t = useT();
  const act = useAct();
  const label = useId();
  const invalidate = useInvalidate();
  const { contracts } = useAppConfig();
  const { characterId, name } = sold;
  const now = useChainNow();
  const { access, status } = useMyAccess(characterId);
  const [renews, setRenews] = useState(plan !== "Lifetime");
  const { agreed, terms, hold, refresh } = usePrice(sold, plan);
  const words = useAllowanceWords();

  const replaces = isSwitch || plan === "Lifetime";
  const back = replaces ? access?.refundable : 0n;
  const due = back === undefined ? undefined : (agreed - back) * WEI_PER_MICROCREDIT;
  const start = replaces ? now : startOf(access?.until, now);
  const schedule = plan === "Lifetime" ? undefined : scheduleOf(plan, start);
  const isLater = schedule !== undefined && schedule.start > now;
  const shown = credits(agreed);
  const renewing = renews && plan !== "Lifetime" ? plan : undefined;
  const allowance = useAllowanceChange({ characterId, plan: renewing, price: agreed, now });
  const after = allowance.change?.after;
  const monthly = recordedMonthly(terms);
  const early = schedule &&
    plan === "Annual" && {
      monthly: credits(monthly),
      price: shown,
      // On its thirtieth day.
      back: formatCredits(
        refundOn({ plan, price: agreed, monthly, until: schedule.until, at: schedule.start + 29n * DAY }) *
          WEI_PER_MICROCREDIT,
        { rounding: "down" },
      ),
    };
  const leaves = credits(back === undefined ? undefined : back < agreed ? agreed - back : 0n);

  const buy = useCallback(
    async (run: SigningRun) => {
      const what = { characterId, maxPrice: agreed, invite };
      const intent = { id: `pass.intent.${plan}`, values: { name } } as const;
      await act(run, intent, (stelai) => {
        if (plan === "Lifetime") return stelai.access.buyLifetime(what);
        const period = { plan, renews, allowance: after } as const;
        if (isSwitch) return stelai.access.switchPlan({ characterId, maxPrice: agreed, ...period });
        return stelai.access.subscribe({ ...what, ...period });
      });
    },
    [act, after, agreed, characterId, invite, isSwitch, name, plan, renews],
  );

  const chooseRenewal = (
    // biome-ignore lint/a11y/useSemanticElements: a row of toggles, not of form fields
    <div role="group" aria-labelledby={label} className={css.choice}>
      <span id={label}>{t("pass.after")}</span>
      <Chip pressed={renews} onPress={() => setRenews(true)}>
        {t("pass.renews")}
      </Chip>
      <Chip pressed={!renews} onPress={() => setRenews(false)}>
        {t("pass.ends")}
      </Chip>
    </div>
  );
  const moment = (seconds: bigint) => formatMoment(Number(seconds));
  return (
    <PayingSheet
      onClose={onClose}
      onDone={onDone ?? onClose}
      due={due}
      title={t(isSwitch && plan !== "Lifetime" ? `pass.title.switch${plan}` : `pass.title.${plan}`, { name })}
      action={t(isSwitch ? "pass.action.switch" : `pass.action.${plan}`, { price: leaves })}
      kind="transaction"
      onSign={buy}
      sending={{ label: t("pass.sending"), seconds: 5 }}
      explain={(error) =>
        explainPass(error, t, () => {
          refresh();
          void invalidate("model");
        })
      }
      lead={plan !== "Lifetime" && chooseRenewal}
      instead={
        hold ??
        (renewing && !allowance.change && (
          <p className={css.note} role="status">
            {t(allowance.isError ? "pass.allowanceUnread" : "pass.allowanceReading")}
          </p>
        ))
      }
      after={early && <p className={css.note}>{t("pass.yearEarly", early)}</p>}
      terms={{
        get: schedule
          ? t(isLater ? "pass.getLater" : "pass.get", {
              name,
              until: moment(schedule.until),
              start: moment(schedule.start),
            })
          : t("pass.getForGood", { name }),
        now:
          status === "active" && back !== undefined && back > 0n
            ? t(back > agreed ? "pass.nowBack" : "pass.nowNet", {
                net: credits(back > agreed ? back - agreed : agreed - back),
                price: shown,
                back: formatCredits(back * WEI_PER_MICROCREDIT, { rounding: "down" }),
              })
            : t("pass.now", { price: shown }),
        ...(schedule && renewing && allowance.change
          ? {
              atMost: t(`pass.atMost.${renewing}`, {
                now: leaves,
                price: shown,
                first: formatDay(Number(schedule.until)),
                before: words(allowance.change.before),
                after: words(allowance.change.after),
              }),
            }
          : {}),
        to: (
          <>
            {t("pass.to")} <Hash value={contracts.CharacterAccess} what={t("pass.to")} />
          </>
        ),
        ...(schedule
          ? {
              until: t(renews ? `pass.untilRenewed.${plan as PeriodPlan}` : "pass.until", {
                until: moment(schedule.until),
                price: shown,
              }),
            }
          : {}),
        undo: t(plan === "Lifetime" ? "pass.undoForGood" : plan === "Annual" ? "pass.undoYear" : "pass.undo"),
        cost: t("pass.cost"),
      }}
    />
  );
}
