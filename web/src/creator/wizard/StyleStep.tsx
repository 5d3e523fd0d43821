import type { ReactNode } from "react";
import { useT } from "../../i18n/react.tsx";
import type { MadeModality } from "../../studio/modalities.ts";
import { Input } from "../../ui/Input.tsx";
import { Select } from "../../ui/Select.tsx";
import { TextArea } from "../../ui/TextArea.tsx";
import { type DraftStyle, KNOWS, LONGEST_TOOL, STYLE_CHOICES, type StyleNumber } from "../tool/draftTool.ts";
import css from "./Form.module.css";
import { PaletteField } from "./PaletteField.tsx";
import type { StepProps } from "./Step.tsx";

interface StyleStepProps extends Pick<StepProps, "draft" | "change" | "problem"> {
  modality: MadeModality;
}

const HINTS = {
  grain: "tools.style.grainHint",
  pace: "tools.style.paceHint",
  pitch: "tools.style.pitchHint",
  speechPace: "tools.style.speechPaceHint",
  tempo: "tools.style.tempoHint",
} as const;

/** How a tool makes what it makes: what the operator keeps for itself. */
export function StyleStep({ modality, draft: { style }, change, problem }: StyleStepProps) {
  const t = useT();
  const knows = KNOWS[modality];
  const set = (values: Partial<DraftStyle>) => change({ kind: "style", values });
  const number = (field: StyleNumber) => (
    <Input
      label={t(`tools.style.${field}`)}
      hint={t(HINTS[field])}
      optional
      inputMode="decimal"
      autoComplete="off"
      value={style[field]}
      error={problem(field)}
      onChange={(event) => set({ [field]: event.target.value })}
    />
  );
  const group = (title: "look" | "motion" | "speech" | "score", children: ReactNode) => (
    <section className={css.group}>
      <h3 className={css.label}>{t(`tools.style.${title}`)}</h3>
      {children}
    </section>
  );
  return (
    <>
      <p className={css.hint}>{t("tools.style.private")}</p>
      <TextArea
        label={t("tools.style.instructions")}
        hint={t("tools.style.instructionsHint")}
        optional
        value={style.instructions}
        maxLength={LONGEST_TOOL.instructions}
        onChange={(event) => set({ instructions: event.target.value })}
      />
      {knows.look &&
        group(
          "look",
          <>
            <div className={css.pair}>
              <Select
                label={t("tools.style.scene")}
                value={style.scene}
                options={STYLE_CHOICES.scene.map((value) => ({ value, label: t(`tools.style.scene.${value}`) }))}
                onChange={(event) => set({ scene: event.target.value })}
              />
              <Select
                label={t("tools.style.line")}
                value={style.line}
                options={STYLE_CHOICES.line.map((value) => ({ value, label: t(`tools.style.line.${value}`) }))}
                onChange={(event) => set({ line: event.target.value })}
              />
            </div>
            <PaletteField palette={style.palette} error={problem("palette")} onChange={(palette) => set({ palette })} />
            {number("grain")}
          </>,
        )}
      {knows.motion &&
        group(
          "motion",
          <div className={css.pair}>
            <Select
              label={t("tools.style.camera")}
              value={style.camera}
              options={STYLE_CHOICES.camera.map((value) => ({ value, label: t(`tools.style.camera.${value}`) }))}
              onChange={(event) => set({ camera: event.target.value })}
            />
            {number("pace")}
          </div>,
        )}
      {knows.speech &&
        group(
          "speech",
          <div className={css.pair}>
            {number("pitch")}
            {number("speechPace")}
          </div>,
        )}
      {knows.score &&
        group(
          "score",
          <>
            <div className={css.pair}>
              <Select
                label={t("tools.style.genre")}
                value={style.genre}
                options={STYLE_CHOICES.genre.map((value) => ({ value, label: t(`tools.style.genre.${value}`) }))}
                onChange={(event) => set({ genre: event.target.value })}
              />
              <Select
                label={t("tools.style.mode")}
                value={style.mode}
                options={STYLE_CHOICES.mode.map((value) => ({
                  value,
                  label: t(`tools.style.mode.${value === "" ? "any" : value}`),
                }))}
                onChange={(event) => set({ mode: event.target.value })}
              />
            </div>
            {number("tempo")}
          </>,
        )}
    </>
  );
}
