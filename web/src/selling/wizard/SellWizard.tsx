import type { Share } from "@stelai/sdk";
import { useOperator } from "@stelai/sdk/react";
import { ArrowLeft } from "lucide-react";
import { useCallback, useEffect, useRef, useState } from "react";
import { isAddressEqual } from "viem";
import { useSearchParams } from "wouter";
import { DiscardDialog } from "../../creator/wizard/DiscardDialog.tsx";
import form from "../../creator/wizard/Form.module.css";
import { Stepper } from "../../creator/wizard/Stepper.tsx";
import wizard from "../../creator/wizard/Wizard.module.css";
import { useT } from "../../i18n/react.tsx";
import { Button } from "../../ui/Button.tsx";
import { Card } from "../../ui/Card.tsx";
import { cx } from "../../ui/cx.ts";
import { useWallet } from "../../wallet/WalletProvider.tsx";
import { isTouched } from "../draft.ts";
import { problemsByStep, SELL_STEPS, type SellField, type SellStep, sellProblems, stepFrom } from "../problems.ts";
import css from "../Selling.module.css";
import { sharesOf } from "../shares.ts";
import { useKnownPeople } from "../useKnownPeople.ts";
import type { SellProgress } from "../useSellDraft.ts";
import { useSentWork } from "../useSentWork.ts";
import { AboutStep } from "./AboutStep.tsx";
import { DepositPanel, type Source } from "./DepositPanel.tsx";
import { ListSheet } from "./ListSheet.tsx";
import { ReviewStep } from "./ReviewStep.tsx";
import { TiersStep } from "./TiersStep.tsx";

const NAMES = { about: "sell.step.about", tiers: "sell.step.tiers", review: "sell.step.review" } as const;

/** The step in the address, so that the browser's way back is a way back through the steps. */
function useStep(): [SellStep, (step: SellStep) => void] {
  const [search, setSearch] = useSearchParams();
  const go = useCallback(
    (step: SellStep) =>
      setSearch((before) => {
        const next = new URLSearchParams(before);
        next.set("step", step);
        return next;
      }),
    [setSearch],
  );
  return [stepFrom(search.get("step")), go];
}

export interface SellWizardProps extends SellProgress {
  source: Source;
  onListed: (workId: bigint) => void;
}

/** From something that was made to a work that is for sale, in three steps; nothing is lost on the way. */
export function SellWizard({ source, draft: kept, change, saved, discard, onListed }: SellWizardProps) {
  const t = useT();
  const { address, require } = useWallet();
  const known = useKnownPeople();
  const [step, go] = useStep();
  const [left, setLeft] = useState<ReadonlySet<SellStep>>(new Set());
  const [listing, setListing] = useState<readonly Share[]>();
  const [discarding, setDiscarding] = useState(false);
  const body = useRef<HTMLFormElement>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  const shown = useRef(step);

  // What another account deposited is that account's to sell; what lies with another operator is that one's to deliver.
  const { deposit, depositor } = kept;
  const { operator, delivery } = useOperator().data ?? {};
  const isOthers = address !== undefined && depositor !== undefined && !isAddressEqual(depositor as never, address);
  const isElsewhere = operator !== undefined && deposit !== undefined && !isAddressEqual(deposit.attestor, operator);
  const draft = isOthers || isElsewhere ? { ...kept, deposit: undefined, sent: undefined } : kept;
  const onSent = useCallback((sent: `0x${string}` | undefined) => change({ kind: "set", values: { sent } }), [change]);

  const sent = useSentWork(listing ? undefined : draft.sent);
  const done = useRef(onListed);
  done.current = onListed;
  useEffect(() => {
    if (sent?.state === "listed") done.current(sent.workId);
    if (sent?.state === "refused") onSent(undefined);
  }, [sent, onSent]);

  // A step that was left, in whatever way, has its problems marked; the new one is read from its heading on.
  useEffect(() => {
    const before = shown.current;
    if (before === step) return;
    shown.current = step;
    setLeft((others) => new Set([...others, before]));
    window.scrollTo(0, 0);
    heading.current?.focus({ preventScroll: true });
  }, [step]);

  const problems = sellProblems(draft, known, address, delivery?.minimumPrice);
  const byStep = problemsByStep(problems);
  const problem = (field: SellField) => {
    const found = left.has(step) ? problems[field] : undefined;
    return found && t(found.id, found.values);
  };
  const at = SELL_STEPS.indexOf(step);
  const [before, after] = [SELL_STEPS[at - 1], SELL_STEPS[at + 1]];

  /** Leads to the first thing that is wrong, once it is marked. */
  const mend = () => {
    setLeft(new Set(SELL_STEPS));
    const first = SELL_STEPS.find((each) => byStep.has(each));
    if (first) go(first);
    requestAnimationFrame(() =>
      requestAnimationFrame(() => body.current?.querySelector<HTMLElement>("[aria-invalid]")?.focus()),
    );
  };
  const list = async () => {
    if (byStep.size > 0) return mend();
    // Not connecting after all is no failure: the draft stays.
    const account = await require().catch(() => undefined);
    const shares = account && sharesOf(draft, account, known);
    if (shares) setListing(shares);
    else if (account) mend();
  };

  return (
    <>
      <Stepper
        label={t("sell.steps")}
        steps={SELL_STEPS.map((id) => ({ id, name: t(NAMES[id]) }))}
        current={step}
        wrong={new Set(SELL_STEPS.filter((each) => byStep.has(each) && left.has(each)))}
        done={new Set(SELL_STEPS.filter((each) => !byStep.has(each) && left.has(each)))}
        onStep={go}
      />
      <form
        ref={body}
        noValidate
        className={cx(wizard.columns, css.columns)}
        onSubmit={(event) => {
          event.preventDefault();
          if (after) go(after);
          else void list();
        }}
      >
        <div className={form.form}>
          <section className={cx(form.section, css.section)} aria-labelledby="sell-step">
            <h2 id="sell-step" ref={heading} tabIndex={-1}>
              {t(NAMES[step])}
            </h2>
            {step === "about" && <AboutStep {...{ draft, change, problem }} />}
            {step === "tiers" && <TiersStep {...{ draft, change, problem, known }} />}
            {step === "review" && <ReviewStep {...{ draft, change, problems }} onStep={go} />}
          </section>
          <div className={wizard.ways}>
            {before && (
              <Button icon={ArrowLeft} onClick={() => go(before)}>
                {t("publish.back")}
              </Button>
            )}
            <Button type="submit" variant="primary" disabled={!after && sent?.state === "waiting"}>
              {after ? t("publish.next", { step: t(NAMES[after]) }) : t("sell.list.action")}
            </Button>
          </div>
          {!after && <p className={wizard.note}>{t("publish.actionNote")}</p>}
        </div>
        <div className={cx(wizard.side, step === "about" && css.first)}>
          {sent?.state === "waiting" && !listing && (
            <Card className={wizard.sent}>
              <p role="status">{t("sell.sent")}</p>
              <Button size="small" onClick={() => onSent(undefined)}>
                {t("sell.sentForget")}
              </Button>
            </Card>
          )}
          <DepositPanel {...{ source, draft, change, problem }} />
          {saved === "failed" && <p className={wizard.mend}>{t("publish.notSaved")}</p>}
          {isTouched(draft) && (
            <div className={wizard.draft}>
              {saved === "yes" && <span className={wizard.note}>{t("publish.saved")}</span>}
              <Button variant="quiet" size="small" onClick={() => setDiscarding(true)}>
                {t("publish.discard")}
              </Button>
            </div>
          )}
        </div>
        {listing && draft.deposit && (
          <ListSheet
            draft={draft}
            deposit={draft.deposit}
            shares={listing}
            change={change}
            onClose={() => setListing(undefined)}
            onSent={onSent}
            onListed={onListed}
          />
        )}
        <DiscardDialog
          open={discarding}
          onClose={() => setDiscarding(false)}
          onDiscard={() => {
            setLeft(new Set());
            discard();
            go("about");
          }}
        />
      </form>
    </>
  );
}
