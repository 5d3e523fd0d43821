import { charactersIn } from "@stelai/sdk";
import type { KeyboardEvent } from "react";
import { formatCount } from "../format/money.ts";
import { useT } from "../i18n/react.tsx";
import { TextArea } from "../ui/TextArea.tsx";
import css from "./Workbench.module.css";

const isApple = /Mac|iPhone|iPad/.test(navigator.userAgent);

export interface PromptFieldProps {
  /** The question above it. */
  label: string;
  text: string;
  onText: (text: string) => void;
  /** The longest one, in Unicode code points; unknown before a tool is chosen. */
  most?: number | undefined;
  /** Ctrl or Cmd and Enter. */
  onSubmit?: (() => void) | undefined;
}

/** Where one says what to make. Characters are counted as the price counts them. */
export function PromptField({ label, text, onText, most, onSubmit }: PromptFieldProps) {
  const t = useT();
  const count = charactersIn(text.trim());
  const over = most === undefined ? 0 : count - most;
  const key = (event: KeyboardEvent) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.nativeEvent.isComposing) return;
    event.preventDefault();
    onSubmit?.();
  };
  return (
    <TextArea
      label={label}
      value={text}
      onChange={(event) => onText(event.currentTarget.value)}
      onKeyDown={key}
      rows={4}
      translate="no"
      {...(over > 0 &&
        most !== undefined && {
          error: t("studio.prompt.tooLong", { over: formatCount(over), most: formatCount(most) }),
        })}
      {...(most !== undefined && {
        hint: (
          <span className={css.count}>
            <span>{t("studio.prompt.count", { count: formatCount(count), most: formatCount(most) })}</span>
            <span className={css.keys}>
              {t("studio.prompt.keys", { key: isApple ? "⌘" : t("studio.prompt.ctrl") })}
            </span>
          </span>
        ),
      })}
    />
  );
}
