import { ORDER_ENDS } from "@stelai/sdk";
import { useCallback, useEffect, useRef, useState } from "react";
import { PayingSheet } from "../../access/PayingSheet.tsx";
import { useSignIn } from "../../access/SignInProvider.tsx";
import { useAppConfig } from "../../config/ConfigContext.ts";
import { WEI_PER_MICROCREDIT } from "../../format/money.ts";
import { useT } from "../../i18n/react.tsx";
import type { SigningRun } from "../../signing/terms.ts";
import { useAct } from "../../signing/useAct.ts";
import { useChainNow } from "../../stelai/chainNow.ts";
import { explain } from "../../stelai/explain.ts";
import { useKept } from "../../studio/stored.ts";
import { Button } from "../../ui/Button.tsx";
import { CopyButton } from "../../ui/CopyButton.tsx";
import { Hash } from "../../ui/Hash.tsx";
import { TextArea } from "../../ui/TextArea.tsx";
import { StoppedError } from "../../wallet/errors.ts";
import { useBond } from "../useLicence.ts";
import { creditsText, momentText } from "../useWords.ts";
import type { ActSheetProps } from "./AcceptSheet.tsx";
import { wordsKey } from "./KeptWords.tsx";
import css from "./Order.module.css";

/** What the operator stores of a text. */
const LONGEST = 4_000;

export interface DisputeSheetProps extends ActSheetProps {
  /** What this page found wrong by itself. */
  found: string | undefined;
}

/**
 * Disputes what was delivered: words for the resolver, and the bond, in one transaction. What is typed stays until it was
 * sent. Drawn only while open.
 */
export function DisputeSheet(props: DisputeSheetProps) {
  // Nobody may be kept from disputing by an operator that stores no words, or is silent.
  const [isBare, setBare] = useState(false);
  return <Sheet key={String(isBare)} {...props} isBare={isBare} onBare={setBare} />;
}

interface BareProps {
  /** Whether it is sent without the words, which stay in this browser. */
  isBare: boolean;
  onBare: (isBare: boolean) => void;
}

function Sheet({ licence, found, onClose, isBare, onBare }: DisputeSheetProps & BareProps) {
  const t = useT();
  const act = useAct();
  const signIn = useSignIn();
  const now = useChainNow();
  const { contracts } = useAppConfig();
  const { licenceId, price } = licence;
  const bond = useBond(licenceId);
  const [kept, keep, isReady] = useKept(wordsKey(licenceId), "");
  // A sign-in was asked for, or storing failed: from then on it can go without.
  const [isTried, setTried] = useState(false);
  const [isUnstored, setUnstored] = useState(false);
  const [evidence, setEvidence] = useState<{ text: string; uri: string }>();
  const isFilled = useRef(false);
  useEffect(() => {
    // Once: what was typed before is not replaced, and what was sent does not come back.
    if (!isReady || isFilled.current) return;
    isFilled.current = true;
    if (found && kept === "") keep(found);
  }, [found, isReady, keep, kept]);
  const text = kept.trim();
  const values = { price: creditsText(price), bond: creditsText(bond.data) };

  const dispute = useCallback(
    async (run: SigningRun) => {
      const intent = { id: "licence.dispute.intent", values: { id: String(licenceId) } } as const;
      await act(run, intent, async (stelai) => {
        if (isBare) return stelai.market.dispute({ licenceId });
        // A second attempt at the same words does not store them twice.
        const uri =
          evidence?.text === text
            ? evidence.uri
            : await stelai.relayer.uploadContent({ reviewText: text }).then(
                (stored) => stored.uri,
                (error: unknown) => {
                  setTried(true);
                  setUnstored(true);
                  throw error;
                },
              );
        setUnstored(false);
        setEvidence({ text, uri });
        return stelai.market.dispute({ licenceId, evidenceURI: uri });
      });
      if (!isBare) keep("");
    },
    [act, evidence, isBare, keep, licenceId, text],
  );

  const note = (words: string) => (
    <p className={css.muted} role="status">
      {words}
    </p>
  );
  const without = <Button onClick={() => onBare(true)}>{t("dispute.without")}</Button>;
  const hold =
    bond.data === undefined ? (
      note(t(bond.isError ? "dispute.unread" : "dispute.reading"))
    ) : text === "" ? (
      note(t("dispute.empty"))
    ) : !isBare && signIn.status !== "in" ? (
      <div className={css.buttons}>
        <Button
          variant="primary"
          onClick={() => {
            setTried(true);
            void signIn.require("dispute.why").catch((error: unknown) => {
              if (!(error instanceof StoppedError)) throw error;
            });
          }}
        >
          {t("dispute.signIn")}
        </Button>
        {isTried && without}
      </div>
    ) : undefined;

  return (
    <PayingSheet
      onClose={onClose}
      due={bond.data === undefined ? undefined : bond.data * WEI_PER_MICROCREDIT}
      title={t("dispute.title")}
      action={t("dispute.confirm", values)}
      kind="transaction"
      onSign={dispute}
      sending={{ label: t("dispute.sending"), seconds: 6 }}
      explain={(error) => {
        signIn.dropAfter(error);
        // What the chain or the wallet refused, they would refuse without the words, too.
        return isUnstored ? { ...explain(error), actions: without } : explain(error);
      }}
      instead={hold}
      lead={
        <div className={css.fields}>
          <p>{t("dispute.lead")}</p>
          <TextArea
            label={t("dispute.text")}
            hint={t("dispute.hint")}
            rows={5}
            maxLength={LONGEST}
            value={kept}
            onChange={(event) => keep(event.currentTarget.value)}
          />
          {isBare && (
            <div className={css.warn}>
              <p role="alert">
                {t("dispute.bare")} <CopyButton text={text} what={t("dispute.words")} />
              </p>
              <Button size="small" onClick={() => onBare(false)}>
                {t("dispute.withWords")}
              </Button>
            </div>
          )}
        </div>
      }
      terms={{
        get: t("dispute.get"),
        now: t("dispute.now", values),
        atMost: t("dispute.atMost", values),
        to: (
          <>
            {t("dispute.to")} <Hash value={contracts.Licenses} what={t("certificate.contract")} />
          </>
        ),
        until: t("dispute.until", { at: momentText(now + ORDER_ENDS.Disputed.after) }),
        undo: t("dispute.undo", values),
        cost: t("pass.cost"),
      }}
    />
  );
}
