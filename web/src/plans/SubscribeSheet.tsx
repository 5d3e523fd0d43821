import type { CreditPlan } from "@stelai/sdk";
import { useId, useState } from "react";
import { formatCredits, formatUsd } from "../format/money.ts";
import { formatMoment } from "../format/time.ts";
import { useT } from "../i18n/react.tsx";
import { SentByNote } from "../referrer/SentByNote.tsx";
import { useReferrer } from "../referrer/useReferrer.ts";
import { useChainNow } from "../stelai/chainNow.ts";
import { Chip } from "../ui/Chip.tsx";
import { allowanceAfter, neededForYear } from "./allowance.ts";
import { PlanSheet } from "./PlanSheet.tsx";
import css from "./Plans.module.css";
import { cadenceOf } from "./plans.ts";
import { useAgreed } from "./useAgreed.ts";
import { usePlanName } from "./usePlanNames.ts";

/** Pays the first cycle of a plan, and agrees to its renewals at the price that is shown. Drawn only while open. */
export function SubscribeSheet({ plan, onClose }: { plan: CreditPlan; onClose: () => void }) {
  const t = useT();
  const label = useId();
  const now = useChainNow();
  const nameOf = usePlanName();
  const sentBy = useReferrer();
  const { agreed, isError } = useAgreed();
  const [renews, setRenews] = useState(true);
  const { planId, price } = plan;
  const mandate = renews ? price : 0n;
  const wanted = price + neededForYear({ mandate, cadence: cadenceOf(plan), cap: agreed?.cap ?? 0n });
  const after = agreed && allowanceAfter(agreed.allowance, { enough: wanted, wanted });
  const name = nameOf(plan);
  const words = {
    ...{ plan: name, price: formatUsd(price, { rounding: "up" }), credits: formatCredits(plan.credits) },
    ...{ cadence: cadenceOf(plan), end: formatMoment(Number(now) + plan.period) },
  };
  return (
    <PlanSheet
      onClose={onClose}
      title={t("plan.sheet.subscribe.title", words)}
      action={t("plan.sheet.subscribe.action", words)}
      pays={price}
      allowance={agreed && after !== undefined ? { before: agreed.allowance, after } : undefined}
      intent={{ id: "plan.intent.subscribe" }}
      send={(stelai, onStep) =>
        stelai.plans.subscribe({
          ...{ planId, maxPrice: price, renews, mandate, referrer: sentBy.referrer, allowance: after, onStep },
        })
      }
      lead={
        <>
          {/* biome-ignore lint/a11y/useSemanticElements: a row of toggles, not of form fields */}
          <div role="group" aria-labelledby={label} className={css.choice}>
            <span id={label}>{t("plan.sheet.after")}</span>
            <Chip pressed={renews} onPress={() => setRenews(true)}>
              {t("plan.sheet.renew")}
            </Chip>
            <Chip pressed={!renews} onPress={() => setRenews(false)}>
              {t("plan.sheet.end")}
            </Chip>
          </div>
          <SentByNote sentBy={sentBy} />
        </>
      }
      hold={isError ? <p>{t("plan.sheet.unread")}</p> : sentBy.isKnown ? undefined : <p>{t("plan.sheet.reading")}</p>}
      terms={{
        get: t("plan.sheet.subscribe.get", words),
        ...(renews ? { atMost: t("plan.sheet.subscribe.atMost", words) } : {}),
        until: t(renews ? "plan.sheet.subscribe.untilRenewed" : "plan.sheet.subscribe.until", words),
        undo: t("plan.sheet.subscribe.undo"),
      }}
    />
  );
}
