import { useModels } from "@stelai/sdk/react";
import { useT } from "../i18n/react.tsx";
import { explain } from "../stelai/explain.ts";
import { Button } from "../ui/Button.tsx";
import { Chip } from "../ui/Chip.tsx";
import { EmptyState } from "../ui/EmptyState.tsx";
import { ErrorState } from "../ui/ErrorState.tsx";
import { isToolModel, MADE_MODALITIES, type MadeModality, type ToolModel } from "./modalities.ts";
import { ToolCard, ToolCardSkeleton } from "./ToolCard.tsx";
import css from "./Tools.module.css";

/** The tools that this operator serves; undefined while they are fetched. */
export function useTools() {
  const models = useModels({ staleTime: 30_000 });
  const tools: readonly ToolModel[] | undefined = models.data?.filter(isToolModel);
  return { tools, error: models.error, refetch: models.refetch };
}

/** One row of chips: what to make. */
export function ModalityChips({
  chosen,
  onChoose,
}: {
  chosen: MadeModality;
  onChoose: (modality: MadeModality) => void;
}) {
  const t = useT();
  return (
    // biome-ignore lint/a11y/useSemanticElements: toggles, not form fields
    <div className={css.chips} role="group" aria-label={t("studio.modalities")}>
      {MADE_MODALITIES.map((one) => (
        <Chip key={one} pressed={one === chosen} onPress={() => onChoose(one)}>
          {t(`studio.modality.${one}`)}
        </Chip>
      ))}
    </div>
  );
}

export interface ToolListProps {
  modality: MadeModality;
  prompt: string;
  /** The tool on the workbench. */
  current?: string;
  onPick?: () => void;
}

/** The tools of one modality, to pick from. */
export function ToolList({ modality, prompt, current, onPick }: ToolListProps) {
  const t = useT();
  const { tools, error, refetch } = useTools();
  if (!tools && error) {
    const { todo, technical } = explain(error);
    return (
      <ErrorState
        what={t("studio.tools.failed")}
        money="notInvolved"
        technical={technical}
        actions={<Button onClick={() => void refetch()}>{t("chat.again")}</Button>}
      >
        {todo}
      </ErrorState>
    );
  }
  const fitting = tools?.filter(({ stelai }) => stelai.modality === modality);
  if (fitting?.length === 0) {
    return <EmptyState title={t("studio.tools.none")}>{t("studio.tools.noneText")}</EmptyState>;
  }
  return (
    <ul className={css.list} aria-busy={fitting === undefined}>
      {fitting
        ? fitting.map((model) => (
            <li key={model.id}>
              <ToolCard model={model} prompt={prompt} current={model.id === current} {...(onPick && { onPick })} />
            </li>
          ))
        : [1, 2].map((at) => (
            <li key={at}>
              <ToolCardSkeleton />
            </li>
          ))}
    </ul>
  );
}
