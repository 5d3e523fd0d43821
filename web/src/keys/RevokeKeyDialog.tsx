import type { BudgetKey } from "@stelai/sdk";
import { useRevokeBudgetKey } from "@stelai/sdk/react";
import { formatCredits, WEI_PER_MICROCREDIT } from "../format/money.ts";
import { useT } from "../i18n/react.tsx";
import { Failed } from "../people/Failed.tsx";
import { Button } from "../ui/Button.tsx";
import { Dialog } from "../ui/Dialog.tsx";
import { useToast } from "../ui/Toast.tsx";
import { leftOf } from "./states.ts";

/** Ends a key for good. Nothing to sign: operator and session key are both the operator's. Drawn only while open. */
export function RevokeKeyDialog({ of, onClose }: { of: BudgetKey; onClose: () => void }) {
  const t = useT();
  const echo = useToast();
  const revoke = useRevokeBudgetKey();
  const left = leftOf(of);
  const confirm = () =>
    revoke.mutate(
      { id: of.id },
      {
        onSuccess: () => {
          echo(t("keys.revoked"));
          onClose();
        },
      },
    );
  return (
    <Dialog
      open
      onClose={onClose}
      title={t("keys.revoke.title", { name: of.name })}
      description={
        left === undefined
          ? t("keys.revoke.textEmpty")
          : t("keys.revoke.text", { left: formatCredits(left * WEI_PER_MICROCREDIT, { rounding: "down" }) })
      }
      foot={
        <>
          <Button variant="danger" onClick={confirm} disabled={revoke.isPending}>
            {t(revoke.isPending ? "keys.revoking" : "keys.revoke.confirm")}
          </Button>
          <Button onClick={onClose}>{t("keys.revoke.keep")}</Button>
        </>
      }
    >
      {revoke.error && <Failed error={revoke.error} onAgain={confirm} />}
    </Dialog>
  );
}
