import { stelaiKey, useStelai } from "@stelai/sdk/react";
import { useQuery } from "@tanstack/react-query";
import { useCallback } from "react";
import { useAppConfig } from "../config/ConfigContext.ts";
import { formatCredits, WEI_PER_MICROCREDIT } from "../format/money.ts";
import { useT } from "../i18n/react.tsx";
import { SigningSheet } from "../signing/SigningSheet.tsx";
import type { SigningRun } from "../signing/terms.ts";
import { useAct } from "../signing/useAct.ts";
import { useChainNow } from "../stelai/chainNow.ts";
import { ErrorState } from "../ui/ErrorState.tsx";
import { Hash } from "../ui/Hash.tsx";
import { useWallet } from "../wallet/WalletProvider.tsx";
import css from "./Access.module.css";
import { AllowanceStays } from "./AllowanceStays.tsx";
import { explainPass } from "./explainPass.ts";
import type { Sold } from "./plans.ts";
import { RefundHow } from "./RefundHow.tsx";
import { useMyPass } from "./useMyPasses.ts";

/** Ends a pass now; what comes back is read when the sheet opens and stands on it. Drawn only while open. */
export function CancelSheet({ sold, onClose }: { sold: Sold; onClose: () => void }) {
  const t = useT();
  const act = useAct();
  const stelai = useStelai();
  const { contracts } = useAppConfig();
  const { address } = useWallet();
  const { characterId, name, suspended } = sold;
  const now = useChainNow();
  const { pass } = useMyPass(characterId);
  const access = useQuery({
    queryKey: stelaiKey(stelai, "refund", address, characterId),
    queryFn: () => stelai.access.getAccess({ characterId, account: address }),
    enabled: address !== undefined,
    staleTime: 0,
    // A day that begins meanwhile is used.
    refetchInterval: 5_000,
  });
  const refund = access.data?.refundable;
  const shown = formatCredits(refund === undefined ? undefined : refund * WEI_PER_MICROCREDIT, { rounding: "down" });

  const cancel = useCallback(
    async (run: SigningRun) => {
      const intent = { id: "cancel.intent", values: { name } } as const;
      await act(run, intent, (mine) => mine.access.cancelNow({ characterId, minimum: refund }));
    },
    [act, characterId, name, refund],
  );

  return (
    <SigningSheet
      open
      onClose={onClose}
      title={t("cancel.title", { name })}
      action={t("cancel.action", { refund: shown })}
      kind="transaction"
      onSign={cancel}
      sending={{ label: t("cancel.sending"), seconds: 5 }}
      explain={(error) => explainPass(error, t)}
      instead={
        refund === undefined && (
          <p className={css.note} role="status">
            {access.isError ? t("cancel.unread") : t("cancel.reading")}
          </p>
        )
      }
      lead={
        suspended && (
          <ErrorState what={t("cancel.suspended")} money="notInvolved">
            {t("cancel.suspendedText")}
          </ErrorState>
        )
      }
      terms={{
        get: t("cancel.get", { refund: shown }),
        now: t("cancel.now", { name }),
        to: (
          <>
            {t("cancel.to")} <Hash value={contracts.CharacterAccess} what={t("pass.to")} />
          </>
        ),
        undo: t("cancel.undo"),
        cost: t("pass.cost"),
      }}
      after={
        <>
          <AllowanceStays />
          <RefundHow periods={pass?.periods} refund={refund} suspended={suspended} now={now} />
        </>
      }
    />
  );
}
