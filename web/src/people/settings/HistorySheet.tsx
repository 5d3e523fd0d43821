import { useStelai } from "@stelai/sdk/react";
import { useCallback } from "react";
import { signMessage } from "viem/actions";
import { useT } from "../../i18n/react.tsx";
import { SigningSheet } from "../../signing/SigningSheet.tsx";
import type { ExplainedError, SigningRun } from "../../signing/terms.ts";
import { explain } from "../../stelai/explain.ts";
import { StoppedError } from "../../wallet/errors.ts";
import { open } from "../history/cipher.ts";
import { askForKey, OtherKeyError, SignatureNotRepeatableError } from "../history/key.ts";
import { keepKey } from "../history/store.ts";

/** One signature that makes the key of one's conversations. Drawn only while open. */
export default function HistorySheet({ onClose, onDone }: { onClose: () => void; onDone: () => void }) {
  const t = useT();
  const stelai = useStelai();
  const sign = useCallback(
    async (run: SigningRun) => {
      const { walletClient } = stelai.client;
      const account = walletClient?.account;
      if (!walletClient || !account) throw new StoppedError("no wallet is connected");
      const [entry] = await stelai.relayer.listHistory();
      const ask = async (message: string) => {
        const signature = await signMessage(walletClient, { account, message });
        if (run.signal.aborted) throw new StoppedError("the signature came after a stop");
        return signature;
      };
      const key = await askForKey(account.address, ask, entry === undefined);
      run.signed();
      if (entry) {
        const { data } = await stelai.relayer.getHistory({ id: entry.id });
        await open(key, entry.id, data).catch((cause: unknown) => {
          throw new OtherKeyError("another key encrypted what is kept", { cause });
        });
      }
      await keepKey(stelai, account.address, key);
    },
    [stelai],
  );
  const explained = (error: unknown): ExplainedError => {
    if (error instanceof SignatureNotRepeatableError) {
      return { what: t("history.notRepeatable"), money: "notInvolved", todo: t("history.notRepeatableTodo") };
    }
    if (error instanceof OtherKeyError) {
      return { what: t("history.otherKey"), money: "notInvolved", todo: t("history.otherKeyTodo") };
    }
    return explain(error);
  };
  return (
    <SigningSheet
      open
      onClose={onClose}
      onDone={onDone}
      title={t("history.sheet")}
      action={t("history.sheetAction")}
      kind="signature"
      onSign={sign}
      sending={{ label: t("history.sheetSending"), seconds: 2 }}
      explain={explained}
      terms={{
        get: t("history.get"),
        now: t("history.now"),
        to: t("history.to"),
        undo: t("history.undo"),
        cost: t("history.cost"),
      }}
    />
  );
}
