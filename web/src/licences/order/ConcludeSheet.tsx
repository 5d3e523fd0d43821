import { useCallback } from "react";
import { useAppConfig } from "../../config/ConfigContext.ts";
import { useT } from "../../i18n/react.tsx";
import { useNameOfPerson } from "../../people/names.ts";
import { SigningSheet } from "../../signing/SigningSheet.tsx";
import type { SigningRun } from "../../signing/terms.ts";
import { useAct } from "../../signing/useAct.ts";
import { explain } from "../../stelai/explain.ts";
import { Hash } from "../../ui/Hash.tsx";
import { useBond } from "../useLicence.ts";
import { creditsText } from "../useWords.ts";
import type { ActSheetProps } from "./AcceptSheet.tsx";

/** Ends an order that time has decided; anyone may. Drawn only while open. */
export function ConcludeSheet({ licence, isMine, onClose }: ActSheetProps & { isMine: boolean }) {
  const t = useT();
  const act = useAct();
  const { contracts } = useAppConfig();
  const { licenceId, price, status, holder } = licence;
  const name = useNameOfPerson(holder);
  const bond = useBond(licenceId, status === "Disputed");
  const isRefund = status !== "Delivered";
  const values = {
    price: creditsText(price),
    bond: creditsText(bond.data),
    holder: isMine ? t("conclude.you") : name,
  };
  const conclude = useCallback(
    async (run: SigningRun) => {
      const intent = { id: "licence.conclude.intent", values: { id: String(licenceId) } } as const;
      await act(run, intent, (stelai) => stelai.market.conclude({ licenceIds: [licenceId] }));
    },
    [act, licenceId],
  );
  return (
    <SigningSheet
      open
      onClose={onClose}
      title={t(isRefund ? "conclude.titleRefund" : "conclude.titleRelease")}
      action={t(!isRefund ? "conclude.release" : isMine ? "conclude.refund" : "conclude.refundFor", values)}
      kind="transaction"
      onSign={conclude}
      sending={{ label: t("conclude.sending"), seconds: 5 }}
      explain={explain}
      terms={{
        get: t(
          !isRefund ? "conclude.getRelease" : status === "Disputed" ? "conclude.getRefundBond" : "conclude.getRefund",
          values,
        ),
        now: t("conclude.now"),
        to: (
          <>
            {t("conclude.to")} <Hash value={contracts.Licenses} what={t("certificate.contract")} />
          </>
        ),
        undo: t("conclude.undo"),
        cost: t("pass.cost"),
      }}
    />
  );
}
