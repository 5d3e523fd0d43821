import { useT } from "../../i18n/react.tsx";
import { Chip } from "../../ui/Chip.tsx";
import { Select } from "../../ui/Select.tsx";
import css from "./Form.module.css";
import offered from "./Offered.module.css";

export interface OfferedProps<Id extends string> {
  legend: string;
  /** What the operator can do, its own first one first. */
  options: readonly { id: Id; label: string }[];
  /** What is offered of it, the first one first; nothing chosen offers everything. */
  chosen: readonly Id[];
  onChange: (chosen: readonly Id[]) => void;
  /** Whether the options are called by somebody else's words. */
  isNamed?: boolean;
}

/** Which of several a tool offers, and which of them is meant when nothing is said. */
export function Offered<Id extends string>({ legend, options, chosen, onChange, isNamed }: OfferedProps<Id>) {
  const t = useT();
  const gone = chosen.filter((id) => !options.some((option) => option.id === id)).map((id) => ({ id, label: id }));
  const all = [...options, ...gone];
  if (all.length === 0) return null;
  const translate = isNamed ? "no" : undefined;
  const label = (id: string | undefined) => all.find((option) => option.id === id)?.label ?? "";
  return (
    <fieldset className={css.group}>
      <legend>{legend}</legend>
      <div className={offered.options}>
        {all.map(({ id, label: text }) => (
          <Chip
            key={id}
            pressed={chosen.includes(id)}
            onPress={() => onChange(chosen.includes(id) ? chosen.filter((each) => each !== id) : [...chosen, id])}
          >
            <span translate={translate}>{text}</span>
          </Chip>
        ))}
      </div>
      <p className={css.hint} translate={translate}>
        {chosen.length === 0
          ? t("tools.offer.all", { first: label(all[0]?.id) })
          : t("tools.offer.some", { first: label(chosen[0]) })}
      </p>
      {chosen.length > 1 && (
        <div className={offered.first}>
          <Select
            label={t("tools.offer.first")}
            translate={translate}
            value={chosen[0]}
            options={chosen.map((id) => ({ value: id, label: label(id) }))}
            onChange={(event) => {
              const first = chosen.find((id) => id === event.target.value);
              if (first) onChange([first, ...chosen.filter((id) => id !== first)]);
            }}
          />
        </div>
      )}
    </fieldset>
  );
}
