import type { Hex } from "viem";
import type { Probed } from "../../media/probe.ts";
import type { ShareCard } from "../../media/shareCard.ts";
import type { Shown } from "../../media/shown.ts";
import type { MadeModality, MediaRequest } from "../../providers/media.ts";

/** What the relayer asks a child process for, one task at a time. */
export type Task =
  | { kind: "make"; request: MediaRequest }
  | { kind: "draw"; card: ShareCard }
  | { kind: "examine"; bytes: Uint8Array; modality: MadeModality; limits: Limits; showing: Showing };

/**
 * How a file is shown: `own` to who made it; `sale`, small and marked, to everybody; `card` the same, but of a film or a
 * sound only a card that says what it is, for which nothing is decoded.
 */
export type Showing = "own" | "sale" | "card";

/** What a file may be at its most. */
export type Limits = { pixels?: number; seconds?: number };

/** What a file is by its bytes, and what may be shown of it in its place. */
export type Examined = {
  probed: Probed;
  preview: Shown;
  /** A still of a film that is for sale. */
  poster?: Shown;
  /** keccak256 of the file. */
  contentHash: Hex;
};

/** What a task ends with. */
export type Outcome<T extends Task = Task> = T extends { kind: "make" | "draw" } ? Uint8Array : Examined;

/** A failure as it crosses to the other process, which makes a ProviderError of it again. */
export type Failure = {
  /** Of what a ProviderError said; undefined for a defect. */
  code: string | undefined;
  provider: string;
  message: string;
  retryable: boolean;
  detail: string | undefined;
};

/** What a child says: that it is there, how far it is, how it ended. */
export type Report =
  | { kind: "ready" }
  | { kind: "progress"; done: number }
  | { kind: "done"; outcome: Outcome }
  | { kind: "failed"; failure: Failure };
