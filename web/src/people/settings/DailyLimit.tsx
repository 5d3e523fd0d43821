import type { AccountInfo } from "@stelai/sdk";
import { type FormEvent, useState } from "react";
import { parsePrice, priceText } from "../../creator/price.ts";
import { formatCredits, WEI_PER_MICROCREDIT } from "../../format/money.ts";
import { formatMoment } from "../../format/time.ts";
import { useT } from "../../i18n/react.tsx";
import { Button } from "../../ui/Button.tsx";
import { Input } from "../../ui/Input.tsx";
import { Failed } from "../Failed.tsx";
import { Section } from "./Section.tsx";
import css from "./Settings.module.css";
import { useSave } from "./useAccount.ts";

const credits = (micro: bigint, rounding: "up" | "down") => formatCredits(micro * WEI_PER_MICROCREDIT, { rounding });

/** The most that all tabs of the account may spend a day with this operator. */
export function DailyLimit({ account }: { account: AccountInfo }) {
  const t = useT();
  const { dailyLimit, spentToday, resetsAt } = account;
  const [text, setText] = useState(dailyLimit === null ? "" : priceText(dailyLimit));
  const [isTried, setTried] = useState(false);
  const save = useSave<bigint | null>((stelai, limit) => stelai.relayer.setDailyLimit({ dailyLimit: limit }));
  const parsed = text.trim() === "" ? "unreadable" : parsePrice(text);
  const at = formatMoment(resetsAt);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (typeof parsed === "bigint") save.mutate(parsed);
  };
  const remove = () => save.mutate(null, { onSuccess: () => setText("") });
  return (
    <Section title={t("limit.title")}>
      <p className={css.muted}>{t("limit.text")}</p>
      <p>
        {dailyLimit === null
          ? t("limit.spentNoLimit", { spent: credits(spentToday, "up"), at })
          : t("limit.spent", { spent: credits(spentToday, "up"), limit: credits(dailyLimit, "down"), at })}
      </p>
      {dailyLimit !== null && dailyLimit <= spentToday && <p className={css.due}>{t("limit.reached", { at })}</p>}
      <form className={css.form} onSubmit={submit}>
        <Input
          label={t("limit.field")}
          inputMode="decimal"
          autoComplete="off"
          value={text}
          onChange={(event) => {
            setText(event.target.value);
            setTried(false);
          }}
          hint={parsed === 0n ? t("limit.zero") : undefined}
          error={isTried && typeof parsed !== "bigint" ? t(`limit.problem.${parsed}`) : undefined}
        />
        <div className={css.buttons}>
          <Button type="submit" disabled={save.isPending}>
            {t("limit.save")}
          </Button>
          {dailyLimit !== null && (
            <Button variant="quiet" disabled={save.isPending} onClick={remove}>
              {t("limit.remove")}
            </Button>
          )}
        </div>
      </form>
      {save.error !== null && <Failed error={save.error} />}
    </Section>
  );
}
