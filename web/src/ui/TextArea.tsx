import type { ComponentProps } from "react";
import { Field, type FieldProps } from "./Field.tsx";

/** Several lines of text; grows with what is typed. */
export function TextArea({
  label,
  hint,
  error,
  optional,
  ...rest
}: FieldProps & Omit<ComponentProps<"textarea">, "id" | "className">) {
  return (
    <Field label={label} hint={hint} error={error} {...(optional && { optional })}>
      {(control) => <textarea {...rest} {...control} />}
    </Field>
  );
}
