import { CircleAlert } from "lucide-react";
import { type ReactNode, useId } from "react";
import { useT } from "../i18n/react.tsx";
import css from "./Field.module.css";
import { Icon } from "./Icon.tsx";

export interface FieldProps {
  label: string;
  /** What to know before typing. */
  hint?: ReactNode;
  /** What is wrong and how to mend it; shown in place until it is right. */
  error?: string | undefined;
  optional?: boolean;
}

/** What a control inside a field carries, so that label, hint and error belong to it. */
export interface ControlProps {
  id: string;
  className: string | undefined;
  "aria-describedby": string | undefined;
  "aria-invalid": true | undefined;
}

/** Label, hint and error around one control. */
export function Field({
  label,
  hint,
  error,
  optional,
  children,
}: FieldProps & { children: (control: ControlProps) => ReactNode }) {
  const id = useId();
  const t = useT();
  const described = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(" ");
  return (
    <div className={css.field}>
      <label className={css.label} htmlFor={id}>
        {label} {optional && <span className={css.optional}>{t("ui.optional")}</span>}
      </label>
      {children({
        id,
        className: css.control,
        "aria-describedby": described || undefined,
        "aria-invalid": error ? true : undefined,
      })}
      {hint && (
        <div className={css.hint} id={`${id}-hint`}>
          {hint}
        </div>
      )}
      {error && (
        <div className={css.error} id={`${id}-error`} role="alert">
          <Icon of={CircleAlert} size={14} />
          {error}
        </div>
      )}
    </div>
  );
}
