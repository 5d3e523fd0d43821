import type { Modality, Model } from "@stelai/sdk";

/** A character's own page: where one talks to it, or the studio's workbench with it. Unknown: the first leads on. */
export function characterHref(characterId: bigint | string, modality: Modality | undefined): string {
  return modality === undefined || modality === "Chat" ? `/c/${characterId}` : `/studio/${characterId}`;
}

/** The same, of one that is known. */
export function hrefOf({ stelai: { characterId, modality } }: Model): string {
  return characterHref(characterId, modality);
}
