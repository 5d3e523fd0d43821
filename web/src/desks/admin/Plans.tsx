import type { CreditPlan, RoleCall } from "@stelai/sdk";
import { useState } from "react";
import { Choice } from "../../creator/Choice.tsx";
import { parseUsd } from "../../credits/parse.ts";
import { exactUsd } from "../../format/exactUsd.ts";
import { formatUsd } from "../../format/money.ts";
import { useT } from "../../i18n/react.tsx";
import { Failed } from "../../people/Failed.tsx";
import { priceEach } from "../../plans/plans.ts";
import { usePlanName } from "../../plans/usePlanNames.ts";
import { usePlans } from "../../plans/usePlans.ts";
import { Badge } from "../../ui/Badge.tsx";
import { Button } from "../../ui/Button.tsx";
import { useCreditRate } from "../../ui/CreditRate.ts";
import { Input } from "../../ui/Input.tsx";
import { Skeleton } from "../../ui/Skeleton.tsx";
import { Table } from "../../ui/Table.tsx";
import css from "./Admin.module.css";
import { ChangeSheet } from "./ChangeSheet.tsx";
import { floorOf } from "./changes.ts";
import { readOffer } from "./form.ts";
import { OfferFields } from "./Packages.tsx";

/** Every plan there ever was; for who holds PRICING to price anew, to end, and to add to. */
export function Plans({ may }: { may: boolean }) {
  const t = useT();
  const name = usePlanName();
  const { data, error, refetch } = usePlans();
  const [pricing, setPricing] = useState<CreditPlan>();
  const [call, setCall] = useState<RoleCall>();
  const [isAdding, setAdding] = useState(false);
  return (
    <section className={css.section} aria-labelledby="admin-plans">
      <h2 id="admin-plans">{t("admin.plans")}</h2>
      <p className={css.note}>{t("admin.plansText")}</p>
      {error && !data ? (
        <Failed error={error} onAgain={() => void refetch()} />
      ) : !data ? (
        <Skeleton height="9rem" />
      ) : data.length === 0 ? (
        <p>{t("admin.plans.none")}</p>
      ) : (
        <Table
          caption={t("admin.plans")}
          hideCaption
          rows={data}
          rowKey={({ planId }) => String(planId)}
          columns={[
            { key: "id", label: t("admin.plan"), cell: (plan) => `${plan.planId} · ${name(plan)}` },
            {
              key: "price",
              label: t("admin.price"),
              end: true,
              cell: ({ price }) => (price > 0n ? exactUsd(price) : <Badge>{t("admin.word.notSold")}</Badge>),
            },
            {
              key: "each",
              label: t("admin.each"),
              end: true,
              cell: (plan) => (plan.price > 0n ? exactUsd(priceEach(plan)) : "–"),
            },
            ...(may
              ? [
                  {
                    key: "change",
                    label: t("studio.actions"),
                    cell: (plan: CreditPlan) => (
                      <span className={css.row}>
                        <Button
                          size="small"
                          aria-label={t("admin.plan.priceOf", { name: name(plan) })}
                          onClick={() => setPricing(plan)}
                        >
                          {t("admin.plan.price")}
                        </Button>
                        {plan.price > 0n && (
                          <Button
                            size="small"
                            aria-label={t("admin.plan.endOf", { name: name(plan) })}
                            onClick={() => setCall({ kind: "setPlanPrice", planId: plan.planId, price: 0n })}
                          >
                            {t("admin.plan.end")}
                          </Button>
                        )}
                      </span>
                    ),
                  },
                ]
              : []),
          ]}
        />
      )}
      {may && pricing && (
        <PriceForm key={String(pricing.planId)} plan={pricing} onClose={() => setPricing(undefined)} />
      )}
      {may && !isAdding && (
        <div>
          <Button onClick={() => setAdding(true)}>{t("admin.plan.add")}</Button>
        </div>
      )}
      {may && isAdding && <AddForm onClose={() => setAdding(false)} />}
      {call && <ChangeSheet call={call} onClose={() => setCall(undefined)} />}
    </section>
  );
}

function PriceForm({ plan, onClose }: { plan: CreditPlan; onClose: () => void }) {
  const t = useT();
  const name = usePlanName();
  const { floor } = useCreditRate();
  const [text, setText] = useState("");
  const [tried, setTried] = useState(false);
  const [call, setCall] = useState<RoleCall>();
  const price = parseUsd(text);
  const isLow = price !== undefined && floor !== undefined && price < floorOf(plan.credits, floor);
  const problem = price === undefined || price === 0n ? "price" : isLow ? "floor" : undefined;
  return (
    <form
      noValidate
      className={css.form}
      onSubmit={(event) => {
        event.preventDefault();
        setTried(true);
        if (price !== undefined && !problem) setCall({ kind: "setPlanPrice", planId: plan.planId, price });
      }}
    >
      <h3>{t("admin.plan.priceOf", { name: name(plan) })}</h3>
      <Input
        label={t("admin.priceUsd")}
        hint={t("admin.plan.priceHint", {
          now: plan.price > 0n ? exactUsd(plan.price) : t("admin.word.notSold"),
          least: formatUsd(floor === undefined ? undefined : floorOf(plan.credits, floor), { rounding: "up" }),
        })}
        inputMode="decimal"
        autoComplete="off"
        value={text}
        error={
          (tried || (text !== "" && problem === "floor")) && problem
            ? t(`admin.problem.${problem}`, { floor: formatUsd(floor) })
            : undefined
        }
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

function AddForm({ onClose }: { onClose: () => void }) {
  const t = useT();
  const { floor } = useCreditRate();
  const [value, setValue] = useState({ credits: "", price: "" });
  const [period, setPeriod] = useState<"Monthly" | "Annual">("Monthly");
  const [tried, setTried] = useState(false);
  const [call, setCall] = useState<RoleCall>();
  return (
    <form
      noValidate
      className={css.form}
      onSubmit={(event) => {
        event.preventDefault();
        setTried(true);
        const read = readOffer(value, floor);
        if (typeof read !== "string") setCall({ kind: "addPlans", plans: [{ ...read, period }] });
      }}
    >
      <h3>{t("admin.plan.new")}</h3>
      <Choice
        label={t("admin.plan.period")}
        value={period}
        onChange={setPeriod}
        options={[
          { value: "Monthly", label: t("admin.plan.Monthly") },
          { value: "Annual", label: t("admin.plan.Annual") },
        ]}
      />
      <OfferFields
        legend={t("admin.plan.cycle")}
        value={value}
        tried={tried}
        onChange={(values) => setValue({ ...value, ...values })}
      />
      <p className={css.note}>{t("admin.plan.forGood")}</p>
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
