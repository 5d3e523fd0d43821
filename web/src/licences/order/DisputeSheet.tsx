import { ORDER_ENDS } from "@stelai/sdk";
import { useCallback, useEffect, useState } from "react";
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
import { Hash } from "../../ui/Hash.tsx";
import { TextArea } from "../../ui/TextArea.tsx";
import { StoppedError } from "../../wallet/errors.ts";
import { useBond } from "../useLicence.ts";
import { creditsText, momentText } from "../useWords.ts";
import type { ActSheetProps } from "./AcceptSheet.tsx";
import css from "./Order.module.css";

/** What the operator stores of a text. */
const LONGEST = 4_000;

/**
 * Disputes what was delivered: words for the resolver, and the bond, in one transaction. What is typed stays until it was
 * sent. Drawn only while open.
 * @param found What this page found wrong by itself.
 */
export function DisputeSheet({ licence, found, onClose }: ActSheetProps & { found: string | undefined }) {
  const t = useT();
  const act = useAct();
  const signIn = useSignIn();
  const now = useChainNow();
  const { contracts } = useAppConfig();
  const { licenceId, price } = licence;
  const bond = useBond(licenceId);
  const [kept, keep, isReady] = useKept(`dispute:${licenceId}`, "");
  const [evidence, setEvidence] = useState<{ text: string; uri: string }>();
  useEffect(() => {
    // What was typed before is not replaced.
    if (isReady && found && kept === "") keep(found);
  }, [found, isReady, keep, kept]);
  const text = kept.trim();
  const values = { price: creditsText(price), bond: creditsText(bond.data) };

  const dispute = useCallback(
    async (run: SigningRun) => {
      const intent = { id: "licence.dispute.intent", values: { id: String(licenceId) } } as const;
      await act(run, intent, async (stelai) => {
        // A second attempt at the same words does not store them twice.
        const uri =
          evidence?.text === text ? evidence.uri : (await stelai.relayer.uploadContent({ reviewText: text })).uri;
        setEvidence({ text, uri });
        return stelai.market.dispute({ licenceId, evidenceURI: uri });
      });
      keep("");
    },
    [act, evidence, keep, licenceId, text],
  );

  const note = (words: string) => (
    <p className={css.muted} role="status">
      {words}
    </p>
  );
  const hold =
    bond.data === undefined ? (
      note(t(bond.isError ? "dispute.unread" : "dispute.reading"))
    ) : text === "" ? (
      note(t("dispute.empty"))
    ) : signIn.status !== "in" ? (
      <div>
        <Button
          variant="primary"
          onClick={() =>
            void signIn.require("dispute.why").catch((error: unknown) => {
              if (!(error instanceof StoppedError)) throw error;
            })
          }
        >
          {t("dispute.signIn")}
        </Button>
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
        return explain(error);
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
