import type { AccountInfo } from "@stelai/sdk";
import { type FormEvent, useState } from "react";
import { T, useT } from "../../i18n/react.tsx";
import { Button } from "../../ui/Button.tsx";
import { Input } from "../../ui/Input.tsx";
import { Failed } from "../Failed.tsx";
import { Section } from "./Section.tsx";
import css from "./Settings.module.css";
import { useSave } from "./useAccount.ts";

/** Where notifications are mailed, once the address was confirmed. */
export function Mail({ account }: { account: AccountInfo }) {
  const t = useT();
  const { enabled, address, confirmed } = account.mail;
  const [text, setText] = useState(address ?? "");
  const [isTried, setTried] = useState(false);
  const save = useSave<string | null>((stelai, to) => stelai.relayer.setMail({ address: to }));
  const typed = text.trim();
  const isWhole = /^[^\s@]+@[^\s@]+\.[^\s@]{2,}$/.test(typed);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (isWhole) save.mutate(typed);
  };
  const isSame = typed === address;
  return (
    <Section title={t("mail.title")}>
      {!enabled && <p className={css.muted}>{t("mail.off")}</p>}
      {address !== null && (
        <p role="status">
          <T
            id={confirmed ? "mail.confirmed" : "mail.waiting"}
            values={{ address }}
            components={{ address: <span translate="no" /> }}
          />
        </p>
      )}
      {enabled && (
        <form className={css.form} onSubmit={submit} noValidate>
          <Input
            label={t("mail.field")}
            type="email"
            autoComplete="email"
            value={text}
            onChange={(event) => {
              setText(event.target.value);
              setTried(false);
            }}
            hint={t("mail.hint")}
            error={isTried && !isWhole ? t("mail.problem") : undefined}
          />
          <div className={css.buttons}>
            <Button type="submit" disabled={save.isPending || (isSame && confirmed)}>
              {address === null ? t("mail.save") : isSame ? t("mail.saveAgain") : t("mail.change")}
            </Button>
          </div>
        </form>
      )}
      {address !== null && (
        <Button
          variant="quiet"
          disabled={save.isPending}
          onClick={() => save.mutate(null, { onSuccess: () => setText("") })}
        >
          {t("mail.remove")}
        </Button>
      )}
      {save.error !== null && <Failed error={save.error} />}
    </Section>
  );
}
