import type { NewOffer } from "@stelai/sdk";

/** What a tool is asked to make; with a price, its maker pays from a tab, and the receipt proves the work. */
export type SeedGeneration = {
  /** Slug of the tool. */
  tool: string;
  prompt: string;
  size?: string;
  seconds?: number;
  voice?: string;
  quality?: "Draft" | "Standard";
  seed: number;
};

/** A work as it is made, deposited and offered. Prices are microcredits. */
export type SeedWork = {
  slug: string;
  /** Handle of the creator. A studio with members splits what it earns among them. */
  creator: string;
  title: string;
  description: string;
  tags: string[];
  generation: SeedGeneration;
  /** Each of one tier; `duration` in seconds. */
  offers: Pick<NewOffer, "tier" | "price" | "supply" | "duration">[];
  /** Part of every resale, in ten-thousandths. */
  royaltyBps?: number;
  /** What works made of it owe it, in ten-thousandths; nobody may when absent. */
  derivativeBps?: number;
  /** Slugs of the works it is made of, which stand before it. */
  parents?: string[];
};

/** Who bought what before one arrives. Each is delivered and accepted. */
export type SeedOrder = {
  /** A demo account's name, or a creator's handle. */
  buyer: string;
  work: string;
  tier: NewOffer["tier"];
  review?: { rating: number; text: string; reply?: string };
  /** What the buyer asks for the licence now, and for how many days. */
  resale?: { price: bigint; days: number };
};
