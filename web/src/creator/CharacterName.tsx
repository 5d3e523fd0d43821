import type { Card } from "@stelai/sdk";
import { useCard, useModel } from "@stelai/sdk/react";
import { useT } from "../i18n/react.tsx";
import { isPrivateCard } from "./manage/managed.ts";
import { useSteadySignIn } from "./SignInFirst.tsx";

/** A card as its creator sees it: from IPFS, or of a private character from the operator, once signed in there. */
export function useOwnCard(id: bigint | undefined, metadataURI: string | undefined): Card | undefined {
  const status = useSteadySignIn();
  const isPrivate = metadataURI !== undefined && isPrivateCard(metadataURI);
  const { data: card } = useCard(isPrivate ? undefined : metadataURI);
  // Who is not signed in would only be told that there is no such character.
  const { data: model } = useModel(isPrivate && status === "in" ? id : undefined);
  return isPrivate ? (model?.stelai.card ?? undefined) : card;
}

/** A character's name from its card; its number while that is not known. */
export function useCharacterName(id: bigint | undefined, metadataURI: string | undefined): string {
  const t = useT();
  const card = useOwnCard(id, metadataURI);
  return card?.name ?? t("character.title", { id: id === undefined ? "" : String(id) });
}

export function CharacterName({ id, metadataURI }: { id: bigint; metadataURI: string | undefined }) {
  return <span translate="no">{useCharacterName(id, metadataURI)}</span>;
}
