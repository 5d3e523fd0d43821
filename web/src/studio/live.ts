import type { Generation } from "@stelai/sdk";
import { useSyncExternalStore } from "react";
import { isRunning } from "./tile.ts";

/** Something that was asked for and has no answer of the operator yet. */
export interface Sending {
  readonly key: string;
  readonly model: string;
  readonly modality: Generation["modality"];
  readonly prompt: string;
}

/** What this window knows of generations beyond what was listed; a new object whenever something changed. */
export interface LiveState {
  readonly sending: readonly Sending[];
  readonly known: ReadonlyMap<string, Generation>;
  readonly gone: ReadonlySet<string>;
  /** What ended last while it was followed here, to be announced. */
  readonly news: Generation | undefined;
}

const EMPTY: LiveState = { sending: [], known: new Map(), gone: new Set(), news: undefined };

/** How often in a row the connection may break before one is followed no longer; the list still shows it. */
const MAX_FAILURES = 10;

/** Gives a generation's states until it has ended. */
export type Follow = (generation: Generation) => AsyncIterable<Generation>;

/**
 * Generations on their way, of one account. It belongs to the window, not to a page: what was begun is followed, and
 * its receipt signed for, wherever one walks meanwhile.
 */
export class Live {
  /** How states are read; set anew with each client, since a sign-in or a tab may have come. */
  reader: Follow | undefined;
  #state = EMPTY;
  readonly #listeners = new Set<() => void>();
  readonly #following = new Set<string>();
  readonly #refreshed = new Map<string, number>();
  readonly #pauseMs: number;

  /** @param pauseMs How long a break in the connection is waited for before the next try. */
  constructor(pauseMs = 2_000) {
    this.#pauseMs = pauseMs;
  }

  get state(): LiveState {
    return this.#state;
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Shows something that is being sent, until it is answered or refused. */
  async send(sending: Sending, answer: Promise<Generation>): Promise<Generation> {
    this.#show({ sending: [sending, ...this.#state.sending] });
    try {
      const generation = await answer;
      this.put(generation);
      return generation;
    } finally {
      this.#show({ sending: this.#state.sending.filter(({ key }) => key !== sending.key) });
    }
  }

  /** What is known of one now. */
  put(generation: Generation): void {
    this.#show({ known: new Map(this.#state.known).set(generation.id, generation) });
  }

  /** Takes one from the screen; `restore` puts it back. */
  remove(id: string): void {
    this.#show({ gone: new Set(this.#state.gone).add(id) });
  }

  restore(id: string): void {
    this.#show({ gone: new Set([...this.#state.gone].filter((one) => one !== id)) });
  }

  /** Whether one may be asked for again: not within half a minute, so that a lost file is not asked for for ever. */
  mayRefresh(id: string, now = Date.now()): boolean {
    if (now - (this.#refreshed.get(id) ?? Number.NEGATIVE_INFINITY) < 30_000) return false;
    this.#refreshed.set(id, now);
    return true;
  }

  /** Follows one to its end, once. A break in the connection is waited out. */
  follow(generation: Generation): void {
    const { id } = generation;
    if (!isRunning(generation) || this.#following.has(id)) return;
    this.#following.add(id);
    void this.#run(generation).finally(() => this.#following.delete(id));
  }

  async #run(generation: Generation): Promise<void> {
    let last = generation;
    for (let failures = 0; isRunning(last) && failures < MAX_FAILURES && !this.#state.gone.has(last.id); ) {
      try {
        for await (const state of this.reader?.(last) ?? []) {
          last = state;
          failures = 0;
          this.put(state);
        }
      } catch {
        failures += 1;
        // What it was last stays on the screen meanwhile; with the operator it goes on all the same.
        await new Promise((resolve) => setTimeout(resolve, this.#pauseMs));
      }
    }
    if (!isRunning(last)) this.#show({ news: last });
  }

  #show(changes: Partial<LiveState>): void {
    this.#state = { ...this.#state, ...changes };
    for (const listener of this.#listeners) listener();
  }
}

const lives = new Map<string, Live>();

/** The one of an account on a chain. */
export function liveOf(key: string): Live {
  let live = lives.get(key);
  if (!live) {
    live = new Live();
    lives.set(key, live);
  }
  return live;
}

/** What it knows, live. */
export function useLive(live: Live): LiveState {
  return useSyncExternalStore(live.subscribe, () => live.state);
}
