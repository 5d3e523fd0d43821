import { useStelai } from "@stelai/sdk/react";
import { useMutation } from "@tanstack/react-query";
import { Download } from "lucide-react";
import { useState } from "react";
import type { Address } from "viem";
import { useT } from "../i18n/react.tsx";
import { download } from "../statement/download.ts";
import { Button } from "../ui/Button.tsx";
import { ErrorState } from "../ui/ErrorState.tsx";
import { Input } from "../ui/Input.tsx";
import css from "./Credits.module.css";
import { isSpan, statementName } from "./history.ts";

/** Everything that moved an account's credits between two days, as a file; for users and creators alike. */
export function StatementFile({ account }: { account: Address }) {
  const t = useT();
  const stelai = useStelai();
  const [from, setFrom] = useState("");
  const [to, setTo] = useState("");
  const isOrdered = isSpan(from, to);
  const get = useMutation({
    mutationFn: async () => {
      const answer = await fetch(stelai.credits.statementUrl({ account, ...(from && { from }), ...(to && { to }) }));
      if (!answer.ok) throw new Error(`${answer.status} ${answer.statusText}`);
      download(statementName(account, from, to), await answer.text(), "text/csv");
    },
  });
  return (
    <div className={css.section}>
      <h3>{t("history.file.title")}</h3>
      <p className={css.muted}>{t("history.file.text")}</p>
      <div className={css.file}>
        <Input
          label={t("history.file.from")}
          type="date"
          value={from}
          onChange={(event) => setFrom(event.currentTarget.value)}
        />
        <Input
          label={t("history.file.to")}
          type="date"
          value={to}
          error={isOrdered ? undefined : t("history.file.order")}
          onChange={(event) => setTo(event.currentTarget.value)}
        />
        <Button icon={Download} disabled={!isOrdered || get.isPending} onClick={() => get.mutate()}>
          {t("history.file.get")}
        </Button>
      </div>
      {get.error && (
        <ErrorState
          what={t("history.file.failed")}
          money="notInvolved"
          technical={get.error.message}
          actions={<Button onClick={() => get.mutate()}>{t("chat.again")}</Button>}
        />
      )}
    </div>
  );
}
