import type { Card } from "@stelai/sdk";
import { useCard, useModel } from "@stelai/sdk/react";
import { useEffect, useState } from "react";
import { useT } from "../i18n/react.tsx";
import { isPrivateCard } from "./manage/managed.ts";
import { useSteadySignIn } from "./SignInFirst.tsx";

/** The operator hears of a change a block later. */
const BEHIND_MS = 1_000;

/**
 * A card as its creator sees it: from IPFS, or of a private character from the operator, once signed in there.
 * @param isExact Only the card that is at this address now: the operator may still have the one before.
 */
export function useOwnCard(id: bigint | undefined, metadataURI: string | undefined, isExact = false): Card | undefined {
  const status = useSteadySignIn();
  const isPrivate = metadataURI !== undefined && isPrivateCard(metadataURI);
  const [isBehind, setBehind] = useState(false);
  const { data: card } = useCard(isPrivate ? undefined : metadataURI);
  // Who is not signed in would only be told that there is no such character.
  const { data: model } = useModel(isPrivate && status === "in" ? id : undefined, {
    refetchInterval: isExact && isBehind ? BEHIND_MS : undefined,
  });
  const isOther = isPrivate && model !== undefined && model.stelai.metadataURI !== metadataURI;
  useEffect(() => setBehind(isOther), [isOther]);
  if (!isPrivate) return card;
  return isExact && isOther ? undefined : (model?.stelai.card ?? undefined);
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
