import type { FeedbackSubject } from "@stelai/sdk";
import { useInvalidate, useStelai } from "@stelai/sdk/react";
import { FEEDBACK_SUBJECTS } from "@stelai/sdk/wire";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useSignIn } from "../access/SignInProvider.tsx";
import { useT } from "../i18n/react.tsx";
import { Failed } from "../people/Failed.tsx";
import { useKept } from "../studio/stored.ts";
import { Button } from "../ui/Button.tsx";
import { Select } from "../ui/Select.tsx";
import { TextArea } from "../ui/TextArea.tsx";
import { StoppedError } from "../wallet/errors.ts";
import { LEAST_LETTERS, lettersLeft, MOST_LETTERS, NO_DRAFT } from "./draft.ts";
import css from "./Feedback.module.css";

/** Tells the operator something. What is typed stays in this browser until it is sent; a wallet is asked for then. */
export function FeedbackForm() {
  const t = useT();
  const stelai = useStelai();
  const invalidate = useInvalidate();
  const { require, dropAfter } = useSignIn();
  const [draft, setDraft] = useKept("feedback:draft", NO_DRAFT);
  const [tried, setTried] = useState(false);
  const text = draft.text.trim();
  const isShort = text.length < LEAST_LETTERS;
  const left = lettersLeft(draft.text);
  const send = useMutation({
    mutationFn: async () => {
      await require("feedback.signInWhy");
      await stelai.rewards.sendFeedback({ text, about: draft.about });
    },
    onSuccess: async () => {
      setDraft(NO_DRAFT);
      setTried(false);
      await invalidate("mine");
    },
    onError: dropAfter,
  });
  const failed = send.error && !(send.error instanceof StoppedError) ? send.error : undefined;
  return (
    <form
      noValidate
      className={css.form}
      onSubmit={(event) => {
        event.preventDefault();
        setTried(true);
        if (!isShort && !send.isPending) send.mutate();
      }}
    >
      <Select
        label={t("feedback.about")}
        value={draft.about}
        options={FEEDBACK_SUBJECTS.map((value) => ({ value, label: t(`feedback.about.${value}`) }))}
        onChange={(event) => setDraft({ ...draft, about: event.target.value as FeedbackSubject })}
      />
      <TextArea
        label={t("feedback.text")}
        hint={left === undefined ? t("feedback.hint") : t("feedback.left", { left })}
        rows={6}
        maxLength={MOST_LETTERS}
        value={draft.text}
        error={tried && isShort ? t("feedback.tooShort", { least: LEAST_LETTERS }) : undefined}
        onChange={(event) => {
          setDraft({ ...draft, text: event.target.value });
          if (send.isSuccess) send.reset();
        }}
      />
      <div>
        <Button type="submit" variant="primary" disabled={send.isPending}>
          {t(send.isPending ? "feedback.sending" : "feedback.send")}
        </Button>
      </div>
      <p role="status">{send.isSuccess && t("feedback.sent")}</p>
      {failed && <Failed error={failed} onAgain={() => send.mutate()} />}
    </form>
  );
}
