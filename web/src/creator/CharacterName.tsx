import { useCard } from "@stelai/sdk/react";
import { useT } from "../i18n/react.tsx";

/** A character's name from its card; its number while that is not known. */
export function useCharacterName(id: bigint | undefined, metadataURI: string | undefined): string {
  const t = useT();
  const { data: card } = useCard(metadataURI);
  return card?.name ?? t("character.title", { id: id === undefined ? "" : String(id) });
}

export function CharacterName({ id, metadataURI }: { id: bigint; metadataURI: string | undefined }) {
  return <span translate="no">{useCharacterName(id, metadataURI)}</span>;
}
