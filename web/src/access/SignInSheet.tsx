import { useOperator, useStelai } from "@stelai/sdk/react";
import { useCallback } from "react";
import { generatePrivateKey } from "viem/accounts";
import { formatMoment } from "../format/time.ts";
import { useT } from "../i18n/react.tsx";
import type { MessageId } from "../locales/en/index.ts";
import { SigningSheet } from "../signing/SigningSheet.tsx";
import type { SigningRun } from "../signing/terms.ts";
import { withRun } from "../signing/useAct.ts";
import { explain } from "../stelai/explain.ts";
import { Hash } from "../ui/Hash.tsx";
import css from "./Access.module.css";
import { keepSignIn } from "./signInStore.ts";

/** How long an operator takes a bound key. */
const MONTH_SECONDS = 30 * 86_400;

export interface SignInSheetProps {
  why: MessageId;
  onClose: () => void;
  onDone: () => void;
}

/** One signature that lets a key of this browser speak for the account. Drawn only while open. */
export default function SignInSheet({ why, onClose, onDone }: SignInSheetProps) {
  const t = useT();
  const stelai = useStelai();
  const operator = useOperator();
  const sign = useCallback(
    async (run: SigningRun) => {
      const sessionKey = generatePrivateKey();
      const { address, expiresAt } = await withRun(stelai, run).relayer.signIn({
        sessionKey,
        statement: t("signIn.statement"),
      });
      // Where the run had a client of its own, this one learns of it too.
      Object.assign(stelai.client.signIn, { address, expiresAt, sessionKey });
      await keepSignIn(stelai, { address, expiresAt, sessionKey });
    },
    [stelai, t],
  );
  return (
    <SigningSheet
      open
      onClose={onClose}
      onDone={onDone}
      title={t("signIn.title")}
      action={t("signIn.action")}
      kind="signature"
      onSign={sign}
      sending={{ label: t("signIn.sending"), seconds: 2 }}
      explain={explain}
      lead={<p className={css.lead}>{t(why)}</p>}
      terms={{
        get: t("signIn.get"),
        now: t("signIn.now"),
        to: (
          <>
            {t("signIn.to")} {operator.data && <Hash value={operator.data.operator} what={t("signIn.to")} />}
          </>
        ),
        until: formatMoment(Math.floor(Date.now() / 1000) + MONTH_SECONDS),
        undo: t("signIn.undo"),
        cost: t("signIn.cost"),
      }}
    />
  );
}
