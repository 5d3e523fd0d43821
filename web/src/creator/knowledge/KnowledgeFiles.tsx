import { FileText, Trash2, Upload } from "lucide-react";
import { type DragEvent, type ReactNode, useId, useRef, useState } from "react";
import { decimal } from "../../format/decimal.ts";
import type { Message } from "../../i18n/index.ts";
import { useT } from "../../i18n/react.tsx";
import { Button } from "../../ui/Button.tsx";
import { cx } from "../../ui/cx.ts";
import { Icon } from "../../ui/Icon.tsx";
import { IconButton } from "../../ui/IconButton.tsx";
import { fileProblem, KNOWLEDGE_ACCEPT } from "./files.ts";
import css from "./KnowledgeFiles.module.css";

/** A file's size, as people say it. @param bytes Whole. */
export function formatBytes(bytes: number, locale = "en"): string {
  const isLarge = bytes >= 1_000_000;
  const [value, unit] = isLarge ? [BigInt(bytes), "megabyte"] : [BigInt(bytes) * 1_000n, "kilobyte"];
  return new Intl.NumberFormat(locale, { style: "unit", unit, maximumFractionDigits: 1, roundingMode: "ceil" }).format(
    decimal(value, 6),
  );
}

/** Takes files from this device, by choosing or by dropping them; says by name which are none and why. */
export function FilePicker({ onFiles, disabled = false }: { onFiles: (files: File[]) => void; disabled?: boolean }) {
  const t = useT();
  const input = useRef<HTMLInputElement>(null);
  const hint = useId();
  const [isOver, setOver] = useState(false);
  const [problems, setProblems] = useState<readonly Message[]>([]);
  const take = (files: File[]) => {
    const wrong = files.flatMap((file) => fileProblem(file) ?? []);
    setProblems(wrong);
    const fit = files.filter((file) => fileProblem(file) === undefined);
    if (fit.length > 0) onFiles(fit);
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    if (!disabled) take([...event.dataTransfer.files]);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is a second way; the button inside is the first
    <div
      className={cx(css.picker, isOver && css.over)}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <Button icon={Upload} disabled={disabled} aria-describedby={hint} onClick={() => input.current?.click()}>
        {t("knowledge.add")}
      </Button>
      <p id={hint} className={css.note}>
        {t("knowledge.hint")}
      </p>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        accept={KNOWLEDGE_ACCEPT}
        aria-label={t("knowledge.add")}
        onChange={(event) => {
          const files = [...(event.target.files ?? [])];
          // The same file can be chosen again after it was changed.
          event.target.value = "";
          take(files);
        }}
      />
      {problems.length > 0 && (
        <ul className={css.problems} role="alert">
          {problems.map((each) => (
            <li key={`${each.id} ${each.values?.name}`}>{t(each.id, each.values)}</li>
          ))}
        </ul>
      )}
    </div>
  );
}

export interface FileRowProps {
  name: string;
  /** Bytes. */
  size: number;
  /** Beside the size: passages, or how far it is. */
  note?: ReactNode;
  /** Undefined: it cannot be taken out now. */
  onRemove?: (() => void) | undefined;
}

/** One file in a list. */
export function FileRow({ name, size, note, onRemove }: FileRowProps) {
  const t = useT();
  return (
    <li className={css.file}>
      <Icon of={FileText} size={18} />
      <span className={css.words}>
        <span className={css.name} translate="no">
          {name}
        </span>
        <span className={css.note}>
          {formatBytes(size)}
          {note && <> · {note}</>}
        </span>
      </span>
      {onRemove && <IconButton label={t("knowledge.remove", { name })} icon={Trash2} onClick={onRemove} />}
    </li>
  );
}

/** The list around rows of files. */
export function FileList({ label, children }: { label: string; children: ReactNode }) {
  return (
    <ul className={css.files} aria-label={label}>
      {children}
    </ul>
  );
}
