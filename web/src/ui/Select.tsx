import type { ComponentProps } from "react";
import { Field, type FieldProps } from "./Field.tsx";

export interface SelectOption {
  value: string;
  label: string;
  disabled?: boolean;
}

type SelectProps = FieldProps &
  Omit<ComponentProps<"select">, "id" | "className" | "children"> & { options: readonly SelectOption[] };

/** A choice of one, with the device's own list. */
export function Select({ label, hint, error, optional, options, ...rest }: SelectProps) {
  return (
    <Field label={label} hint={hint} error={error} {...(optional && { optional })}>
      {(control) => (
        <select {...rest} {...control}>
          {options.map((option) => (
            <option key={option.value} value={option.value} disabled={option.disabled}>
              {option.label}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}
