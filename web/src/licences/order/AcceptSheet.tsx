import { useCallback } from "react";
import { useAppConfig } from "../../config/ConfigContext.ts";
import { useT } from "../../i18n/react.tsx";
import { SigningSheet } from "../../signing/SigningSheet.tsx";
import type { SigningRun } from "../../signing/terms.ts";
import { useAct } from "../../signing/useAct.ts";
import { explain } from "../../stelai/explain.ts";
import { Hash } from "../../ui/Hash.tsx";
import type { Licence } from "../facts.ts";
import { creditsText } from "../useWords.ts";
import css from "./Order.module.css";

export interface ActSheetProps {
  licence: Licence;
  onClose: () => void;
}

/** Accepts what was delivered, which pays the seller and cannot be undone. Drawn only while open. */
export function AcceptSheet({
  licence,
  right,
  isChecked,
  onClose,
}: ActSheetProps & {
  /** What the licence gives, in words. */
  right: string;
  /** Whether the file was held against the chain on this page. */
  isChecked: boolean;
}) {
  const t = useT();
  const act = useAct();
  const { contracts } = useAppConfig();
  const { licenceId, price } = licence;
  const shown = creditsText(price);
  const accept = useCallback(
    async (run: SigningRun) => {
      const intent = { id: "licence.accept.intent", values: { id: String(licenceId) } } as const;
      await act(run, intent, (stelai) => stelai.market.accept({ licenceId }));
    },
    [act, licenceId],
  );
  return (
    <SigningSheet
      open
      onClose={onClose}
      title={t("accept.title")}
      action={t("accept.confirm", { price: shown })}
      kind="transaction"
      onSign={accept}
      sending={{ label: t("accept.sending"), seconds: 5 }}
      explain={explain}
      lead={!isChecked && <p className={css.warn}>{t("accept.unchecked")}</p>}
      terms={{
        get: t("accept.get", { right }),
        now: t("accept.now", { price: shown }),
        to: (
          <>
            {t("accept.to")} <Hash value={contracts.Licenses} what={t("certificate.contract")} />
          </>
        ),
        undo: t("accept.undo"),
        cost: t("pass.cost"),
      }}
    />
  );
}
