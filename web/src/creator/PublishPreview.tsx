import { isFree, type Modality, type OperatorInfo, type Terms } from "@stelai/sdk";
import { TYPICAL_TOKENS } from "../explore/price.ts";
import { formatCredits, formatUsd, WEI_PER_MICROCREDIT, worth } from "../format/money.ts";
import { useT } from "../i18n/react.tsx";
import type { MessageId } from "../locales/en/index.ts";
import type { MadeModality } from "../studio/modalities.ts";
import { Avatar } from "../ui/Avatar.tsx";
import { Card } from "../ui/Card.tsx";
import { useCreditRate } from "../ui/CreditRate.ts";
import { Skeleton } from "../ui/Skeleton.tsx";
import { partnerBpsOf, termsOf } from "./compose.ts";
import type { Draft } from "./draft.ts";
import { useObjectUrl } from "./ImageField.tsx";
import css from "./PublishPreview.module.css";
import {
  type EarningsPreview,
  earningsOf,
  PASS_DAYS,
  type PassKind,
  PREVIEW_MESSAGES,
  previewEarnings,
  previewPass,
} from "./price.ts";
import type { DraftOffer } from "./tool/draftTool.ts";
import { type Example, exampleCost, exampleOf } from "./tool/example.ts";
import { useSizeWords } from "./tool/useSizeWords.ts";
import { useCommission } from "./useCommission.ts";

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
          {draft.name.trim() || t(draft.modality === "Chat" ? "publish.previewName" : "tools.previewName")}
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
  modality: Modality;
  /** What a tool offers: its example is of that. */
  offer: DraftOffer;
  /** Undefined while a price cannot be read. */
  terms: Terms | undefined;
  /** Another person's part in ten-thousandths: 0 without one, undefined while it cannot be read. */
  partnerBps: number | undefined;
  /** Undefined while it is not known what it takes and can do. */
  operator: OperatorInfo | undefined;
}

type Lines = readonly (readonly [label: string, wei: bigint])[];

/** What forty messages, or one generation, and one pass of each kind bring, line by line. */
export function EarningsOfPrices({ modality, offer, terms, partnerBps, operator }: EarningsOfPricesProps) {
  const t = useT();
  const byUse = useCommission("InferenceMeter");
  const byPass = useCommission("CharacterAccess");
  if (!terms || partnerBps === undefined) return <p className={css.note}>{t("publish.earnsUnknown")}</p>;
  const kinds = PASS_KINDS.filter((kind) => terms[kind] > 0n);
  if (isFree(terms) && kinds.length === 0) return <p className={css.sum}>{t("publish.earnsFree")}</p>;
  if (operator === undefined || byUse === undefined || byPass === undefined) {
    return <Skeleton height="8rem" />;
  }
  const feePerUnit = operator.fees[modality];
  const use = { terms, partnerBps, feePerUnit, commissionBps: byUse };
  return (
    <div className={css.earnings}>
      {!isFree(terms) &&
        (modality === "Chat" ? (
          <EarnedByMessages {...use} />
        ) : (
          <EarnedByMaking {...use} modality={modality} example={exampleOf(modality, offer, operator.tools[modality])} />
        ))}
      {kinds.map((kind) => (
        <EarnedByPass key={kind} kind={kind} price={terms[kind]} partnerBps={partnerBps} commissionBps={byPass} />
      ))}
      {kinds.length > 0 && (
        <p className={css.note}>
          {t(partnerBps > 0 ? "publish.earnsPassShared" : "publish.earnsPass", { percent: formatPercent(byPass) })}{" "}
          {kinds.some((kind) => kind !== "lifetime") && t("publish.earnsVesting")}
        </p>
      )}
    </div>
  );
}

function Sum({ words, lines }: { words: string; lines: Lines }) {
  return (
    <>
      <p className={css.sum}>{words}</p>
      <dl className={css.lines}>
        {lines.map(([label, wei]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{formatCredits(wei)}</dd>
          </div>
        ))}
      </dl>
    </>
  );
}

interface EarnedProps {
  partnerBps: number;
  commissionBps: number;
}

type EarnedByUseProps = EarnedProps & { terms: Terms; feePerUnit: bigint };

function EarnedByMessages({ terms, partnerBps, feePerUnit, commissionBps }: EarnedByUseProps) {
  const t = useT();
  const earned = previewEarnings(terms, feePerUnit, commissionBps, partnerBps);
  const words = t("publish.earns", {
    count: Number(PREVIEW_MESSAGES),
    paid: formatCredits(earned.paid, { rounding: "up" }),
    kept: formatCredits(earned.kept, { rounding: "down" }),
  });
  const how = t("publish.earnsHow", { tokens: Number(TYPICAL_TOKENS) });
  return <EarnedByUse {...{ words, earned, how, partnerBps, commissionBps }} />;
}

function EarnedByMaking(props: EarnedByUseProps & { modality: MadeModality; example: Example }) {
  const t = useT();
  const { terms, partnerBps, feePerUnit, commissionBps, modality, example } = props;
  const sizeWords = useSizeWords();
  const cost = exampleCost(modality, terms, feePerUnit, example);
  const earned = earningsOf(cost, commissionBps, partnerBps);
  const what = t(`tools.example.${modality}`, {
    quality: t(`tools.quality.${example.quality}`),
    ...(example.size !== undefined && { size: sizeWords(example.size) }),
    ...(example.seconds !== undefined && { seconds: example.seconds }),
    ...(example.characters !== undefined && { count: example.characters }),
  });
  const words = t("tools.example", {
    what,
    amount: formatCredits(cost.amount * WEI_PER_MICROCREDIT, { rounding: "up" }),
    paid: formatCredits(earned.paid, { rounding: "up" }),
    kept: formatCredits(earned.kept, { rounding: "down" }),
  });
  return <EarnedByUse {...{ words, earned, partnerBps, commissionBps }} />;
}

function EarnedByUse(props: EarnedProps & { words: string; earned: EarningsPreview; how?: string }) {
  const t = useT();
  const { words, earned, how, partnerBps, commissionBps } = props;
  const { floor } = useCreditRate();
  return (
    <div className={css.earned}>
      <Sum
        words={words}
        lines={[
          [t("publish.earnsPaid"), earned.paid],
          [t("publish.earnsFee"), earned.fee],
          [t("publish.earnsCommission", { percent: formatPercent(commissionBps) }), earned.commission],
          ...(partnerBps > 0 ? [[t("publish.earnsPartner"), earned.partner] as const] : []),
          [t("publish.earnsKept"), earned.kept],
        ]}
      />
      <p className={css.note}>
        {how}{" "}
        {t("publish.earnsFloor", {
          usd: formatUsd(worth(earned.kept, floor), { rounding: "down" }),
          rate: formatUsd(floor),
        })}
      </p>
    </div>
  );
}

const PASS_KINDS = Object.keys(PASS_DAYS) as PassKind[];

const PASS_WORDS = {
  monthly: "publish.earnsMonth",
  annual: "publish.earnsYear",
  lifetime: "publish.earnsLifetime",
} as const satisfies Record<PassKind, MessageId>;

/** So fine is a day's part told: to the thousandth of a credit, and smaller ones to the microcredit. */
const DAY_STEP = 10n ** 15n;

function EarnedByPass({ kind, price, partnerBps, commissionBps }: EarnedProps & { kind: PassKind; price: bigint }) {
  const t = useT();
  const { paid, kept, keptPerDay } = previewPass(kind, price, commissionBps, partnerBps);
  const day = keptPerDay !== undefined && keptPerDay > DAY_STEP ? keptPerDay - (keptPerDay % DAY_STEP) : keptPerDay;
  return (
    <p className={css.sum}>
      {t(PASS_WORDS[kind], {
        paid: formatCredits(paid),
        kept: formatCredits(kept, { rounding: "down" }),
        day: formatCredits(day, { rounding: "down" }),
      })}
    </p>
  );
}

/** Card and earnings side by side with the form. */
export function PublishPreview({ draft, operator }: { draft: Draft; operator: OperatorInfo | undefined }) {
  const t = useT();
  const { modality, offer } = draft;
  return (
    <Card className={css.preview}>
      <h2>{t("publish.preview")}</h2>
      <CardPreview draft={draft} />
      <EarningsOfPrices terms={termsOf(draft)} partnerBps={partnerBpsOf(draft)} {...{ modality, offer, operator }} />
    </Card>
  );
}
