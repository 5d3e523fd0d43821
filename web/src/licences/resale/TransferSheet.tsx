import { useCallback, useState } from "react";
import { receiverOf } from "../../access/receiver.ts";
import { useAppConfig } from "../../config/ConfigContext.ts";
import { useT } from "../../i18n/react.tsx";
import { SigningSheet } from "../../signing/SigningSheet.tsx";
import type { SigningRun } from "../../signing/terms.ts";
import { useAct } from "../../signing/useAct.ts";
import { explain } from "../../stelai/explain.ts";
import { Hash } from "../../ui/Hash.tsx";
import { Input } from "../../ui/Input.tsx";
import { useWallet } from "../../wallet/WalletProvider.tsx";
import css from "./Resale.module.css";
import { isWork, type Subject } from "./subject.ts";

/** Gives a licence or a work to another account. Drawn only while open. */
export function TransferSheet({ subject, onClose }: { subject: Subject; onClose: () => void }) {
  const t = useT();
  const act = useAct();
  const { contracts } = useAppConfig();
  const { address } = useWallet();
  const { token, title } = subject;
  const [typed, setTyped] = useState("");
  const receiver = receiverOf(typed, { self: address, contracts: Object.values(contracts) });
  const to = typeof receiver === "object" ? receiver.account : undefined;
  const problem =
    typed.trim() === "" || typeof receiver === "object"
      ? undefined
      : t(receiver === "self" ? "transfer.self" : `gift.problem.${receiver}`);

  const give = useCallback(
    async (run: SigningRun) => {
      if (!to) return;
      await act(run, { id: "resale.transfer.intent", values: { title } }, (stelai) =>
        "workId" in token
          ? stelai.works.transfer({ workId: token.workId, to })
          : stelai.market.transferLicence({ licenceId: token.licenceId, to }),
      );
    },
    [act, title, to, token],
  );
  return (
    <SigningSheet
      open
      onClose={onClose}
      title={
        "workId" in token
          ? t("transfer.titleWork", { title })
          : t("transfer.titleLicence", { title, id: String(token.licenceId) })
      }
      action={t("transfer.action")}
      kind="transaction"
      onSign={give}
      sending={{ label: t("transfer.sending"), seconds: 5 }}
      explain={explain}
      instead={
        to ? undefined : (
          <p className={css.muted} role="status">
            {t("transfer.first")}
          </p>
        )
      }
      lead={
        <div className={css.fields}>
          <Input
            label={t("transfer.to")}
            hint={t("transfer.toHint")}
            value={typed}
            error={problem}
            autoComplete="off"
            spellCheck={false}
            translate="no"
            onChange={(event) => setTyped(event.currentTarget.value)}
          />
        </div>
      }
      terms={{
        get: t(isWork(subject) ? "transfer.getWork" : "transfer.getLicence"),
        now: t("transfer.now"),
        to: to ? <Hash value={to} what={t("wallet.address")} copy={false} /> : "—",
        undo: t("transfer.undo"),
        cost: t("pass.cost"),
      }}
      after={<p className={css.muted}>{t(isWork(subject) ? "transfer.voids" : "transfer.voidsLicence")}</p>}
    />
  );
}
