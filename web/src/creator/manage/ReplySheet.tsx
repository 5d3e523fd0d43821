import "./words.ts";
import { useStelai } from "@stelai/sdk/react";
import { useCallback, useState } from "react";
import { useAppConfig } from "../../config/ConfigContext.ts";
import { shorten } from "../../format/hash.ts";
import { useT } from "../../i18n/react.tsx";
import type { ReviewSubject } from "../../reviews/subject.ts";
import { type AnyReview, useWords } from "../../reviews/useReviews.ts";
import { SigningSheet } from "../../signing/SigningSheet.tsx";
import type { SigningRun } from "../../signing/terms.ts";
import { useAct } from "../../signing/useAct.ts";
import { explain } from "../../stelai/explain.ts";
import { Hash } from "../../ui/Hash.tsx";
import { TextArea } from "../../ui/TextArea.tsx";
import { SignInFirst } from "../SignInFirst.tsx";
import css from "./Manage.module.css";

/** As long as a review's words may be (docs/PROTOCOL.md). */
const LONGEST = 4_000;

export interface ReplySheetProps {
  subject: Pick<ReviewSubject, "kind" | "id" | "name">;
  review: AnyReview;
  onClose: () => void;
}

/** Answers a review in public: the words are stored with the operator, one transaction ties them to the review. */
export function ReplySheet(props: ReplySheetProps) {
  const before = useWords(props.review.reply?.textURI ?? "");
  // What was said before is changed, not typed anew.
  if (before.isLoading) return null;
  return (
    <SignInFirst why="reviewing.signIn" onClose={props.onClose}>
      <Answer {...props} before={before.data ?? ""} />
    </SignInFirst>
  );
}

function Answer({ subject, review, before, onClose }: ReplySheetProps & { before: string }) {
  const t = useT();
  const act = useAct();
  const stelai = useStelai();
  const { contracts } = useAppConfig();
  const [typed, setTyped] = useState(before);
  const text = typed.trim();
  const { author } = review;
  const { kind, id, name } = subject;
  const isWork = kind === "work";
  const isTakenBack = text === "" && review.reply !== null;
  const sign = useCallback(
    async (run: SigningRun) => {
      const textURI = text === "" ? "" : (await stelai.relayer.uploadContent({ reviewText: text })).uri;
      const intent = { id: "reviewing.intent", values: { author: shorten(author), name } } as const;
      await act(run, intent, (mine) =>
        isWork
          ? mine.reviews.replyWork({ workId: id, author, textURI })
          : mine.reviews.reply({ characterId: id, author, textURI }),
      );
    },
    [act, stelai, id, isWork, author, name, text],
  );
  return (
    <SigningSheet
      open
      onClose={onClose}
      title={t("reviewing.title", { author: shorten(author) })}
      lead={
        <TextArea
          label={t("reviewing.words")}
          hint={t("reviewing.wordsHint")}
          value={typed}
          maxLength={LONGEST}
          rows={5}
          onChange={(event) => setTyped(event.target.value)}
        />
      }
      instead={
        text === before.trim() || (text === "" && !isTakenBack) ? (
          <p className={css.note}>{t("reviewing.typeFirst")}</p>
        ) : undefined
      }
      action={t(isTakenBack ? "reviewing.takeBack" : "reviewing.send")}
      kind="transaction"
      onSign={sign}
      sending={{ label: t("reviewing.sending"), seconds: 10 }}
      explain={explain}
      terms={{
        get: t(isTakenBack ? "reviewing.getTakenBack" : "reviewing.get"),
        now: t("publish.create.now"),
        to: (
          <>
            {t("reviewing.to")}{" "}
            <Hash value={isWork ? contracts.WorkReviews : contracts.Reviews} what={t("reviewing.to")} />
          </>
        ),
        undo: t("reviewing.undo"),
        cost: t("reviewing.cost"),
      }}
    />
  );
}
