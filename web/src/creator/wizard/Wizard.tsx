import { useOperator } from "@stelai/sdk/react";
import { ArrowLeft } from "lucide-react";
import { useCallback, useEffect, useRef, useState } from "react";
import type { Address, Hex } from "viem";
import { useSearchParams } from "wouter";
import { useT } from "../../i18n/react.tsx";
import { explain } from "../../stelai/explain.ts";
import { Button } from "../../ui/Button.tsx";
import { Card } from "../../ui/Card.tsx";
import { ErrorState } from "../../ui/ErrorState.tsx";
import { ButtonLink } from "../../ui/Link.tsx";
import { useWallet } from "../../wallet/WalletProvider.tsx";
import { type DraftField, isTouched, modalityFrom, problemsOf } from "../draft.ts";
import { PublishPreview } from "../PublishPreview.tsx";
import { PublishSheet } from "../PublishSheet.tsx";
import type { DraftInProgress } from "../useDraft.ts";
import { AudienceStep } from "./AudienceStep.tsx";
import { DiscardDialog } from "./DiscardDialog.tsx";
import form from "./Form.module.css";
import { KnowledgeStep } from "./KnowledgeStep.tsx";
import { MindStep } from "./MindStep.tsx";
import { OfferStep } from "./OfferStep.tsx";
import { PricesStep } from "./PricesStep.tsx";
import { ReviewStep } from "./ReviewStep.tsx";
import type { StepProps } from "./Step.tsx";
import { Stepper } from "./Stepper.tsx";
import { StyleStep } from "./StyleStep.tsx";
import { neighbours, problemsByStep, type StepId, stepFrom, stepName, stepsOf } from "./steps.ts";
import { WhoStep } from "./WhoStep.tsx";
import css from "./Wizard.module.css";

type WizardProps = DraftInProgress & { onPublished: (characterId: bigint) => void };

/** The step in the address, so that the browser's way back is a way back through the steps. */
function useStep(steps: readonly StepId[]): [StepId, (step: StepId) => void] {
  const [search, setSearch] = useSearchParams();
  const go = useCallback(
    (step: StepId) =>
      setSearch((before) => {
        const next = new URLSearchParams(before);
        next.set("step", step);
        return next;
      }),
    [setSearch],
  );
  return [stepFrom(search.get("step"), steps), go];
}

/** From nothing to a character, step by step; every step can be reached from every other, and nothing is lost. */
export function Wizard({ draft, change, saved, discard, onPublished }: WizardProps) {
  const t = useT();
  const { address, require } = useWallet();
  const operator = useOperator();
  const { modality } = draft;
  const steps = stepsOf(modality);
  const [step, go] = useStep(steps);
  const [left, setLeft] = useState<ReadonlySet<StepId>>(new Set());
  const [publisher, setPublisher] = useState<Address>();
  const [discarding, setDiscarding] = useState(false);
  const body = useRef<HTMLFormElement>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  const shown = useRef(step);

  // A link may say what is to be made; a draft that was begun stays what it is.
  const [asked] = useSearchParams();
  const [wanted] = useState(() => (isTouched(draft) ? undefined : modalityFrom(asked.get("make"))));
  useEffect(() => {
    if (wanted) change({ kind: "set", values: { modality: wanted } });
  }, [wanted, change]);

  const onSent = useCallback((sent: Hex | undefined) => change({ kind: "set", values: { sent } }), [change]);
  const set = useCallback<StepProps["set"]>((values) => change({ kind: "set", values }), [change]);

  // A step that was left, in whatever way, has its problems marked; the new one is read from its heading on.
  useEffect(() => {
    const before = shown.current;
    if (before === step) return;
    shown.current = step;
    setLeft((known) => new Set([...known, before]));
    window.scrollTo(0, 0);
    heading.current?.focus({ preventScroll: true });
  }, [step]);

  const problems = problemsOf(draft, address);
  const byStep = problemsByStep(problems);
  const wrong = new Set([...byStep.keys()].filter((each) => left.has(each)));
  const done = new Set([...left].filter((each) => !byStep.has(each)));
  const problem = (field: DraftField) => {
    const found = left.has(step) ? problems[field] : undefined;
    return found && t(found.id, found.values);
  };

  /** Leads to the first thing that is wrong, once it is marked. */
  const mend = () => {
    setLeft(new Set(steps));
    const first = steps.find((each) => byStep.has(each));
    if (first) go(first);
    requestAnimationFrame(() =>
      requestAnimationFrame(() => body.current?.querySelector<HTMLElement>("[aria-invalid]")?.focus()),
    );
  };
  const publish = async () => {
    if (byStep.size > 0) return mend();
    // Not connecting after all is no failure: the draft stays.
    const account = await require().catch(() => undefined);
    if (!account) return;
    if (Object.keys(problemsOf(draft, account)).length > 0) mend();
    else setPublisher(account);
  };
  const { before, after } = neighbours(step, steps);
  const props = { draft, change, set, problem };

  return (
    <>
      <Stepper
        label={t("publish.steps")}
        steps={steps.map((id) => ({ id, name: t(stepName(id, modality)) }))}
        {...{ current: step, wrong, done }}
        onStep={go}
      />
      <form
        ref={body}
        noValidate
        className={css.columns}
        onSubmit={(event) => {
          event.preventDefault();
          if (after) go(after);
          else void publish();
        }}
      >
        <div className={form.form}>
          <section className={form.section} aria-labelledby="publish-step">
            <h2 id="publish-step" ref={heading} tabIndex={-1}>
              {t(stepName(step, modality))}
            </h2>
            {step === "who" && <WhoStep {...props} isNew />}
            {step === "mind" && <MindStep {...props} />}
            {step === "knowledge" && <KnowledgeStep {...props} />}
            {modality !== "Chat" && step === "style" && <StyleStep {...props} modality={modality} />}
            {modality !== "Chat" && step === "offer" && (
              <OfferStep {...props} modality={modality} operator={operator.data} />
            )}
            {step === "prices" && <PricesStep {...props} operator={operator.data} />}
            {step === "audience" && (
              <AudienceStep isNew value={draft.visibility} onChange={(visibility) => set({ visibility })} />
            )}
            {step === "review" && <ReviewStep draft={draft} problems={problems} onStep={go} />}
          </section>
          <div className={css.ways}>
            {before && (
              <Button icon={ArrowLeft} onClick={() => go(before)}>
                {t("publish.back")}
              </Button>
            )}
            <Button type="submit" variant="primary">
              {after ? t("publish.next", { step: t(stepName(after, modality)) }) : t("publish.action")}
            </Button>
          </div>
          {!after && <p className={css.note}>{t("publish.actionNote")}</p>}
        </div>
        <div className={css.side}>
          <PublishPreview draft={draft} operator={operator.data} />
          {operator.error && !operator.data && (
            <ErrorState
              what={explain(operator.error).what}
              money="untouched"
              technical={explain(operator.error).technical}
              actions={<Button onClick={() => void operator.refetch()}>{t("publish.upload.again")}</Button>}
            >
              {t("publish.create.kept")}
            </ErrorState>
          )}
          {draft.sent && !publisher && (
            <Card className={css.sent}>
              <p>{t("publish.sent")}</p>
              <ButtonLink href="/create">{t("publish.done.studio")}</ButtonLink>
            </Card>
          )}
          {saved === "failed" && <p className={css.mend}>{t("publish.notSaved")}</p>}
          {isTouched(draft) && (
            <div className={css.draft}>
              {saved === "yes" && <span className={css.note}>{t("publish.saved")}</span>}
              <Button variant="quiet" size="small" onClick={() => setDiscarding(true)}>
                {t("publish.discard")}
              </Button>
            </div>
          )}
        </div>
        {publisher && (
          <PublishSheet
            draft={draft}
            account={publisher}
            onClose={() => setPublisher(undefined)}
            onSent={onSent}
            onPublished={onPublished}
          />
        )}
        <DiscardDialog
          open={discarding}
          onClose={() => setDiscarding(false)}
          onDiscard={() => {
            setLeft(new Set());
            discard();
            go("who");
          }}
        />
      </form>
    </>
  );
}
