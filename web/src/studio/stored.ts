import { useCallback, useEffect, useState } from "react";
import { readChainState, writeChainState } from "../config/chainState.ts";

/** What was written in this window, so that it is there at once, and without IndexedDB. */
const memory = new Map<string, unknown>();
/** Who shows a kept value, and is told when another place of the page sets it. */
const shown = new Map<string, Set<(value: unknown) => void>>();

/** Keeps a value of the studio: in this window at once, in the browser as soon as it is written. */
export function keep(key: string, value: unknown): void {
  memory.set(key, value);
  for (const show of shown.get(key) ?? []) show(value);
  // Without IndexedDB it lasts as long as the window.
  void writeChainState(key, value).catch(() => undefined);
}

/** What was kept under a key; undefined when nothing was. */
export async function kept<T>(key: string): Promise<T | undefined> {
  if (memory.has(key)) return memory.get(key) as T;
  return readChainState<T>(key).catch(() => undefined);
}

/**
 * A value that lasts: what is set is stored as it is set, is there again after a reload, and is the same wherever the page
 * shows it.
 * @returns the value, how to set it, and whether it is known what was stored.
 */
export function useKept<T>(key: string, initial: T): [T, (value: T) => void, boolean] {
  const [state, setState] = useState<{ value: T; ready: boolean }>(() =>
    memory.has(key) ? { value: memory.get(key) as T, ready: true } : { value: initial, ready: false },
  );
  useEffect(() => {
    let gone = false;
    const show = (value: unknown) => setState({ value: value as T, ready: true });
    const all = shown.get(key) ?? new Set();
    shown.set(key, all.add(show));
    void kept<T>(key).then((stored) => {
      // What was typed meanwhile stays.
      if (!gone)
        setState((now) =>
          now.ready || stored === undefined ? { ...now, ready: true } : { value: stored, ready: true },
        );
    });
    return () => {
      gone = true;
      all.delete(show);
    };
  }, [key]);
  const set = useCallback((value: T) => keep(key, value), [key]);
  return [state.value, set, state.ready];
}

/** Where a tool's prompt and settings are kept. */
export const promptKey = (characterId: bigint | string) => `studio:prompt:${characterId}`;
export const settingsKey = (characterId: bigint | string) => `studio:settings:${characterId}`;
/** What is typed before a tool is chosen. */
export const ANY_PROMPT = "studio:prompt";
/** Ids of what was made here for nobody: no account and no tab can list them. */
export const ANONYMOUS = "studio:anonymous";
