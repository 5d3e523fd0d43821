/** The one preview that plays in the lists of the market; beginning another, or a piece in the bar, ends it. */
import { useSyncExternalStore } from "react";
import { pause } from "../studio/players/playback.ts";

let playing: string | undefined;
const listeners = new Set<() => void>();

function set(id: string | undefined) {
  playing = id;
  for (const listener of listeners) listener();
}

/** Begins the preview of a work; whatever else played stops. */
export function playPreview(id: string): void {
  pause();
  set(id);
}

/** Ends the preview, if it is the one that plays. */
export function stopPreview(id: string): void {
  if (playing === id) set(undefined);
}

function subscribe(listener: () => void) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Whether this work's preview is the one that plays. */
export function useIsPlaying(id: string): boolean {
  return useSyncExternalStore(subscribe, () => playing === id);
}
