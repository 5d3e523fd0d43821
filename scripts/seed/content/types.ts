import type { Persona } from "../../../relayer/src/providers/persona.ts";

/** A studio that publishes characters. A studio with members is paid through a split of them. */
export type SeedCreator = {
  /** Stable key, also the seed of its local test account. */
  handle: string;
  name: string;
  about: string;
  /** Shares in basis points; they sum to 10,000. */
  members?: { handle: string; name: string; bps: number }[];
};

/** A character as it is published: its public card, its price and its private persona. */
export type SeedCharacter = {
  slug: string;
  /** Handle of the creator. */
  creator: string;
  name: string;
  /** One line in its own voice. */
  tagline: string;
  description: string;
  tags: string[];
  /** Who finds it; everyone, when absent. */
  visibility?: "Private";
  /** Names of the demo accounts on a private one's allow list. */
  sharedWith?: string[];
  /** Microcredits; `perUnit` is the price of 1,000 tokens. Both zero: free. Passes are offered where they have a price. */
  prices: { perInference: bigint; perUnit: bigint; monthly?: bigint; annual?: bigint; lifetime?: bigint };
  persona: Persona;
};
