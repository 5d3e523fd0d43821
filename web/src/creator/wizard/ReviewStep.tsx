import type { ReactNode } from "react";
import { useT } from "../../i18n/react.tsx";
import { Button } from "../../ui/Button.tsx";
import { termsOf } from "../compose.ts";
import { type DraftProblems, listOf } from "../draft.ts";
import { usePriceWords } from "../priceWords.ts";
import css from "./Review.module.css";
import type { StepProps } from "./Step.tsx";
import { problemsByStep, STEP_NAMES, type StepId } from "./steps.ts";

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
    <Part step={step} onStep={onStep}>
      {children}
      {wrong.get(step)?.map(({ id, values }) => (
        <p key={id} className={css.wrong}>
          {t(id, values)}
        </p>
      ))}
    </Part>
  );
  return (
    <dl className={css.parts}>
      {part(
        "who",
        <>
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
      {part(
        "mind",
        draft.systemPrompt.trim() !== "" && (
          <p>{t("publish.review.persona", { count: draft.systemPrompt.trim().length })}</p>
        ),
      )}
      {part(
        "knowledge",
        <p>{t("publish.review.knowledge", { files: draft.files.length, lore: draft.lore.length })}</p>,
      )}
      {part("prices", terms && <p>{words(terms)}</p>)}
      {part("audience", <p>{t(WHO[draft.visibility])}</p>)}
    </dl>
  );
}

function Part({ step, onStep, children }: { step: StepId; onStep: (step: StepId) => void; children: ReactNode }) {
  const t = useT();
  return (
    <div className={css.part}>
      <dt>{t(STEP_NAMES[step])}</dt>
      <dd>{children}</dd>
      <dd>
        <Button
          size="small"
          variant="quiet"
          aria-label={t("publish.review.changeOf", { what: t(STEP_NAMES[step]) })}
          onClick={() => onStep(step)}
        >
          {t("publish.review.change")}
        </Button>
      </dd>
    </div>
  );
}
