import { QUALITIES, type Tool } from "@stelai/sdk";
import { Plus, Trash2 } from "lucide-react";
import { useT } from "../../i18n/react.tsx";
import type { MadeModality } from "../../studio/modalities.ts";
import { Button } from "../../ui/Button.tsx";
import { IconButton } from "../../ui/IconButton.tsx";
import { Input } from "../../ui/Input.tsx";
import { Select } from "../../ui/Select.tsx";
import { TextArea } from "../../ui/TextArea.tsx";
import { type DraftPreset, KNOWS, LONGEST_TOOL, MOST_PRESETS, RECOMMENDED_PRESETS } from "../tool/draftTool.ts";
import { useSizeWords } from "../tool/useSizeWords.ts";
import css from "./Form.module.css";
import type { StepProps } from "./Step.tsx";

export interface PresetFieldsProps extends Pick<StepProps, "draft" | "change" | "problem"> {
  modality: MadeModality;
  able: Tool | undefined;
}

/** What a tool begins with: prompts, each with what it wants set. */
export function PresetFields({ modality, draft, change, problem, able }: PresetFieldsProps) {
  const t = useT();
  const sizeWords = useSizeWords();
  const knows = KNOWS[modality];
  const { offer } = draft;
  /** Of what the tool offers, or else of what the operator can do; what was chosen before stays to be seen. */
  const options = (
    offered: readonly string[],
    can: readonly string[],
    chosen: string,
    word: (id: string) => string,
  ) => {
    const ids = [...new Set([...(offered.length > 0 ? offered : can), ...(chosen === "" ? [] : [chosen])])];
    return [{ value: "", label: t("tools.preset.own") }, ...ids.map((id) => ({ value: id, label: word(id) }))];
  };
  const voiceName = (id: string) => able?.voices.find((voice) => voice.id === id)?.name ?? id;
  const qualityWord = (id: string) => {
    const quality = QUALITIES.find((one) => one === id);
    return quality ? t(`tools.quality.${quality}`) : id;
  };
  return (
    <section className={css.group}>
      <h3 className={css.label}>{t("tools.presets")}</h3>
      <p className={css.hint}>{t("tools.presetsHint", { most: MOST_PRESETS, recommended: RECOMMENDED_PRESETS })}</p>
      {offer.presets.map((preset, at) => {
        const number = at + 1;
        const update = (values: Partial<DraftPreset>) => change({ kind: "preset", at, values });
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: presets have no name of their own and never change places
          <fieldset key={at} className={css.entry}>
            <legend>{t("tools.preset", { number })}</legend>
            <IconButton
              label={t("tools.presetRemove", { number })}
              icon={Trash2}
              className={css.remove}
              onClick={() => change({ kind: "removePreset", at })}
            />
            <Input
              label={t("tools.preset.name")}
              value={preset.name}
              maxLength={LONGEST_TOOL.presetName}
              autoComplete="off"
              error={problem(`preset${at}`)}
              onChange={(event) => update({ name: event.target.value })}
            />
            <TextArea
              label={t(modality === "Voice" ? "tools.preset.text" : "tools.preset.prompt")}
              value={preset.prompt}
              maxLength={LONGEST_TOOL.prompt}
              onChange={(event) => update({ prompt: event.target.value })}
            />
            <div className={css.pair}>
              {knows.size && (
                <Select
                  label={t("tools.preset.size")}
                  value={preset.size}
                  options={options(offer.sizes, able?.sizes ?? [], preset.size, sizeWords)}
                  onChange={(event) => update({ size: event.target.value })}
                />
              )}
              <Select
                label={t("tools.preset.quality")}
                value={preset.quality}
                options={options(offer.qualities, able?.qualities ?? [], preset.quality, qualityWord)}
                onChange={(event) => update({ quality: event.target.value })}
              />
              {knows.voice && (
                <Select
                  label={t("tools.preset.voice")}
                  translate="no"
                  value={preset.voice}
                  options={options(
                    offer.voices,
                    (able?.voices ?? []).map(({ id }) => id),
                    preset.voice,
                    voiceName,
                  )}
                  onChange={(event) => update({ voice: event.target.value })}
                />
              )}
              {knows.seconds && (
                <Input
                  label={t("tools.preset.seconds")}
                  hint={t("tools.preset.secondsHint")}
                  inputMode="decimal"
                  autoComplete="off"
                  value={preset.seconds}
                  onChange={(event) => update({ seconds: event.target.value })}
                />
              )}
              {knows.voice && (
                <Input
                  label={t("tools.preset.speed")}
                  hint={t("tools.preset.speedHint")}
                  inputMode="decimal"
                  autoComplete="off"
                  value={preset.speed}
                  onChange={(event) => update({ speed: event.target.value })}
                />
              )}
              <Input
                label={t("tools.preset.seed")}
                hint={t("tools.preset.seedHint")}
                inputMode="numeric"
                autoComplete="off"
                value={preset.seed}
                onChange={(event) => update({ seed: event.target.value })}
              />
            </div>
          </fieldset>
        );
      })}
      <div>
        <Button
          icon={Plus}
          onClick={() => change({ kind: "addPreset" })}
          disabled={offer.presets.length >= MOST_PRESETS}
        >
          {t("tools.presetAdd")}
        </Button>
      </div>
    </section>
  );
}
