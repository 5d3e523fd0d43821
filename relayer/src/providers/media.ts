import type { Modality, Quality } from "@stelai/sdk";
import type { Style, Tool } from "@stelai/sdk/wire";

/** What is made by a generation: everything but chat. */
export type MadeModality = Exclude<Modality, "Chat">;

/** What a provider is asked to make. Everything is resolved: nothing is left to guess. Sides in pixels. */
export type MediaRequest = {
  /** The person's own words, or the text to speak; checked for length and control characters. */
  prompt: string;
  /** How the tool's maker wants it; undefined for a tool without a style. Never leaves the relayer as such. */
  style: Style | undefined;
  quality: Quality;
  /** From 0 to 2^32 - 1. The same request makes the same bytes where the provider can promise that. */
  seed: number;
  /** One of {@link MediaProvider.abilities}' formats. */
  format: string;
} & (
  | { modality: "Image"; width: number; height: number }
  | { modality: "Video"; width: number; height: number; seconds: number }
  | { modality: "Voice"; voice: string; speed: number }
  | { modality: "Music"; seconds: number }
);

/** What a request needs besides what it says. */
export type MediaContext = {
  /** Aborting ends the work with the signal's reason and releases the upstream. */
  signal: AbortSignal;
  /** Told how far it is, from 0 to 1, now and then. */
  onProgress: (done: number) => void;
  /** Opaque stable id of the person, for an upstream's own abuse limits. */
  user?: string;
};

/** What can be asked of a provider; the first of each list is its standard. Presets are a card's. */
export type MediaAbilities = Omit<Tool, "presets" | "maxPrompt"> & {
  /** The longest prompt in Unicode code points, where the provider has a limit of its own. */
  maxPrompt?: number;
};

/** Something that makes one modality. Adapters throw only ProviderErrors, or the signal's reason when aborted. */
export interface MediaProvider {
  /** Short identifier for configuration, logs and metrics. */
  readonly name: string;
  /** Honest words on what makes it, shown to people. */
  readonly label: string;
  readonly abilities: MediaAbilities;
  /** The id of the voice that another provider's name for one is taken for; undefined where it knows none. */
  voiceOf?(name: string): string | undefined;
  /** How long a request likely takes, in seconds, for the queue to show. */
  estimate(request: MediaRequest): number;
  /** The file. It is sniffed and measured by its bytes before anything else happens to it. */
  make(request: MediaRequest, context: MediaContext): Promise<Uint8Array>;
}

/**
 * An engine that computes what it makes, with no key and no network. It blocks whoever calls it and may take hundreds
 * of megabytes: the relayer runs it in a process of its own, which it can kill.
 */
export interface LocalEngine {
  readonly label: string;
  readonly abilities: MediaAbilities;
  /** As {@link MediaProvider.voiceOf}. */
  voiceOf?(name: string): string | undefined;
  estimate(request: MediaRequest): number;
  /** @param onProgress told how far it is, from 0 to 1, between steps. */
  make(request: MediaRequest, onProgress: (done: number) => void): Promise<Uint8Array>;
}
