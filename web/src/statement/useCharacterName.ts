import { useModels } from "@stelai/sdk/react";
import { useCallback } from "react";
import { useT } from "../i18n/react.tsx";

/** Names a character as the operator lists it; by its number where it does not. */
export function useCharacterName(): (characterId: bigint) => string {
  const t = useT();
  const models = useModels({ staleTime: 60_000 });
  const known = models.data;
  return useCallback(
    (characterId) =>
      known?.find(({ stelai }) => stelai.characterId === characterId)?.stelai.card?.name ??
      t("character.title", { id: String(characterId) }),
    [known, t],
  );
}
