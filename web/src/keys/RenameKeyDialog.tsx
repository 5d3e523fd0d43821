import type { BudgetKey } from "@stelai/sdk";
import { useRenameBudgetKey } from "@stelai/sdk/react";
import { type FormEvent, useId, useState } from "react";
import { useT } from "../i18n/react.tsx";
import { Failed } from "../people/Failed.tsx";
import { Button } from "../ui/Button.tsx";
import { Dialog } from "../ui/Dialog.tsx";
import { Input } from "../ui/Input.tsx";

/** Calls a key something else. Drawn only while open. */
export function RenameKeyDialog({ of, onClose }: { of: BudgetKey; onClose: () => void }) {
  const t = useT();
  const form = useId();
  const rename = useRenameBudgetKey();
  const [name, setName] = useState(of.name);
  const isWrong = name.trim().length === 0;
  const save = (event: FormEvent) => {
    event.preventDefault();
    if (!isWrong) rename.mutate({ id: of.id, name: name.trim() }, { onSuccess: onClose });
  };
  return (
    <Dialog
      open
      onClose={onClose}
      title={t("keys.renameOf", { name: of.name })}
      foot={
        <>
          <Button variant="primary" type="submit" form={form} disabled={rename.isPending}>
            {t("keys.save")}
          </Button>
          <Button onClick={onClose}>{t("keys.cancel")}</Button>
        </>
      }
    >
      <form id={form} onSubmit={save}>
        <Input
          label={t("keys.name")}
          hint={t("keys.nameHint")}
          value={name}
          maxLength={60}
          error={isWrong ? t("keys.nameWrong") : undefined}
          onChange={(event) => setName(event.currentTarget.value)}
        />
      </form>
      {rename.error && <Failed error={rename.error} />}
    </Dialog>
  );
}
