import type { Modality } from "@stelai/sdk";
import type { ReactNode } from "react";
import { useT } from "../../i18n/react.tsx";
import { Button } from "../../ui/Button.tsx";
import { termsOf } from "../compose.ts";
import { type DraftProblems, listOf } from "../draft.ts";
import { usePriceWords } from "../priceWords.ts";
import { RECOMMENDED_PRESETS } from "../tool/draftTool.ts";
import css from "./Review.module.css";
import type { StepProps } from "./Step.tsx";
import { problemsByStep, type StepId, stepName } from "./steps.ts";

const WHO = { Public: "publish.public", Unlisted: "publish.unlisted", Private: "publish.private" } as const;

export interface ReviewStepProps extends Pick<StepProps, "draft"> {
  problems: DraftProblems;
  onStep: (step: StepId) => void;
}

/** Everything once more before it is published, each part with the way back to it. */
export function ReviewStep({ draft, problems, onStep }: ReviewStepProps) {
  const t = useT();
  const words = usePriceWords();
  const wrong = problemsByStep(problems);
  const terms = termsOf(draft);
  const part = (step: StepId, children: ReactNode) => (
    <Part step={step} modality={draft.modality} onStep={onStep}>
      {children}
      {wrong.get(step)?.map(({ id, values }) => (
        <p key={id} className={css.wrong}>
          {t(id, values)}
        </p>
      ))}
    </Part>
  );
  const { systemPrompt, files, lore, style, offer } = draft;
  const mind = (
    <>
      {part(
        "mind",
        systemPrompt.trim() !== "" && <p>{t("publish.review.persona", { count: systemPrompt.trim().length })}</p>,
      )}
      {part("knowledge", <p>{t("publish.review.knowledge", { files: files.length, lore: lore.length })}</p>)}
    </>
  );
  const tool = (
    <>
      {part("style", <p>{t("tools.review.style", { count: style.instructions.trim().length })}</p>)}
      {part(
        "offer",
        <>
          <p>{t("tools.review.presets", { count: offer.presets.length })}</p>
          {offer.presets.length < RECOMMENDED_PRESETS && (
            <p className={css.muted}>{t("tools.review.fewPresets", { recommended: RECOMMENDED_PRESETS })}</p>
          )}
        </>,
      )}
    </>
  );
  return (
    <dl className={css.parts}>
      {part(
        "who",
        <>
          <p>{t(`tools.makes.${draft.modality}`)}</p>
          <p translate="no">{draft.name.trim()}</p>
          {draft.tagline.trim() && (
            <p className={css.muted} translate="no">
              {draft.tagline.trim()}
            </p>
          )}
          {listOf(draft.tags).length > 0 && (
            <p className={css.muted} translate="no">
              {listOf(draft.tags).join(", ")}
            </p>
          )}
        </>,
      )}
      {draft.modality === "Chat" ? mind : tool}
      {part("prices", terms && <p>{words(terms, draft.modality)}</p>)}
      {part("audience", <p>{t(WHO[draft.visibility])}</p>)}
    </dl>
  );
}

interface PartProps {
  step: StepId;
  modality: Modality;
  onStep: (step: StepId) => void;
  children: ReactNode;
}

function Part({ step, modality, onStep, children }: PartProps) {
  const t = useT();
  const name = t(stepName(step, modality));
  return (
    <div className={css.part}>
      <dt>{name}</dt>
      <dd>{children}</dd>
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
}
