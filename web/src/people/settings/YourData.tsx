import { useStelai } from "@stelai/sdk/react";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import type { Address } from "viem";
import { useSignIn } from "../../access/SignInProvider.tsx";
import { forgetSignIn } from "../../access/signInStore.ts";
import { shorten } from "../../format/hash.ts";
import { useT } from "../../i18n/react.tsx";
import { Button } from "../../ui/Button.tsx";
import { Dialog } from "../../ui/Dialog.tsx";
import { Input } from "../../ui/Input.tsx";
import { useToast } from "../../ui/Toast.tsx";
import { Failed } from "../Failed.tsx";
import { turnOff } from "../history/store.ts";
import { saveFile } from "../save.ts";
import { Section } from "./Section.tsx";
import css from "./Settings.module.css";

/** Everything that the operator keeps of the account: as a file, and gone. */
export function YourData({ account }: { account: Address }) {
  const t = useT();
  const stelai = useStelai();
  const { dropAfter } = useSignIn();
  const [isAsking, setAsking] = useState(false);
  const take = useMutation({
    mutationFn: async () => {
      const everything = await stelai.relayer.exportAccount();
      saveFile(`stelai-${shorten(account)}.json`, JSON.stringify(everything, null, 2), "application/json");
    },
    onError: (error) => void dropAfter(error),
  });
  return (
    <Section title={t("data.title")}>
      <p className={css.muted}>{t("data.text")}</p>
      <div className={css.buttons}>
        <Button disabled={take.isPending} onClick={() => take.mutate()}>
          {take.isPending ? t("data.exporting") : t("data.export")}
        </Button>
        <Button variant="danger" onClick={() => setAsking(true)}>
          {t("data.delete")}
        </Button>
      </div>
      {take.isSuccess && <p role="status">{t("data.exported")}</p>}
      {take.error && <Failed error={take.error} onAgain={() => take.mutate()} />}
      <DeleteDialog account={account} open={isAsking} onClose={() => setAsking(false)} />
    </Section>
  );
}

function DeleteDialog({ account, open, onClose }: { account: Address; open: boolean; onClose: () => void }) {
  const t = useT();
  const echo = useToast();
  const stelai = useStelai();
  const { drop } = useSignIn();
  const [typed, setTyped] = useState("");
  const word = t("data.word");
  const remove = useMutation({
    mutationFn: () => stelai.relayer.deleteAccount(),
    onSuccess: async () => {
      // The operator forgot the key; this browser need not keep it.
      await forgetSignIn(stelai, account);
      await turnOff(stelai, account);
      echo(t("data.deleted"));
      drop();
    },
  });
  return (
    <Dialog
      open={open}
      onClose={() => {
        setTyped("");
        onClose();
      }}
      dismissible={!remove.isPending}
      title={t("data.deleteSure")}
      description={t("data.deletes")}
      foot={
        <>
          <Button
            variant="danger"
            disabled={typed.trim().toLowerCase() !== word || remove.isPending}
            onClick={() => remove.mutate()}
          >
            {t("data.confirm")}
          </Button>
          <Button onClick={onClose} disabled={remove.isPending}>
            {t("settings.cancel")}
          </Button>
        </>
      }
    >
      <div className={css.sections}>
        <ul className={css.stays}>
          <li>{t("data.staysBooks")}</li>
          <li>{t("data.staysUploads")}</li>
          <li>{t("data.staysReports")}</li>
          <li>{t("data.staysChain")}</li>
          <li>{t("data.staysBrowser")}</li>
        </ul>
        <Input
          label={t("data.type", { word })}
          value={typed}
          autoComplete="off"
          autoCapitalize="off"
          onChange={(event) => setTyped(event.target.value)}
        />
        {remove.error && <Failed error={remove.error} />}
      </div>
    </Dialog>
  );
}
