import { type Model, quoteUp } from "@stelai/sdk";
import { lazy, Suspense } from "react";
import { AccessPanel } from "../access/AccessPanel.tsx";
import type { MyAccess } from "../access/useMyAccess.ts";
import { formatCredits, WEI_PER_MICROCREDIT } from "../format/money.ts";
import { useT } from "../i18n/react.tsx";
import { TabPanel } from "../paying/TabPanel.tsx";
import type { PayingTab } from "../paying/usePayingTab.ts";
import { ReviewsSection } from "../reviews/ReviewsSection.tsx";
import { subjectOf } from "../reviews/subject.ts";
import { Badge } from "../ui/Badge.tsx";
import { Button } from "../ui/Button.tsx";
import css from "../ui/Panel.module.css";

const AboutMore = lazy(() => import("../studio/AboutMore.tsx"));
const VoiceSection = lazy(() => import("./voice/VoiceSection.tsx"));

/** Tokens of a message and its answer that a typical price is told for. */
const TYPICAL_TOKENS = 100n;

const credits = (micro: bigint) => formatCredits(micro * WEI_PER_MICROCREDIT, { rounding: "up" });

/** Beside the conversation: what it costs, the tab that pays, what answers, and about the character. */
export function SidePanel({
  model,
  mine,
  tab,
  onOpenTab,
  onReport,
}: {
  model: Model;
  mine: MyAccess;
  tab: PayingTab;
  onOpenTab: () => void;
  onReport: () => void;
}) {
  const t = useT();
  const { terms, feePerUnit, card, engine, free } = model.stelai;
  const typical = quoteUp(terms, feePerUnit, { milliunits: TYPICAL_TOKENS, quality: "Standard" }).total;
  return (
    <div className={css.panel}>
      <AccessPanel model={model} mine={mine} />
      <section className={css.section} aria-labelledby="price-title">
        <h2 id="price-title">{t("chat.price")}</h2>
        {free ? (
          <p>{t("chat.price.free")}</p>
        ) : (
          <ul className={css.prices}>
            {terms.perInference > 0n && <li>{t("chat.price.perInference", { price: credits(terms.perInference) })}</li>}
            {terms.perUnit > 0n && <li>{t("chat.price.perUnit", { price: credits(terms.perUnit) })}</li>}
            {feePerUnit > 0n && <li>{t("chat.price.fee", { price: credits(feePerUnit) })}</li>}
            <li className={css.muted}>{t("chat.price.typical", { price: credits(typical) })}</li>
          </ul>
        )}
      </section>
      {!free && <TabPanel tab={tab} onOpen={onOpenTab} />}
      <section className={css.section} aria-labelledby="engine-title">
        <h2 id="engine-title">{t("chat.engine")}</h2>
        <p>
          <Badge>{engine.label}</Badge>
        </p>
      </section>
      {card?.voice && (
        <Suspense>
          <VoiceSection voice={card.voice} />
        </Suspense>
      )}
      {card && (
        <section className={css.section} aria-labelledby="about-title">
          <h2 id="about-title">{t("chat.about")}</h2>
          <p className={css.description}>{card.description}</p>
          {card.tags.length > 0 && <p className={css.muted}>{card.tags.join(" · ")}</p>}
        </section>
      )}
      <ReviewsSection subject={subjectOf(model)} />
      <Suspense>
        <AboutMore model={model} />
      </Suspense>
      <Button variant="quiet" size="small" onClick={onReport}>
        {t("chat.report.character")}
      </Button>
    </div>
  );
}
