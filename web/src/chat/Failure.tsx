import {
  type AgreedTerms,
  ModelNotFoundError,
  NotSignedInError,
  PassQuotaExhaustedError,
  PaymentRequiredError,
  quoteUp,
  TabExhaustedError,
  TermsChangedError,
} from "@stelai/sdk";
import { formatCredits, WEI_PER_MICROCREDIT } from "../format/money.ts";
import { formatMoment } from "../format/time.ts";
import { useT } from "../i18n/react.tsx";
import { explain } from "../stelai/explain.ts";
import { Button } from "../ui/Button.tsx";
import { ErrorState } from "../ui/ErrorState.tsx";
import type { Payer } from "./payer.ts";

const micro = (amount: bigint) => formatCredits(amount * WEI_PER_MICROCREDIT, { rounding: "up" });

/** Why a message was not sent, and what to do about it. Nothing typed is lost. */
export function Failure({
  failure,
  onAgain,
  onSignIn,
  onTab,
  onTopUp,
  onAgree,
  tokensFor,
}: {
  failure: { error: unknown; payer: Payer };
  onAgain: (tokens?: number) => void;
  /** Signs in again, and asks again. */
  onSignIn: () => void;
  /** Asks again, paid from the tab. */
  onTab: () => void;
  onTopUp: () => void;
  onAgree: (current: AgreedTerms) => Promise<void>;
  tokensFor: (available: bigint) => number | undefined;
}) {
  const t = useT();
  const { error, payer } = failure;
  if (error instanceof PassQuotaExhaustedError) {
    return (
      <ErrorState
        what={t("chat.pass.usedUp", { limit: error.limit, moment: formatMoment(error.resetsAt) })}
        money="untouched"
        actions={<Button onClick={onTab}>{t("chat.pass.tab")}</Button>}
      />
    );
  }
  if (payer === "pass" && error instanceof NotSignedInError) {
    return (
      <ErrorState
        what={t("chat.pass.signedOut")}
        money="untouched"
        actions={<Button onClick={onSignIn}>{t("chat.pass.signIn")}</Button>}
      />
    );
  }
  // The operator sees the pass a few seconds after its block, and another operator may not be listed.
  if (payer === "pass" && (error instanceof PaymentRequiredError || error instanceof ModelNotFoundError)) {
    return (
      <ErrorState
        what={t("chat.pass.refused")}
        money="untouched"
        actions={
          <>
            <Button onClick={() => onAgain()}>{t("chat.again")}</Button>
            <Button onClick={onTab}>{t("chat.pass.tab")}</Button>
          </>
        }
      >
        {t("chat.pass.refusedTodo")}
      </ErrorState>
    );
  }
  if (error instanceof TermsChangedError) {
    const typical = ({ terms, feePerUnit }: AgreedTerms) =>
      micro(quoteUp(terms, feePerUnit, { milliunits: 100n, quality: "Standard" }).total);
    const from = error.agreed ? typical(error.agreed) : "—";
    return (
      <ErrorState
        what={t("chat.termsChanged", { before: from, after: typical(error.current) })}
        money="untouched"
        actions={<Button onClick={() => void onAgree(error.current)}>{t("chat.termsAccept")}</Button>}
      />
    );
  }
  if (error instanceof TabExhaustedError) {
    const available = error.amount("available");
    const tokens = available === undefined ? undefined : tokensFor(available);
    return (
      <ErrorState
        what={t("chat.tab.dry", { needed: micro(error.amount("needed") ?? 0n), left: micro(available ?? 0n) })}
        money="untouched"
        actions={
          <>
            {tokens !== undefined && <Button onClick={() => onAgain(tokens)}>{t("chat.tab.shorter")}</Button>}
            <Button onClick={onTopUp}>{t("chat.tab.topUp")}</Button>
          </>
        }
      />
    );
  }
  const explained = explain(error);
  return (
    <ErrorState
      what={explained.what}
      money={explained.money}
      technical={explained.technical}
      actions={<Button onClick={() => onAgain()}>{t("chat.again")}</Button>}
    >
      {explained.todo}
    </ErrorState>
  );
}
