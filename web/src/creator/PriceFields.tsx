import type { Modality, Terms } from "@stelai/sdk";
import { useT } from "../i18n/react.tsx";
import type { MessageId } from "../locales/en/index.ts";
import { Input } from "../ui/Input.tsx";
import type { PriceField } from "./draft.ts";
import css from "./PriceFields.module.css";
import { priceWarnings } from "./price.ts";

type Fields = readonly [PriceField, MessageId, MessageId][];

const usesOf = (modality: Modality): Fields =>
  modality === "Chat"
    ? [
        ["perMessage", "publish.perMessage", "publish.perMessageHint"],
        ["perThousand", "publish.perThousand", "publish.perThousandHint"],
      ]
    : [
        ["perMessage", "tools.perUse", "tools.perUseHint"],
        ["perThousand", `tools.perUnit.${modality}`, "tools.perUnitHint"],
      ];
const PASSES: Fields = [
  ["monthly", "publish.monthly", "publish.monthlyHint"],
  ["annual", "publish.annual", "publish.annualHint"],
  ["lifetime", "publish.lifetime", "publish.lifetimeHint"],
];

export interface PriceFieldsProps {
  modality: Modality;
  /** In credits, as typed. */
  values: Readonly<Record<PriceField, string>>;
  onChange: (field: PriceField, text: string) => void;
  problem: (field: PriceField) => string | undefined;
}

/** The five prices of a character: by use, and for passes; any mix. */
export function PriceFields({ modality, values, onChange, problem }: PriceFieldsProps) {
  const t = useT();
  const group = (legend: MessageId, text: MessageId, fields: Fields) => (
    <fieldset className={css.group}>
      <legend>{t(legend)}</legend>
      <p className={css.hint}>{t(text)}</p>
      <div className={css.fields}>
        {fields.map(([field, label, hint]) => (
          <Input
            key={field}
            label={t(label)}
            hint={t(hint)}
            inputMode="decimal"
            autoComplete="off"
            value={values[field]}
            error={problem(field)}
            onChange={(event) => onChange(field, event.target.value)}
          />
        ))}
      </div>
    </fieldset>
  );
  return (
    <>
      {group("publish.byUse", "publish.byUseText", usesOf(modality))}
      {group("publish.byPass", modality === "Chat" ? "publish.byPassText" : "tools.byPassText", PASSES)}
    </>
  );
}

/** What may not be meant with these prices, as advice. */
export function PriceWarnings({ terms, modality }: { terms: Terms | undefined; modality: Modality }) {
  const t = useT();
  const warnings = terms ? priceWarnings(terms, modality) : [];
  return (
    <div className={css.warnings} role="status">
      {warnings.map((id) => (
        <p key={id}>{t(id)}</p>
      ))}
    </div>
  );
}
