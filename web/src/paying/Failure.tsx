import {
  type AgreedTerms,
  BonusOnOwnCharacterError,
  ModelNotFoundError,
  NotSignedInError,
  PassQuotaExhaustedError,
  PaymentRequiredError,
  TabExhaustedError,
  TermsChangedError,
} from "@stelai/sdk";
import { formatCredits, WEI_PER_MICROCREDIT } from "../format/money.ts";
import { formatMoment } from "../format/time.ts";
import { useT } from "../i18n/react.tsx";
import { explain } from "../stelai/explain.ts";
import { Button } from "../ui/Button.tsx";
import { ErrorState } from "../ui/ErrorState.tsx";
import { BonusOnOwn } from "./BonusOnOwn.tsx";
import type { Payer } from "./payer.ts";

const micro = (amount: bigint) => formatCredits(amount * WEI_PER_MICROCREDIT, { rounding: "up" });

export interface FailureProps {
  failure: { error: unknown; payer: Payer };
  /** Whose words: of a message, or of something made. */
  area: "chat" | "studio";
  /** What an ordinary one costs at these prices, in words. */
  typical: (agreed: AgreedTerms) => string;
  /** Asks again, signing in again where that has ended. */
  onAgain: () => void;
  /** Asks again, paid from the tab. */
  onTab: () => void;
  onTopUp: () => void;
  onAgree: (current: AgreedTerms) => Promise<void>;
  /** Asks for less, so that what is left of the tab pays for it; undefined when nothing is small enough. */
  smaller?: (available: bigint) => (() => void) | undefined;
}

/** Why something that is paid for was not done, and what to do about it. Nothing typed is lost. */
export function Failure({ failure, area, typical, onAgain, onTab, onTopUp, onAgree, smaller }: FailureProps) {
  const t = useT();
  const { error, payer } = failure;
  if (error instanceof PassQuotaExhaustedError) {
    return (
      <ErrorState
        what={t(`${area}.pass.usedUp`, { limit: error.limit, moment: formatMoment(error.resetsAt) })}
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
        actions={<Button onClick={onAgain}>{t(`${area}.pass.signIn`)}</Button>}
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
            <Button onClick={onAgain}>{t("chat.again")}</Button>
            <Button onClick={onTab}>{t("chat.pass.tab")}</Button>
          </>
        }
      >
        {t("chat.pass.refusedTodo")}
      </ErrorState>
    );
  }
  if (error instanceof TermsChangedError) {
    const from = error.agreed ? typical(error.agreed) : "—";
    return (
      <ErrorState
        what={t(`${area}.termsChanged`, { before: from, after: typical(error.current) })}
        money="untouched"
        actions={<Button onClick={() => void onAgree(error.current)}>{t(`${area}.termsAccept`)}</Button>}
      />
    );
  }
  if (error instanceof TabExhaustedError) {
    const available = error.amount("available");
    const less = available === undefined ? undefined : smaller?.(available);
    return (
      <ErrorState
        what={t(`${area}.tab.dry`, { needed: micro(error.amount("needed") ?? 0n), left: micro(available ?? 0n) })}
        money="untouched"
        actions={
          <>
            {less && <Button onClick={less}>{t(`${area}.tab.less`)}</Button>}
            <Button onClick={onTopUp}>{t("chat.tab.topUp")}</Button>
          </>
        }
      />
    );
  }
  if (error instanceof BonusOnOwnCharacterError) return <BonusOnOwn onAgain={onAgain} />;
  const explained = explain(error);
  return (
    <ErrorState
      what={explained.what}
      money={explained.money}
      technical={explained.technical}
      actions={<Button onClick={onAgain}>{t("chat.again")}</Button>}
    >
      {explained.todo}
    </ErrorState>
  );
}
