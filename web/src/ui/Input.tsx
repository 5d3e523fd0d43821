import type { ComponentProps } from "react";
import { Field, type FieldProps } from "./Field.tsx";

/** One line of text. */
export function Input({
  label,
  hint,
  error,
  optional,
  ...rest
}: FieldProps & Omit<ComponentProps<"input">, "id" | "className">) {
  return (
    <Field label={label} hint={hint} error={error} {...(optional && { optional })}>
      {(control) => <input {...rest} {...control} />}
    </Field>
  );
}
