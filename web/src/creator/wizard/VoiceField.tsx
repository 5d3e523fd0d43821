import { useModels } from "@stelai/sdk/react";
import { formatCredits, WEI_PER_MICROCREDIT } from "../../format/money.ts";
import { useT } from "../../i18n/react.tsx";
import { isToolModel, type ToolModel } from "../../studio/modalities.ts";
import { priceOf } from "../../studio/price.ts";
import { fit } from "../../studio/settings.ts";
import { Select } from "../../ui/Select.tsx";
import css from "./Form.module.css";
import type { StepProps } from "./Step.tsx";

/** What a voice's price is told for: an answer of ordinary length. */
const TYPICAL_CHARACTERS = 500;

function priceFor({ stelai: { terms, feePerUnit, tool, free } }: ToolModel): bigint | undefined {
  if (free) return 0n;
  const text = "x".repeat(TYPICAL_CHARACTERS);
  return priceOf({ modality: "Voice", agreed: { terms, feePerUnit }, settings: fit("Voice", tool, {}), text })?.total;
}

/** Which tool reads a character's answers out, and with which of its voices. */
export function VoiceField({ draft: { voiceModel, voice }, set }: Pick<StepProps, "draft" | "set">) {
  const t = useT();
  const { data, error } = useModels({ staleTime: 30_000 });
  const tools = data?.filter(isToolModel).filter(({ stelai }) => stelai.modality === "Voice");
  const chosen = tools?.find(({ id }) => id === voiceModel);
  const price = (tool: ToolModel) => {
    const micro = priceFor(tool);
    if (micro === 0n) return t("tools.free");
    const shown = formatCredits(micro === undefined ? undefined : micro * WEI_PER_MICROCREDIT, { rounding: "up" });
    return t("tools.voicePrice", { price: shown, count: TYPICAL_CHARACTERS });
  };
  const isGone = voiceModel !== "" && !chosen;
  const voices = chosen?.stelai.tool.voices ?? [];
  return (
    <div className={css.group}>
      <Select
        label={t("tools.voice")}
        translate="no"
        hint={tools?.length === 0 ? t("tools.voiceEmpty") : t("tools.voiceHint")}
        error={error && !data ? t("tools.voiceFailed") : undefined}
        optional
        value={voiceModel}
        options={[
          { value: "", label: t("tools.voiceNone") },
          ...(tools ?? []).map((tool) => ({
            value: tool.id,
            label: t("tools.voiceOption", { name: tool.stelai.card?.name ?? tool.id, price: price(tool) }),
          })),
          ...(isGone
            ? [{ value: voiceModel, label: tools ? t("tools.voiceGone", { id: voiceModel }) : voiceModel }]
            : []),
        ]}
        onChange={(event) => set({ voiceModel: event.target.value, voice: "" })}
      />
      {voices.length > 0 && (
        <Select
          label={t("tools.voiceWhich")}
          translate="no"
          value={voice}
          options={[
            { value: "", label: t("tools.voiceFirst") },
            ...voices.map(({ id, name }) => ({ value: id, label: name })),
            ...(voice !== "" && !voices.some(({ id }) => id === voice) ? [{ value: voice, label: voice }] : []),
          ]}
          onChange={(event) => set({ voice: event.target.value })}
        />
      )}
    </div>
  );
}
