import { QUALITIES, type Quality } from "@stelai/sdk";
import { Lock, LockOpen } from "lucide-react";
import { type ReactNode, useEffect, useId, useState } from "react";
import { useT } from "../i18n/react.tsx";
import { Field } from "../ui/Field.tsx";
import { IconButton } from "../ui/IconButton.tsx";
import { Select } from "../ui/Select.tsx";
import type { ToolModel } from "./modalities.ts";
import css from "./Settings.module.css";
import { type Chosen, parseSeed, type SettingsAction, SPEED, shapeOf } from "./settings.ts";
import { useSettingsWords } from "./useSettingsWords.ts";

/** One of several, as a row of pictures or words: radio buttons for keyboard and screen reader. */
function Choices<T extends string>({
  legend,
  options,
  chosen,
  onChoose,
  draw,
}: {
  legend: string;
  options: readonly T[];
  chosen: T | undefined;
  onChoose: (option: T) => void;
  draw: (option: T) => ReactNode;
}) {
  const name = useId();
  return (
    <fieldset className={css.choices}>
      <legend>{legend}</legend>
      <div className={css.options}>
        {options.map((option) => (
          <label key={option} className={css.option}>
            <input type="radio" name={name} checked={option === chosen} onChange={() => onChoose(option)} />
            {draw(option)}
          </label>
        ))}
      </div>
    </fieldset>
  );
}

/** A size, drawn. */
function Shape({ size }: { size: string }) {
  const { ratio } = shapeOf(size);
  const [width, height] = ratio >= 1 ? [18, 18 / ratio] : [18 * ratio, 18];
  return (
    <svg className={css.shape} width="20" height="20" viewBox="0 0 20 20" aria-hidden focusable="false">
      <rect x={10 - width / 2} y={10 - height / 2} width={width} height={height} rx="1" />
    </svg>
  );
}

function Slider({
  label,
  shown,
  value,
  min,
  max,
  step,
  onChange,
}: {
  label: string;
  shown: string;
  value: number;
  min: number;
  max: number;
  step: number;
  onChange: (value: number) => void;
}) {
  return (
    <Field label={label}>
      {(control) => (
        <div className={css.slider}>
          <input
            {...control}
            className={css.range}
            type="range"
            {...{ value, min, max, step }}
            aria-valuetext={shown}
            onChange={(event) => onChange(Number(event.currentTarget.value))}
          />
          <output htmlFor={control.id}>{shown}</output>
        </div>
      )}
    </Field>
  );
}

/** A seed to keep, or a new one each time. */
function SeedField({
  seed,
  suggestion,
  onSeed,
}: {
  seed: number | undefined;
  /** What to keep when it is locked without one. */
  suggestion: number | undefined;
  onSeed: (seed: number | undefined) => void;
}) {
  const t = useT();
  const [text, setText] = useState(seed === undefined ? "" : String(seed));
  useEffect(() => setText(seed === undefined ? "" : String(seed)), [seed]);
  const isLocked = seed !== undefined;
  const wrong = text.trim() !== "" && parseSeed(text) === undefined;
  return (
    <Field label={t("studio.seed")} hint={t("studio.seed.hint")} error={wrong ? t("studio.seed.wrong") : undefined}>
      {(control) => (
        <div className={css.seed}>
          <input
            {...control}
            inputMode="numeric"
            autoComplete="off"
            value={text}
            placeholder={t("studio.seed.any")}
            onChange={(event) => {
              setText(event.currentTarget.value);
              const typed = parseSeed(event.currentTarget.value);
              if (typed !== undefined || event.currentTarget.value.trim() === "") onSeed(typed);
            }}
          />
          <IconButton
            label={isLocked ? t("studio.seed.unlock") : t("studio.seed.lock")}
            icon={isLocked ? Lock : LockOpen}
            variant="secondary"
            aria-pressed={isLocked}
            onClick={() =>
              onSeed(isLocked ? undefined : (suggestion ?? crypto.getRandomValues(new Uint32Array(1))[0] ?? 0))
            }
          />
        </div>
      )}
    </Field>
  );
}

export interface SettingsFieldsProps {
  model: ToolModel;
  chosen: Chosen;
  dispatch: (action: SettingsAction) => void;
  /** What a quality costs, in words. */
  priceAt: (quality: Quality) => string;
  /** Seed of the newest result. */
  lastSeed: number | undefined;
}

/** Everything that can be set on a tool, and nothing that it does not know. */
export function SettingsFields({ model, chosen, dispatch, priceAt, lastSeed }: SettingsFieldsProps) {
  const t = useT();
  const words = useSettingsWords();
  const { tool, modality } = model.stelai;
  const set = (values: Extract<SettingsAction, { type: "set" }>["values"]) => dispatch({ type: "set", values });
  return (
    <div className={css.fields}>
      {chosen.size !== undefined && (
        <Choices
          legend={t("studio.size")}
          options={tool.sizes}
          chosen={chosen.size}
          onChoose={(size) => set({ size })}
          draw={(size) => (
            <>
              <Shape size={size} />
              <span>
                {words.size(size)}
                <small>{t(`studio.size.${shapeOf(size).kind}`)}</small>
              </span>
            </>
          )}
        />
      )}
      {tool.seconds && chosen.seconds !== undefined && (
        <Slider
          label={t("studio.seconds")}
          shown={words.seconds(chosen.seconds)}
          value={chosen.seconds}
          min={tool.seconds.min}
          max={tool.seconds.max}
          step={tool.seconds.step}
          onChange={(seconds) => set({ seconds })}
        />
      )}
      {tool.qualities.length > 1 && (
        <Choices
          legend={t("studio.quality")}
          options={QUALITIES.filter((one) => tool.qualities.includes(one))}
          chosen={chosen.quality}
          onChoose={(quality) => set({ quality })}
          draw={(quality) => (
            <span>
              {t(`studio.quality.${quality}`)}
              <small>{priceAt(quality)}</small>
            </span>
          )}
        />
      )}
      {modality === "Voice" && tool.voices.length > 0 && (
        <Select
          label={t("studio.voice")}
          translate="no"
          value={chosen.voice}
          options={tool.voices.map(({ id, name }) => ({ value: id, label: name }))}
          onChange={(event) => set({ voice: event.currentTarget.value })}
        />
      )}
      {chosen.speed !== undefined && (
        <Slider
          label={t("studio.speed")}
          shown={t("studio.speed.value", { speed: chosen.speed })}
          value={chosen.speed}
          {...SPEED}
          onChange={(speed) => set({ speed })}
        />
      )}
      {tool.formats.length > 1 && (
        <Select
          label={t("studio.format")}
          translate="no"
          value={chosen.format}
          options={tool.formats.map((one) => ({ value: one, label: one.toUpperCase() }))}
          onChange={(event) => set({ format: event.currentTarget.value })}
        />
      )}
      <SeedField seed={chosen.seed} suggestion={lastSeed} onSeed={(seed) => set({ seed })} />
    </div>
  );
}
