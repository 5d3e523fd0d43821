import type { Terms } from "@stelai/sdk";
import { useT } from "../i18n/react.tsx";
import type { MessageId } from "../locales/en/index.ts";
import { Input } from "../ui/Input.tsx";
import type { PriceField } from "./draft.ts";
import css from "./PriceFields.module.css";
import { priceWarnings } from "./price.ts";

const USE: readonly [PriceField, MessageId, MessageId][] = [
  ["perMessage", "publish.perMessage", "publish.perMessageHint"],
  ["perThousand", "publish.perThousand", "publish.perThousandHint"],
];
const PASSES: readonly [PriceField, MessageId, MessageId][] = [
  ["monthly", "publish.monthly", "publish.monthlyHint"],
  ["annual", "publish.annual", "publish.annualHint"],
  ["lifetime", "publish.lifetime", "publish.lifetimeHint"],
];

export interface PriceFieldsProps {
  /** In credits, as typed. */
  values: Readonly<Record<PriceField, string>>;
  onChange: (field: PriceField, text: string) => void;
  problem: (field: PriceField) => string | undefined;
}

/** The five prices of a character: by use, and for passes; any mix. */
export function PriceFields({ values, onChange, problem }: PriceFieldsProps) {
  const t = useT();
  const group = (legend: MessageId, text: MessageId, fields: typeof USE) => (
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
      {group("publish.byUse", "publish.byUseText", USE)}
      {group("publish.byPass", "publish.byPassText", PASSES)}
    </>
  );
}

/** What may not be meant with these prices, as advice. */
export function PriceWarnings({ terms }: { terms: Terms | undefined }) {
  const t = useT();
  const warnings = terms ? priceWarnings(terms) : [];
  return (
    <ul className={css.warnings} role="status">
      {warnings.map((id) => (
        <li key={id}>{t(id)}</li>
      ))}
    </ul>
  );
}
