import { useT } from "../../i18n/react.tsx";
import { TextArea } from "../../ui/TextArea.tsx";
import { LONGEST } from "../draft.ts";
import type { StepProps } from "./Step.tsx";

/** How it thinks and speaks: what the operator keeps for itself. */
export function MindStep({ draft, set, problem }: StepProps) {
  const t = useT();
  return (
    <TextArea
      label={t("publish.prompt")}
      hint={t("publish.promptHint")}
      value={draft.systemPrompt}
      maxLength={LONGEST.systemPrompt}
      required
      rows={14}
      error={problem("systemPrompt")}
      onChange={(event) => set({ systemPrompt: event.target.value })}
    />
  );
}
