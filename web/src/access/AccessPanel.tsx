import { type ComparedPlan, comparePlans, type Model, type Plan } from "@stelai/sdk";
import { useOperator } from "@stelai/sdk/react";
import { lazy, Suspense, useId, useState } from "react";
import { formatCount, formatCredits, WEI_PER_MICROCREDIT } from "../format/money.ts";
import { useT } from "../i18n/react.tsx";
import { Badge } from "../ui/Badge.tsx";
import { Button } from "../ui/Button.tsx";
import { cx } from "../ui/cx.ts";
import { Skeleton } from "../ui/Skeleton.tsx";
import { StoppedError } from "../wallet/errors.ts";
import { useWallet } from "../wallet/WalletProvider.tsx";
import css from "./AccessPanel.module.css";
import type { AccessAct } from "./AccessSheets.tsx";
import { mostMessages, useMessagesPerMonth } from "./messages.ts";
import { PassNow } from "./PassNow.tsx";
import { plansOf, soldOf } from "./plans.ts";
import { typicalUse } from "./typicalUse.ts";
import type { MyAccess } from "./useMyAccess.ts";
import { useMyPass } from "./useMyPasses.ts";

const AccessSheets = lazy(() => import("./AccessSheets.tsx"));

const credits = (micro: bigint) => formatCredits(micro * WEI_PER_MICROCREDIT, { rounding: "up" });

/** The ways to pay for a character beside each other, for one's own use; and what one has already. */
export function AccessPanel({ model, mine }: { model: Model; mine: MyAccess }) {
  const t = useT();
  const label = useId();
  const wallet = useWallet();
  const operator = useOperator();
  const { pass } = useMyPass(model.stelai.characterId);
  const [act, setAct] = useState<AccessAct>();
  const [messages, setMessages] = useMessagesPerMonth();
  const { terms, feePerUnit, free, suspended } = model.stelai;
  const { access } = mine;
  const what = model.stelai.modality === "Chat" ? "chat" : "tool";
  const sold = soldOf(model);
  if (plansOf(terms).length === 0 && (mine.status === "none" || mine.status === "loading")) return null;

  const compared = comparePlans({
    terms,
    feePerUnit,
    messagesPerMonth: BigInt(messages),
    perMessage: free ? 0n : typicalUse(model),
  });
  const start = (next: AccessAct) =>
    void wallet
      .require()
      .then(() => setAct(next))
      .catch((error: unknown) => {
        if (!(error instanceof StoppedError)) throw error;
      });
  const isRenewing = access?.active === true && access.mandate > 0n;
  const canBuy = (plan: Plan) => !suspended && !access?.lifetime && (plan === "Lifetime" || !isRenewing);
  const most = mostMessages(compared.plans.map(({ cheaperFrom }) => cheaperFrom));

  const row = ({ plan, price, perMonth, cheaperFrom }: ComparedPlan) => (
    <li key={plan} className={cx(css.plan, plan === compared.cheapest && !free && css.cheapest)}>
      <span className={css.name}>{t(`access.plan.${plan}`, { what })}</span>
      <span className={css.price}>
        {t(plan === "PerMessage" ? "access.about" : "access.price", { price: credits(price) })}
      </span>
      <span className={css.month}>
        {plan === "PerMessage" && free ? t("access.free") : t(`access.month.${plan}`, { price: credits(perMonth) })}
        {cheaperFrom !== null && <> · {t("access.cheaperFrom", { count: formatCount(cheaperFrom), what })}</>}
      </span>
      {plan === compared.cheapest && !free && <Badge tone="live">{t("access.cheapest")}</Badge>}
      {plan !== "PerMessage" && canBuy(plan) && (
        <Button
          size="small"
          variant={plan === compared.cheapest && mine.status !== "active" && !free ? "primary" : "secondary"}
          onClick={() => start({ do: "buy", plan })}
        >
          {t(access?.active && plan !== "Lifetime" ? "access.prolong" : `access.buy.${plan}`, {
            price: credits(price),
          })}
        </Button>
      )}
    </li>
  );

  return (
    <section className={css.panel} aria-labelledby="access-title">
      <h2 id="access-title">{t("access.title")}</h2>
      {mine.status === "loading" ? (
        <Skeleton height="1.5rem" />
      ) : (
        <PassNow sold={sold} mine={mine} gifted={pass?.gifted === true && mine.status === "active"} onAct={start} />
      )}
      {!access?.lifetime && (
        <>
          {!free && (
            <div className={css.use}>
              <label htmlFor={label}>{t("access.use", { count: messages, what })}</label>
              <input
                id={label}
                type="range"
                min={10}
                max={most}
                step={10}
                value={Math.min(messages, most)}
                aria-valuetext={t("access.use", { count: messages, what })}
                onChange={(event) => setMessages(event.currentTarget.valueAsNumber)}
              />
            </div>
          )}
          <ul className={css.plans}>{compared.plans.map(row)}</ul>
        </>
      )}
      {operator.data && (
        <p className={css.muted}>{t("access.quota", { count: operator.data.passDailyRequests, what })}</p>
      )}
      {plansOf(terms).length > 0 && !suspended && (
        <Button size="small" variant="quiet" onClick={() => start({ do: "gift" })}>
          {t("access.give")}
        </Button>
      )}
      {act && (
        <Suspense>
          <AccessSheets
            sold={sold}
            act={act}
            onClose={() => {
              setAct(undefined);
              void mine.refresh();
            }}
          />
        </Suspense>
      )}
    </section>
  );
}
