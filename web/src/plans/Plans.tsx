import type { CreditPlan } from "@stelai/sdk";
import { usePackages } from "@stelai/sdk/react";
import { useState } from "react";
import { priceTable } from "../credits/packages.ts";
import { useWithWallet } from "../credits/useWithWallet.ts";
import { formatUsd } from "../format/money.ts";
import { useT } from "../i18n/react.tsx";
import { useChainNow } from "../stelai/chainNow.ts";
import { explain } from "../stelai/explain.ts";
import { Badge } from "../ui/Badge.tsx";
import { Button } from "../ui/Button.tsx";
import { Card } from "../ui/Card.tsx";
import { ErrorState } from "../ui/ErrorState.tsx";
import { Skeleton } from "../ui/Skeleton.tsx";
import { useWallet } from "../wallet/WalletProvider.tsx";
import { MyPlan } from "./MyPlan.tsx";
import { PlanSheets } from "./PlanSheets.tsx";
import css from "./Plans.module.css";
import type { PlanAct } from "./planAct.ts";
import { type Choice, cadenceOf, choiceOf, offeredPlans, priceEach, savedPercent, standingOf } from "./plans.ts";
import { usePlanName } from "./usePlanNames.ts";
import { usePlans, useSubscription } from "./usePlans.ts";
import { useUpgradePrice } from "./useUpgradePrice.ts";

/** The plan that runs, with every way on or out, and the plans that are offered, compared. */
export function Plans() {
  const t = useT();
  const { address } = useWallet();
  const now = useChainNow();
  const withWallet = useWithWallet();
  const plans = usePlans();
  const subscription = useSubscription(address);
  const [act, setAct] = useState<PlanAct>();
  const cycle = subscription.data;
  const runs = plans.data?.find(({ planId }) => planId === cycle?.planId);
  const failure = plans.error && !plans.data ? explain(plans.error) : undefined;
  const offered = plans.data && offeredPlans(plans.data, standingOf(cycle, now) === "running" ? cycle : null);
  // What an account has decides what choosing a plan does: nothing is offered before that is known.
  const isKnown = !address || subscription.data !== undefined;
  return (
    <>
      <h2 id="plans">{t("plan.title")}</h2>
      <p className={css.muted}>{t("plan.lead")}</p>
      {address && subscription.isError && !subscription.data && <p className={css.muted}>{t("plan.unread")}</p>}
      {cycle && plans.data && <MyPlan cycle={cycle} plans={plans.data} onAct={setAct} />}
      {failure ? (
        <ErrorState
          what={failure.what}
          money="untouched"
          technical={failure.technical}
          actions={<Button onClick={() => void plans.refetch()}>{t("chat.again")}</Button>}
        >
          {failure.todo}
        </ErrorState>
      ) : offered?.length === 0 ? (
        <p className={css.muted}>{t("plan.none")}</p>
      ) : (
        <ul className={css.plans} id="plan-list">
          {offered?.map((plan) => (
            <PlanCard
              key={String(plan.planId)}
              plan={plan}
              choice={choiceOf(plan, cycle, runs, now)}
              isKnown={isKnown}
              onAct={(next) => withWallet(() => setAct(next))}
            />
          ))}
          {plans.isPending &&
            [0, 1, 2, 3].map((at) => (
              <li key={at}>
                <Skeleton height="12rem" />
              </li>
            ))}
        </ul>
      )}
      {act && plans.data && (
        <PlanSheets act={act} cycle={cycle ?? undefined} plans={plans.data} onClose={() => setAct(undefined)} />
      )}
    </>
  );
}

interface PlanCardProps {
  plan: CreditPlan;
  choice: Choice;
  isKnown: boolean;
  onAct: (act: PlanAct) => void;
}

function PlanCard({ plan, choice, isKnown, onAct }: PlanCardProps) {
  const t = useT();
  const name = usePlanName();
  const packages = usePackages({ staleTime: 30_000 });
  const smallest = packages.data && priceTable(packages.data).cards[0];
  const isOffered = plan.price > 0n;
  const saved = smallest && isOffered ? savedPercent(plan, smallest) : 0n;
  const upgrade = useUpgradePrice(choice === "upgrade" ? plan.planId : undefined);
  const price = formatUsd(plan.price);
  const labels = {
    subscribe: t("plan.subscribe", { price }),
    upgrade: upgrade ? t("plan.upgrade", { price: formatUsd(upgrade.price) }) : t("plan.upgradeUnread"),
    follow: t("plan.follow"),
    resume: t("plan.resume"),
  };
  const way = choice === "current" || choice === "next" ? undefined : choice;
  const badge = choice === "current" || choice === "resume" ? "isCurrent" : choice === "next" ? "isNext" : undefined;
  return (
    <li>
      <Card className={css.plan}>
        <div className={css.facts}>
          <h3>{name(plan)}</h3>
          {isOffered ? (
            <>
              <p className={css.price}>{t(`plan.price.${cadenceOf(plan)}`, { price })}</p>
              <p className={css.muted}>
                {t("credits.each", { price: formatUsd(priceEach(plan)) })}{" "}
                {saved > 0n && <Badge tone="live">{t("credits.saved", { percent: String(saved) })}</Badge>}
              </p>
            </>
          ) : (
            <p className={css.muted}>{t("plan.isGone")}</p>
          )}
          <p className={css.muted}>{t("plan.keep")}</p>
          {badge && (
            <p>
              <Badge tone={badge === "isCurrent" ? "live" : "held"}>{t(`plan.${badge}`)}</Badge>
            </p>
          )}
        </div>
        {way && isOffered && (
          <Button
            wide
            disabled={!isKnown || (choice === "upgrade" && !upgrade)}
            onClick={() => onAct({ do: way, planId: plan.planId })}
          >
            {labels[way]}
          </Button>
        )}
      </Card>
    </li>
  );
}
