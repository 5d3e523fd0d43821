import { Plus, Trash2 } from "lucide-react";
import { useState } from "react";
import { useT } from "../../i18n/react.tsx";
import { Button } from "../../ui/Button.tsx";
import { IconButton } from "../../ui/IconButton.tsx";
import { Input } from "../../ui/Input.tsx";
import { TextArea } from "../../ui/TextArea.tsx";
import { LONGEST } from "../draft.ts";
import { dropKeptFile, keepFile } from "../knowledge/files.ts";
import { FileList, FilePicker, FileRow } from "../knowledge/KnowledgeFiles.tsx";
import css from "./Form.module.css";
import type { StepProps } from "./Step.tsx";

const MOST_LORE = 100;

/** What it knows: files that are read into its answers, and lore that is part of its persona. */
export function KnowledgeStep(props: StepProps) {
  const t = useT();
  const { draft, change } = props;
  const [isFailed, setFailed] = useState(false);
  const keep = async (files: File[]) => {
    setFailed(false);
    try {
      for (const file of files) change({ kind: "addFile", file: await keepFile(file) });
    } catch {
      // Full or forbidden storage: told, and nothing of the draft is lost by it.
      setFailed(true);
    }
  };
  return (
    <>
      <section className={css.group}>
        <h3 className={css.label}>{t("knowledge.files")}</h3>
        <p className={css.hint}>{t("knowledge.filesText")}</p>
        <FilePicker onFiles={(files) => void keep(files)} />
        {isFailed && (
          <p className={css.wrong} role="alert">
            {t("knowledge.notKept")}
          </p>
        )}
        {draft.files.length > 0 && (
          <FileList label={t("knowledge.files")}>
            {draft.files.map(({ id, name, size }) => (
              <FileRow
                key={id}
                name={name}
                size={size}
                note={t("knowledge.afterPublishing")}
                onRemove={() => {
                  change({ kind: "removeFile", id });
                  void dropKeptFile(id);
                }}
              />
            ))}
          </FileList>
        )}
      </section>
      <Lore {...props} />
    </>
  );
}

function Lore({ draft, change, problem }: StepProps) {
  const t = useT();
  return (
    <section className={css.group}>
      <h3 className={css.label}>{t("publish.lore")}</h3>
      <p className={css.hint}>{t("publish.loreHint")}</p>
      {draft.lore.map(({ title, keywords, text: content }, at) => {
        const update = (values: Partial<(typeof draft.lore)[number]>) => change({ kind: "lore", at, values });
        const number = at + 1;
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: entries have no name of their own and never change places
          <fieldset key={at} className={css.entry}>
            <legend>{t("publish.loreEntry", { number })}</legend>
            <IconButton
              label={t("publish.loreRemove", { number })}
              icon={Trash2}
              className={css.remove}
              onClick={() => change({ kind: "removeLore", at })}
            />
            <Input
              label={t("publish.loreTitle")}
              value={title}
              maxLength={LONGEST.loreTitle}
              autoComplete="off"
              error={problem(`lore${at}`)}
              onChange={(event) => update({ title: event.target.value })}
            />
            <Input
              label={t("publish.loreKeywords")}
              hint={t("publish.loreKeywordsHint")}
              optional
              value={keywords}
              autoComplete="off"
              onChange={(event) => update({ keywords: event.target.value })}
            />
            <TextArea
              label={t("publish.loreText")}
              value={content}
              maxLength={LONGEST.loreText}
              onChange={(event) => update({ text: event.target.value })}
            />
          </fieldset>
        );
      })}
      <div>
        <Button icon={Plus} onClick={() => change({ kind: "addLore" })} disabled={draft.lore.length >= MOST_LORE}>
          {t("publish.loreAdd")}
        </Button>
      </div>
    </section>
  );
}
