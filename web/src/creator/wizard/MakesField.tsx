import { MODALITIES } from "@stelai/sdk";
import { useT } from "../../i18n/react.tsx";
import { Choice } from "../Choice.tsx";
import css from "./Form.module.css";
import type { StepProps } from "./Step.tsx";

/** What it makes: the first question, which decides the ones that follow. */
export function MakesField({ draft: { modality }, set }: Pick<StepProps, "draft" | "set">) {
  const t = useT();
  return (
    <Choice
      label={t("tools.makes")}
      value={modality}
      onChange={(chosen) => set({ modality: chosen })}
      options={MODALITIES.map((value) => ({ value, label: t(`tools.makes.${value}`) }))}
    >
      <p>{t(`tools.makesText.${modality}`)}</p>
      <p className={css.hint}>{t("tools.makesFixed")}</p>
    </Choice>
  );
}
