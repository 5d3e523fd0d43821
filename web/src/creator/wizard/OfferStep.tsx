import type { OperatorInfo, Quality } from "@stelai/sdk";
import { useT } from "../../i18n/react.tsx";
import type { MadeModality } from "../../studio/modalities.ts";
import { Input } from "../../ui/Input.tsx";
import { KNOWS } from "../tool/draftTool.ts";
import { useSizeWords } from "../tool/useSizeWords.ts";
import css from "./Form.module.css";
import { Offered } from "./Offered.tsx";
import { PresetFields } from "./PresetFields.tsx";
import type { StepProps } from "./Step.tsx";

export interface OfferStepProps extends Pick<StepProps, "draft" | "change" | "problem"> {
  modality: MadeModality;
  /** Undefined while it is not known what the operator can do. */
  operator: OperatorInfo | undefined;
}

/** What can be asked of a tool, of what its operator can do, and what to begin with. */
export function OfferStep({ modality, draft, change, problem, operator }: OfferStepProps) {
  const t = useT();
  const sizeWords = useSizeWords();
  const knows = KNOWS[modality];
  const able = operator?.tools[modality];
  const { offer } = draft;
  const set = (values: Partial<typeof offer>) => change({ kind: "offer", values });
  return (
    <>
      <p className={css.hint}>{t(operator ? "tools.offer.text" : "tools.offer.unknown")}</p>
      {knows.size && (
        <Offered
          legend={t("tools.offer.sizes")}
          options={(able?.sizes ?? []).map((id) => ({ id, label: sizeWords(id) }))}
          chosen={offer.sizes}
          onChange={(sizes) => set({ sizes })}
        />
      )}
      <Offered<Quality>
        legend={t("tools.offer.qualities")}
        options={(able?.qualities ?? []).map((id) => ({ id, label: t(`tools.quality.${id}`) }))}
        chosen={offer.qualities}
        onChange={(qualities) => set({ qualities })}
      />
      {knows.voice && (
        <Offered
          legend={t("tools.offer.voices")}
          isNamed
          options={(able?.voices ?? []).map(({ id, name }) => ({ id, label: name }))}
          chosen={offer.voices}
          onChange={(voices) => set({ voices })}
        />
      )}
      {knows.seconds && (
        <Input
          label={t("tools.offer.maxSeconds")}
          hint={
            able?.seconds
              ? t("tools.offer.maxSecondsHint", { min: able.seconds.min, max: able.seconds.max })
              : t("tools.offer.maxSecondsHintUnknown")
          }
          optional
          inputMode="decimal"
          autoComplete="off"
          value={offer.maxSeconds}
          error={problem("maxSeconds")}
          onChange={(event) => set({ maxSeconds: event.target.value })}
        />
      )}
      <PresetFields {...{ modality, draft, change, problem }} able={able} />
    </>
  );
}
