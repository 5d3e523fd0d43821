import { Star } from "lucide-react";
import { useCallback, useId, useState } from "react";
import { useSignIn } from "../access/SignInProvider.tsx";
import { useAppConfig } from "../config/ConfigContext.ts";
import { useT } from "../i18n/react.tsx";
import { SigningSheet } from "../signing/SigningSheet.tsx";
import type { SigningRun } from "../signing/terms.ts";
import { useAct } from "../signing/useAct.ts";
import { explain } from "../stelai/explain.ts";
import { Button } from "../ui/Button.tsx";
import { cx } from "../ui/cx.ts";
import { Hash } from "../ui/Hash.tsx";
import { TextArea } from "../ui/TextArea.tsx";
import { StoppedError } from "../wallet/errors.ts";
import { useWallet } from "../wallet/WalletProvider.tsx";
import css from "./Reviews.module.css";
import type { ReviewSubject } from "./subject.ts";
import { type MyReview, receiptFor, useWords } from "./useReviews.ts";

const LONGEST = 4_000;

/** Writes, changes or takes back one's review, in one transaction. Drawn only while open. */
export default function ReviewSheet({
  subject,
  mine,
  onClose,
}: {
  subject: ReviewSubject;
  mine: MyReview;
  onClose: () => void;
}) {
  const t = useT();
  const act = useAct();
  const group = useId();
  const signIn = useSignIn();
  const { contracts } = useAppConfig();
  const { address } = useWallet();
  const { kind, id, name } = subject;
  const isWork = kind === "work";
  const before = useWords(mine.review?.textURI ?? "");
  const [rating, setRating] = useState(mine.rating);
  const [typed, setTyped] = useState<string>();
  const [withdrawing, setWithdrawing] = useState(false);
  const text = typed ?? before.data ?? "";
  const isChange = mine.by === "review";
  const needsSignIn = !withdrawing && text.trim() !== "" && signIn.status !== "in";

  const publish = useCallback(
    async (run: SigningRun) => {
      if (withdrawing) {
        await act(run, { id: "reviews.intent.withdraw", values: { name } }, (stelai) =>
          isWork ? stelai.reviews.withdrawWork({ workId: id }) : stelai.reviews.withdraw({ characterId: id }),
        );
        return;
      }
      await act(run, { id: "reviews.intent", values: { name } }, async (stelai) => {
        const words = text.trim();
        const isSame = words === before.data && mine.review !== undefined;
        const textURI = isSame
          ? (mine.review?.textURI ?? "")
          : words === ""
            ? ""
            : (await stelai.relayer.uploadContent({ reviewText: words })).uri;
        if (isWork) {
          return stelai.reviews.reviewWork({ workId: id, licenceId: mine.licenceId ?? 0n, rating, textURI });
        }
        const receipt = mine.by === "receipt" && address ? await receiptFor(stelai, address, id) : undefined;
        return stelai.reviews.review({ characterId: id, rating, textURI, receipt });
      });
    },
    [act, address, before.data, id, isWork, mine, name, rating, text, withdrawing],
  );

  return (
    <SigningSheet
      open
      onClose={onClose}
      title={t(isChange ? "reviews.sheet.change" : "reviews.sheet.write", { name })}
      action={t(withdrawing ? "reviews.action.withdraw" : isChange ? "reviews.action.change" : "reviews.action.write")}
      kind="transaction"
      onSign={publish}
      sending={{ label: t("reviews.sending"), seconds: 5 }}
      explain={explain}
      lead={
        <div className={css.fields}>
          {!withdrawing && (
            <>
              <fieldset className={css.rate}>
                <legend>{t("reviews.rating")}</legend>
                {[1, 2, 3, 4, 5].map((stars) => (
                  <label key={stars}>
                    <input
                      type="radio"
                      name={group}
                      value={stars}
                      checked={rating === stars}
                      onChange={() => setRating(stars)}
                      aria-label={t("reviews.stars", { count: stars })}
                    />
                    <Star size={24} strokeWidth={1.5} className={cx(stars <= rating && css.full)} aria-hidden />
                  </label>
                ))}
              </fieldset>
              <TextArea
                label={t("reviews.text")}
                hint={t("reviews.textHint")}
                optional
                rows={4}
                maxLength={LONGEST}
                value={text}
                onChange={(event) => setTyped(event.currentTarget.value)}
              />
            </>
          )}
          {isChange && (
            <div>
              <Button size="small" variant="quiet" onClick={() => setWithdrawing(!withdrawing)}>
                {t(withdrawing ? "reviews.keep" : "reviews.withdraw")}
              </Button>
            </div>
          )}
        </div>
      }
      instead={
        !withdrawing && rating === 0 ? (
          <p className={css.muted}>{t("reviews.first")}</p>
        ) : needsSignIn ? (
          <div className={css.buttons}>
            <Button
              variant="primary"
              onClick={() =>
                void signIn.require("signIn.why.review").catch((error: unknown) => {
                  if (!(error instanceof StoppedError)) throw error;
                })
              }
            >
              {t("reviews.signIn")}
            </Button>
          </div>
        ) : undefined
      }
      terms={{
        get: t(withdrawing ? "reviews.get.withdraw" : "reviews.get", { count: rating, name }),
        now: t("renewal.now"),
        to: (
          <>
            {t("reviews.to")} <Hash value={isWork ? contracts.WorkReviews : contracts.Reviews} what={t("reviews.to")} />
          </>
        ),
        undo: t(withdrawing ? "reviews.undo.withdraw" : "reviews.undo"),
        cost: t("pass.cost"),
      }}
    />
  );
}
