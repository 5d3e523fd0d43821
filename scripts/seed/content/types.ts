import type { Style, ToolCard } from "@stelai/sdk/wire";
import type { Persona } from "../../../relayer/src/providers/persona.ts";

/** A studio that publishes characters. A studio with members is paid through a split of them. */
export type SeedCreator = {
  /** Stable key, also the seed of its local test account. */
  handle: string;
  name: string;
  about: string;
  /** Shares in basis points; they sum to 10,000. */
  members?: { handle: string; name: string; bps: number }[];
  /** The house itself: what it publishes is the treasury's. */
  treasury?: true;
};

/** What every character is published with. Prices are microcredits; passes are offered where they have a price. */
type Published = {
  slug: string;
  /** Handle of the creator. */
  creator: string;
  name: string;
  /** One line in its own voice. */
  tagline: string;
  description: string;
  tags: string[];
  prices: { perInference: bigint; perUnit: bigint; monthly?: bigint; annual?: bigint; lifetime?: bigint };
};

/** A character as it is published: its public card, its price of 1,000 tokens (both zero: free), its private persona. */
export type SeedCharacter = Published & {
  /** Who finds it; everyone, when absent. */
  visibility?: "Private";
  /** Names of the demo accounts on a private one's allow list. */
  sharedWith?: string[];
  /** What reads its answers out: slug of a tool that speaks, and one of its voices. */
  voice?: { tool: string; voice: string };
  persona: Persona;
};

/** A tool as it is published; `perUnit` is the price of a megapixel, a second, or 1,000 characters of text. */
export type SeedTool = Published & {
  modality: "Image" | "Video" | "Voice" | "Music";
  /** What its card offers, and six things to begin with; the first one's prompt and seed make the card's picture. */
  tool: ToolCard;
  style: Style;
};
