import { TYPICAL_TOKENS } from "../explore/price.ts";
import { formatCredits, formatUsd, worth } from "../format/money.ts";
import { useT } from "../i18n/react.tsx";
import { Avatar } from "../ui/Avatar.tsx";
import { Card } from "../ui/Card.tsx";
import { useCreditRate } from "../ui/CreditRate.ts";
import { partnerBpsOf, pricesOf } from "./compose.ts";
import type { Draft } from "./draft.ts";
import { useObjectUrl } from "./ImageField.tsx";
import css from "./PublishPreview.module.css";
import { PREVIEW_MESSAGES, previewEarnings } from "./price.ts";

/** A part of a whole in ten-thousandths, as "15%". */
export function formatPercent(bps: number, locale = "en"): string {
  return new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: 2 }).format(bps / 10_000);
}

/** The card as it will look. */
export function CardPreview({ draft }: { draft: Draft }) {
  const t = useT();
  const picture = useObjectUrl(draft.image);
  return (
    <div className={css.person}>
      <Avatar id={draft.salt} size={72} src={picture} />
      <div className={css.words}>
        <p className={css.name} translate="no">
          {draft.name.trim() || t("publish.previewName")}
        </p>
        {draft.tagline.trim() && (
          <p className={css.tagline} translate="no">
            {draft.tagline}
          </p>
        )}
        {!picture && <p className={css.note}>{t("publish.previewSlab")}</p>}
      </div>
    </div>
  );
}

export interface EarningsOfPricesProps {
  draft: Draft;
  /** The operator's price for 1,000 tokens in microcredits; undefined while not known. */
  feePerUnit: bigint | undefined;
  /** Ten-thousandths; undefined while not known. */
  commissionBps: number | undefined;
}

/** What forty messages bring, line by line. */
export function EarningsOfPrices({ draft, feePerUnit, commissionBps }: EarningsOfPricesProps) {
  const t = useT();
  const { floor } = useCreditRate();
  const prices = pricesOf(draft);
  const partnerBps = partnerBpsOf(draft);
  if (draft.isFree) return <p className={css.sum}>{t("publish.earnsFree")}</p>;
  if (!prices || partnerBps === undefined || feePerUnit === undefined || commissionBps === undefined) {
    return <p className={css.note}>{t("publish.earnsUnknown")}</p>;
  }
  const earned = previewEarnings(prices, feePerUnit, commissionBps, partnerBps);
  const lines = [
    [t("publish.earnsPaid"), earned.paid],
    [t("publish.earnsFee"), earned.fee],
    [t("publish.earnsCommission", { percent: formatPercent(commissionBps) }), earned.commission],
    ...(draft.isShared ? [[t("publish.earnsPartner"), earned.partner] as const] : []),
    [t("publish.earnsKept"), earned.kept],
  ] as const;
  return (
    <div className={css.earned}>
      <p className={css.sum} role="status">
        {t("publish.earns", {
          count: Number(PREVIEW_MESSAGES),
          paid: formatCredits(earned.paid, { rounding: "up" }),
          kept: formatCredits(earned.kept, { rounding: "down" }),
        })}
      </p>
      <p className={css.note}>{t("publish.earnsHow", { tokens: Number(TYPICAL_TOKENS) })}</p>
      <dl className={css.lines}>
        {lines.map(([label, wei]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{formatCredits(wei)}</dd>
          </div>
        ))}
      </dl>
      <p className={css.note}>
        {t("publish.earnsFloor", {
          usd: formatUsd(worth(earned.kept, floor), { rounding: "down" }),
          rate: formatUsd(floor),
        })}
      </p>
    </div>
  );
}

/** Card and earnings side by side with the form. */
export function PublishPreview(props: EarningsOfPricesProps) {
  const t = useT();
  return (
    <Card className={css.preview}>
      <h2>{t("publish.preview")}</h2>
      <CardPreview draft={props.draft} />
      <EarningsOfPrices {...props} />
    </Card>
  );
}
