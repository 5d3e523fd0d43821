import { type ReactNode, useId } from "react";
import { Chip } from "../ui/Chip.tsx";
import css from "./Choice.module.css";

export interface ChoiceProps<Value> {
  label: string;
  options: readonly { value: Value; label: string }[];
  value: Value;
  onChange: (value: Value) => void;
  /** What the chosen one means. */
  children?: ReactNode;
}

/** One of two or three, as toggles. */
export function Choice<Value extends string | boolean>({
  label,
  options,
  value,
  onChange,
  children,
}: ChoiceProps<Value>) {
  const id = useId();
  return (
    // biome-ignore lint/a11y/useSemanticElements: a row of toggles, not of form fields
    <div role="group" aria-labelledby={id} className={css.choice}>
      <span id={id} className={css.label}>
        {label}
      </span>
      <div className={css.options}>
        {options.map((option) => (
          <Chip key={String(option.value)} pressed={option.value === value} onPress={() => onChange(option.value)}>
            {option.label}
          </Chip>
        ))}
      </div>
      {children && <div className={css.meaning}>{children}</div>}
    </div>
  );
}
