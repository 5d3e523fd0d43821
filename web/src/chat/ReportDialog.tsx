import { useStelai } from "@stelai/sdk/react";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import type { Address } from "viem";
import { useT } from "../i18n/react.tsx";
import { explain } from "../stelai/explain.ts";
import { Button } from "../ui/Button.tsx";
import { Dialog } from "../ui/Dialog.tsx";
import { ErrorState } from "../ui/ErrorState.tsx";
import { Field } from "../ui/Field.tsx";
import css from "../ui/Panel.module.css";
import { TextArea } from "../ui/TextArea.tsx";
import { useToast } from "../ui/Toast.tsx";

/** The wire's reasons and what they are called here. */
export const REASONS = {
  illegal: "chat.reason.illegal",
  sexual: "chat.reason.sexual",
  violence: "chat.reason.violence",
  hate: "chat.reason.hate",
  "self-harm": "chat.reason.selfHarm",
  impersonation: "chat.reason.impersonation",
  stolen: "chat.reason.stolen",
  spam: "chat.reason.spam",
  other: "chat.reason.other",
} as const;
type Reason = keyof typeof REASONS;

/** What is reported: a character or a work as a whole, or what somebody wrote about it. */
export type Reported = ({ readonly characterId: bigint } | { readonly workId: bigint }) & {
  /** Author of the review that is reported. */
  readonly reviewBy?: Address | undefined;
  /** The answer, or the review's words, as they were read. */
  readonly excerpt?: string | undefined;
};

/** Reports a character, an answer of it, a work or a review to the operator. */
export function ReportDialog({
  about: { excerpt, reviewBy, ...subject },
  open,
  onClose,
}: {
  about: Reported;
  open: boolean;
  onClose: () => void;
}) {
  const t = useT();
  const toast = useToast();
  const stelai = useStelai();
  const [reason, setReason] = useState<Reason>("other");
  const [details, setDetails] = useState("");
  const send = useMutation({
    mutationFn: () =>
      stelai.relayer.report({
        ...subject,
        ...{ reason, details },
        ...(reviewBy ? { reviewBy } : {}),
        ...(excerpt ? { excerpt: excerpt.slice(0, 8000) } : {}),
      }),
    onSuccess: () => {
      toast(t("chat.report.sent"));
      setDetails("");
      onClose();
    },
  });
  const explained = send.error ? explain(send.error) : undefined;
  return (
    <Dialog
      open={open}
      onClose={onClose}
      title={t("chat.report.title")}
      description={t("chat.report.lead")}
      foot={
        <Button variant="primary" disabled={send.isPending} onClick={() => send.mutate()}>
          {t("chat.report.send")}
        </Button>
      }
    >
      <div className={css.form}>
        <Field label={t("chat.report.reason")}>
          {(control) => (
            <select {...control} value={reason} onChange={(event) => setReason(event.currentTarget.value as Reason)}>
              {(Object.keys(REASONS) as Reason[]).map((one) => (
                <option key={one} value={one}>
                  {t(REASONS[one])}
                </option>
              ))}
            </select>
          )}
        </Field>
        <TextArea
          label={t("chat.report.details")}
          optional
          rows={4}
          maxLength={4000}
          value={details}
          onChange={(event) => setDetails(event.currentTarget.value)}
        />
        {explained && (
          <ErrorState what={explained.what} money="notInvolved">
            {explained.todo}
          </ErrorState>
        )}
      </div>
    </Dialog>
  );
}
