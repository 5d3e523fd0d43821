import type { ReactNode } from "react";
import { listOf } from "../../creator/draft.ts";
import { useCommission } from "../../creator/useCommission.ts";
import review from "../../creator/wizard/Review.module.css";
import { useT } from "../../i18n/react.tsx";
import { Button } from "../../ui/Button.tsx";
import { TIERS } from "../draft.ts";
import { offerPrice, parentsBps, problemsByStep, type SellProblems, type SellStep, supplyOf } from "../problems.ts";
import css from "../Selling.module.css";
import { mineBpsOf } from "../shares.ts";
import { useChangedShares } from "../useParentShares.ts";
import { Provenance } from "./DepositPanel.tsx";
import { SharesChanged } from "./SharesChanged.tsx";
import type { SellStepProps } from "./Step.tsx";
import { Earned } from "./TierCard.tsx";

const DURATION_WORDS = {
  forever: "sell.review.forever",
  month: "sell.review.month",
  year: "sell.review.year",
} as const;

export interface SellReviewProps extends Pick<SellStepProps, "draft" | "change"> {
  problems: SellProblems;
  onStep: (step: SellStep) => void;
}

/** Everything in words before it is listed, each part with the way back to it, and what is final about it. */
export function ReviewStep({ draft, change, problems, onStep }: SellReviewProps) {
  const t = useT();
  const commissionBps = useCommission("Licenses");
  const wrong = problemsByStep(problems);
  const { deposit, parents } = draft;
  const changes = useChangedShares(parents);
  const on = TIERS.filter((tier) => draft.tiers[tier].isOn);
  const earning = { commissionBps, parentsBps: parentsBps(draft), mineBps: mineBpsOf(draft) };
  const part = (step: Exclude<SellStep, "review">, name: string, children: ReactNode, isFirst = false) => (
    <div className={review.part}>
      <dt>{name}</dt>
      <dd className={css.stackSmall}>
        {children}
        {isFirst &&
          wrong.get(step)?.map(({ id, values }, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: they have no other name
            <p key={at} className={review.wrong}>
              {t(id, values)}
            </p>
          ))}
      </dd>
      <dd>
        <Button
          size="small"
          variant="quiet"
          aria-label={t("publish.review.changeOf", { what: name })}
          onClick={() => onStep(step)}
        >
          {t("publish.review.change")}
        </Button>
      </dd>
    </div>
  );
  const tags = listOf(draft.tags.toLowerCase());
  return (
    <>
      <dl className={review.parts}>
        {part(
          "about",
          t("sell.step.about"),
          <>
            <p translate="no">{draft.title.trim()}</p>
            {tags.length > 0 && (
              <p className={review.muted} translate="no">
                {tags.join(", ")}
              </p>
            )}
            {deposit && <Provenance deposit={deposit} />}
          </>,
          true,
        )}
        {part(
          "tiers",
          t("sell.review.offers"),
          on.map((tier) => {
            const { price, duration, supply } = draft.tiers[tier];
            const count = tier === "Exclusive" ? 1 : supplyOf(supply);
            return (
              <div key={tier}>
                <p>
                  <strong>{t(`sell.tier.${tier}`)}</strong>: {t(DURATION_WORDS[duration])},{" "}
                  {count ? t("sell.review.count", { count }) : t("sell.review.anyCount")}
                </p>
                <Earned price={offerPrice(price)} {...earning} />
              </div>
            );
          }),
          true,
        )}
        {part(
          "tiers",
          t("sell.earns"),
          <p>
            {draft.isShared
              ? t("sell.review.shared", { mine: draft.mine.trim(), count: draft.earners.length })
              : t("sell.review.alone")}
          </p>,
        )}
        {part(
          "tiers",
          t("sell.royaltyShort"),
          <p>{t("sell.review.royalty", { percent: draft.royalty.trim() || "0" })}</p>,
        )}
        {part(
          "tiers",
          t("sell.derivatives"),
          <>
            <p>
              {draft.allowsDerivatives
                ? t("sell.review.derivatives", { percent: draft.derivativePercent.trim() || "0" })
                : t("sell.review.noDerivatives")}
            </p>
            {parents.map(({ workId, title, bps }) => (
              <p key={workId} className={review.muted}>
                {t("sell.review.parent", { title, percent: String(bps / 100) })}
              </p>
            ))}
            {changes.length > 0 && (
              <SharesChanged changes={changes} onTake={() => change({ kind: "shares", changes })} />
            )}
          </>,
        )}
      </dl>
      <section className={css.stackSmall} aria-labelledby="sell-know">
        <h3 id="sell-know" className={css.label}>
          {t("sell.know")}
        </h3>
        <ul className={css.know}>
          <li>{t("sell.know.final")}</li>
          <li>{t("sell.know.file")}</li>
          <li>{t("sell.know.deliver")}</li>
          <li>{t("sell.know.paid")}</li>
          {on.includes("Exclusive") && <li className={css.warn}>{t("sell.know.exclusive")}</li>}
          {on.some((tier) => draft.tiers[tier].duration !== "forever") && <li>{t("sell.know.dated")}</li>}
          {on.includes("Exclusive") && on.length > 1 && <li className={css.warn}>{t("sell.know.exclusiveLater")}</li>}
        </ul>
      </section>
    </>
  );
}
