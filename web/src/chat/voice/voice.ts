import type { Model } from "@stelai/sdk";

/** The voice that a card gives its character. */
export type CardVoice = NonNullable<NonNullable<Model["stelai"]["card"]>["voice"]>;

/** The tool that a card's voice is. @returns Undefined when the card has none, or names it in no way known here. */
export function voiceToolOf(voice: CardVoice | undefined): bigint | undefined {
  const [, id] = /^stelai-([1-9]\d{0,14})$/.exec(voice?.model ?? "") ?? [];
  return id === undefined ? undefined : BigInt(id);
}
