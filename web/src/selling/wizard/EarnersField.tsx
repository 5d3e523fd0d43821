import { WHOLE_BPS } from "@stelai/sdk";
import { Trash2, UserPlus } from "lucide-react";
import { useId } from "react";
import { Choice } from "../../creator/Choice.tsx";
import form from "../../creator/wizard/Form.module.css";
import { shorten } from "../../format/hash.ts";
import { useT } from "../../i18n/react.tsx";
import { Button } from "../../ui/Button.tsx";
import { IconButton } from "../../ui/IconButton.tsx";
import { Input } from "../../ui/Input.tsx";
import type { SellDraft } from "../draft.ts";
import css from "../Selling.module.css";
import { findPerson, type KnownPerson, MOST_EARNERS, restOfShares, sumOfShares } from "../shares.ts";
import type { SellStepProps } from "./Step.tsx";

export interface EarnersFieldProps {
  draft: Pick<SellDraft, "isShared" | "mine" | "earners">;
  change: SellStepProps["change"];
  problem: SellStepProps["problem"];
  known: readonly KnownPerson[];
}

/** Who earns: the seller alone, or several people, each by address or name, together 100 %. */
export function EarnersField({ draft, change, problem, known }: EarnersFieldProps) {
  const t = useT();
  const names = useId();
  const { isShared, mine, earners } = draft;
  const sum = sumOfShares(draft);
  const rest = restOfShares(earners);
  const set = (values: Partial<SellDraft>) => change({ kind: "set", values });
  return (
    <div className={css.stack}>
      <Choice
        label={t("sell.earns")}
        value={isShared}
        onChange={(next) => set({ isShared: next })}
        options={[
          { value: false, label: t("sell.alone") },
          { value: true, label: t("sell.several") },
        ]}
      >
        {isShared && t("sell.severalText")}
      </Choice>
      {isShared && (
        <fieldset className={form.group}>
          <legend>{t("sell.shares")}</legend>
          <div className={css.earner}>
            <div className={css.you}>{t("sell.you")}</div>
            <Input
              label={t("sell.yourPercent")}
              inputMode="decimal"
              autoComplete="off"
              value={mine}
              error={problem("mine")}
              onChange={(event) => set({ mine: event.target.value })}
            />
          </div>
          {earners.map(({ who, percent }, at) => {
            const found = findPerson(who, known);
            const isNamed = typeof found !== "string" && who.trim().toLowerCase() !== found.address.toLowerCase();
            return (
              // biome-ignore lint/suspicious/noArrayIndexKey: rows are known by their place alone
              <div key={at} className={css.earner}>
                <Input
                  label={t("sell.who", { number: at + 1 })}
                  hint={isNamed ? t("sell.whoFound", { address: shorten(found.address) }) : undefined}
                  autoComplete="off"
                  spellCheck={false}
                  translate="no"
                  list={names}
                  value={who}
                  error={problem(`earner${at}`)}
                  onChange={(event) => change({ kind: "earner", at, values: { who: event.target.value } })}
                />
                <Input
                  label={t("sell.percent", { number: at + 1 })}
                  inputMode="decimal"
                  autoComplete="off"
                  value={percent}
                  error={problem(`percent${at}`)}
                  onChange={(event) => change({ kind: "earner", at, values: { percent: event.target.value } })}
                />
                <IconButton
                  label={t("sell.removeWho", { number: at + 1 })}
                  icon={Trash2}
                  onClick={() => change({ kind: "removeEarner", at })}
                />
              </div>
            );
          })}
          <datalist id={names}>
            {known.map(({ address, name }) => (
              <option key={`${address} ${name}`} value={name} />
            ))}
          </datalist>
          <div className={css.row}>
            <Button
              size="small"
              icon={UserPlus}
              disabled={earners.length >= MOST_EARNERS}
              onClick={() => change({ kind: "addEarner" })}
            >
              {t("sell.addWho")}
            </Button>
            {rest !== undefined && rest !== mine.trim() && (
              <Button size="small" variant="quiet" onClick={() => set({ mine: rest })}>
                {t("sell.rest", { percent: rest })}
              </Button>
            )}
            <output className={sum === WHOLE_BPS ? css.note : css.bad}>
              {sum === undefined ? t("sell.sumUnknown") : t("sell.sum", { sum: String(sum / 100) })}
            </output>
          </div>
          {problem("shares") && (
            <p className={css.bad} role="alert">
              {problem("shares")}
            </p>
          )}
          <p className={form.hint}>{t("sell.whoHint")}</p>
        </fieldset>
      )}
    </div>
  );
}
