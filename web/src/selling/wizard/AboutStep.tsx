import { useT } from "../../i18n/react.tsx";
import { Input } from "../../ui/Input.tsx";
import { TextArea } from "../../ui/TextArea.tsx";
import { LONGEST, type SellDraft } from "../draft.ts";
import type { SellStepProps } from "./Step.tsx";

export type Words = Pick<SellDraft, "title" | "description" | "tags">;

export interface WordsFieldsProps {
  values: Words;
  onChange: (values: Partial<Words>) => void;
  problem: SellStepProps["problem"];
}

/** Title, description and tags: what buyers read and search. */
export function WordsFields({ values, onChange, problem }: WordsFieldsProps) {
  const t = useT();
  return (
    <>
      <Input
        label={t("sell.title")}
        maxLength={LONGEST.title}
        autoComplete="off"
        value={values.title}
        error={problem("title")}
        onChange={(event) => onChange({ title: event.target.value })}
      />
      <TextArea
        label={t("sell.description")}
        hint={t("sell.descriptionHint")}
        optional
        maxLength={LONGEST.description}
        value={values.description}
        onChange={(event) => onChange({ description: event.target.value })}
      />
      <Input
        label={t("sell.tags")}
        hint={t("sell.tagsHint")}
        optional
        autoComplete="off"
        value={values.tags}
        error={problem("tags")}
        onChange={(event) => onChange({ tags: event.target.value })}
      />
    </>
  );
}

/** The first step: what it is called. The file and its preview stand beside every step. */
export function AboutStep({ draft, change, problem }: SellStepProps) {
  return <WordsFields values={draft} onChange={(values) => change({ kind: "set", values })} problem={problem} />;
}
