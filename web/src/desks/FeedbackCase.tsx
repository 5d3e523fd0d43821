import { type FeedbackQueue, NotSignedInError } from "@stelai/sdk";
import { useInvalidate, useStelai } from "@stelai/sdk/react";
import { useState } from "react";
import { useSignIn } from "../access/SignInProvider.tsx";
import { formatMoment } from "../format/time.ts";
import { useT } from "../i18n/react.tsx";
import { Failed } from "../people/Failed.tsx";
import { useKept } from "../studio/stored.ts";
import { Badge } from "../ui/Badge.tsx";
import { Button } from "../ui/Button.tsx";
import { Hash } from "../ui/Hash.tsx";
import { TextArea } from "../ui/TextArea.tsx";
import css from "./Desks.module.css";
import { plain } from "./plain.ts";

/** `feedbackDecisionSchema.note`. */
const LONGEST_NOTE = 500;

/** One piece of feedback, and what a moderator makes of it. What people wrote is text and nothing else. */
export function FeedbackCase({ of }: { of: FeedbackQueue["feedback"][number] }) {
  const t = useT();
  const stelai = useStelai();
  const invalidate = useInvalidate();
  const { dropAfter } = useSignIn();
  const { id, text, about, account, state, sentAt, decidedAt, decidedBy } = of;
  const [note, setNote] = useKept(`feedback:note:${id}`, of.note ?? "");
  const [isDeciding, setDeciding] = useState(false);
  const [error, setError] = useState<unknown>();
  const decide = async (accepted: boolean) => {
    setDeciding(true);
    setError(undefined);
    try {
      await stelai.rewards.decideFeedback({ id, accepted, note: note.trim() });
      await invalidate("feedbackQueue");
    } catch (problem) {
      if (!(problem instanceof NotSignedInError && dropAfter(problem))) setError(problem);
    } finally {
      setDeciding(false);
    }
  };
  return (
    <>
      <div className={css.head}>
        <h2>{t(`feedback.about.${about}`)}</h2>
        {state !== "open" && (
          <Badge tone={state === "accepted" ? "live" : "plain"}>{t(`feedback.desk.${state}`)}</Badge>
        )}
      </div>
      <div className={css.row}>
        <span>
          {t("feedback.desk.from")} <Hash value={account} what={t("feedback.desk.account")} />
        </span>
        <span className={css.note}>{formatMoment(Date.parse(sentAt) / 1000)}</span>
      </div>
      <p className={css.words} translate="no">
        {plain(text)}
      </p>
      {decidedAt && (
        <p className={css.note}>
          {t("feedback.desk.decided", { when: formatMoment(Date.parse(decidedAt) / 1000) })}{" "}
          {decidedBy && <Hash value={decidedBy} what={t("feedback.desk.account")} copy={false} />}
        </p>
      )}
      <div className={css.form}>
        <h3>{t("feedback.desk.decide")}</h3>
        <TextArea
          label={t("feedback.desk.note")}
          hint={t("feedback.desk.noteHint")}
          optional
          maxLength={LONGEST_NOTE}
          value={note}
          onChange={(event) => setNote(event.target.value)}
        />
        <div className={css.row}>
          {state !== "accepted" && (
            <Button variant="primary" disabled={isDeciding} onClick={() => void decide(true)}>
              {t("feedback.desk.accept")}
            </Button>
          )}
          {state !== "declined" && (
            <Button disabled={isDeciding} onClick={() => void decide(false)}>
              {t("feedback.desk.decline")}
            </Button>
          )}
        </div>
        <p className={css.note} role="status">
          {isDeciding && t("feedback.desk.deciding")}
        </p>
        <p className={css.note}>{t("feedback.desk.acceptText")}</p>
        {error !== undefined && <Failed error={error} />}
      </div>
    </>
  );
}
