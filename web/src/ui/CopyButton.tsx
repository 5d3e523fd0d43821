import { Check, Copy } from "lucide-react";
import { useEffect, useState } from "react";
import { useT } from "../i18n/react.tsx";
import css from "./Hash.module.css";
import { Icon } from "./Icon.tsx";
import { useToast } from "./Toast.tsx";

/** Copies a text. @param what Names it for a screen reader: "address". */
export function CopyButton({ text, what }: { text: string; what: string }) {
  const t = useT();
  const echo = useToast();
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return undefined;
    const timer = window.setTimeout(() => setCopied(false), 2_000);
    return () => window.clearTimeout(timer);
  }, [copied]);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      setCopied(true);
      echo(t("ui.copied"));
    } catch {
      echo(t("ui.copyFailed"));
    }
  };
  return (
    <button type="button" className={css.copy} aria-label={t("ui.copy", { what })} onClick={() => void copy()}>
      <Icon of={copied ? Check : Copy} size={14} />
    </button>
  );
}
