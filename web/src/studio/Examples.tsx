import type { Preset } from "@stelai/sdk";
import { useT } from "../i18n/react.tsx";
import css from "./Gallery.module.css";
import type { MadeModality, ToolModel } from "./modalities.ts";

const NUMBERS = [1, 2, 3, 4, 5, 6] as const;

/** Six things to begin with: the tool's own presets, then ours of its kind. */
export function useExamples(modality: MadeModality, presets: readonly Preset[]): readonly Preset[] {
  const t = useT();
  const ours = NUMBERS.map((number): Preset => {
    const prompt = t(`studio.examples.${modality}.${number}`);
    return { name: prompt, prompt, settings: {} };
  });
  return [...presets, ...ours].slice(0, NUMBERS.length);
}

/** Where nothing was made yet: prompts with what they cost. */
export function Examples({
  model,
  examples,
  price,
  onPick,
}: {
  model: ToolModel;
  examples: readonly Preset[];
  /** What an example costs, in words. */
  price: (preset: Preset) => string;
  onPick: (preset: Preset) => void;
}) {
  const t = useT();
  const own = new Set(model.stelai.tool.presets);
  return (
    <>
      <div>
        <h3>{t("studio.results.empty")}</h3>
        <p className={css.lead}>{t("studio.results.emptyText")}</p>
      </div>
      <ul className={css.examples}>
        {examples.map((preset) => (
          <li key={`${preset.name} ${preset.prompt}`}>
            <button type="button" className={css.example} onClick={() => onPick(preset)}>
              <span {...(own.has(preset) && { translate: "no" })}>{preset.prompt}</span>
              <span>{price(preset)}</span>
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}
