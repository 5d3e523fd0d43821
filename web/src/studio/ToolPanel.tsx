import { useState } from "react";
import { AccessPanel } from "../access/AccessPanel.tsx";
import type { MyAccess } from "../access/useMyAccess.ts";
import { ReportDialog } from "../chat/ReportDialog.tsx";
import { formatCredits, WEI_PER_MICROCREDIT } from "../format/money.ts";
import { useT } from "../i18n/react.tsx";
import { TabPanel } from "../paying/TabPanel.tsx";
import type { PayingTab } from "../paying/usePayingTab.ts";
import { CreatorLink } from "../people/profile/CreatorLink.tsx";
import { ReviewsSection } from "../reviews/ReviewsSection.tsx";
import { subjectOf } from "../reviews/subject.ts";
import { Button } from "../ui/Button.tsx";
import css from "../ui/Panel.module.css";
import AboutMore from "./AboutMore.tsx";
import type { ToolModel } from "./modalities.ts";

const credits = (micro: bigint) => formatCredits(micro * WEI_PER_MICROCREDIT, { rounding: "up" });

export interface ToolPanelProps {
  model: ToolModel;
  mine: MyAccess;
  tab: PayingTab;
  onOpenTab: () => void;
}

/** About a tool: passes, prices, the tab that pays, what makes it, who made the tool, and what others say. */
export function ToolPanel({ model, mine, tab, onOpenTab }: ToolPanelProps) {
  const t = useT();
  const [reporting, setReporting] = useState(false);
  const { characterId, terms, feePerUnit, card, engine, free, modality, owner } = model.stelai;
  return (
    <div className={css.panel}>
      {card && (
        <section className={css.section}>
          <p className={css.muted}>
            <CreatorLink owner={owner} name={card.creator} />
          </p>
          <p className={css.description} translate="no">
            {card.description}
          </p>
          {card.tags.length > 0 && (
            <p className={css.muted} translate="no">
              {card.tags.join(" · ")}
            </p>
          )}
        </section>
      )}
      <AccessPanel model={model} mine={mine} />
      <section className={css.section} aria-labelledby="tool-price">
        <h2 id="tool-price">{t("studio.tool.price")}</h2>
        {free ? (
          <p>{t("studio.tool.price.free")}</p>
        ) : (
          <ul className={css.prices}>
            {terms.perInference > 0n && <li>{t("studio.tool.price.each", { price: credits(terms.perInference) })}</li>}
            {terms.perUnit > 0n && (
              <li>{t(`studio.tool.price.unit.${modality}`, { price: credits(terms.perUnit) })}</li>
            )}
            {feePerUnit > 0n && <li>{t(`studio.tool.price.fee.${modality}`, { price: credits(feePerUnit) })}</li>}
          </ul>
        )}
      </section>
      {!free && <TabPanel tab={tab} onOpen={onOpenTab} />}
      <section className={css.section} aria-labelledby="tool-engine">
        <h2 id="tool-engine">{t("studio.tool.engine")}</h2>
        <p className={css.muted} translate="no">
          {engine.label}
        </p>
      </section>
      <ReviewsSection subject={subjectOf(model)} />
      <AboutMore model={model} />
      <Button variant="quiet" size="small" onClick={() => setReporting(true)}>
        {t("studio.tool.report")}
      </Button>
      <ReportDialog about={{ characterId }} open={reporting} onClose={() => setReporting(false)} />
    </div>
  );
}
