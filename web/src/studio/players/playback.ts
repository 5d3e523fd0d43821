/** The one thing that plays: audio here, which goes on while one walks through the dApp, or a video on the page. */
import { useSyncExternalStore } from "react";

/** A piece of audio. */
export interface Track {
  /** The generation's id. */
  readonly id: string;
  /** Its prompt. */
  readonly title: string;
  readonly src: string;
  readonly seconds: number;
  readonly peaks: readonly number[];
}

export interface Playback {
  readonly track: Track | undefined;
  readonly playing: boolean;
  /** Seconds from the beginning. */
  readonly position: number;
  /** It could not be loaded or played. */
  readonly failed: boolean;
}

const SILENT: Playback = { track: undefined, playing: false, position: 0, failed: false };

let playback = SILENT;
let audio: HTMLAudioElement | undefined;
let video: HTMLVideoElement | undefined;
const listeners = new Set<() => void>();

function show(changes: Partial<Playback>) {
  playback = { ...playback, ...changes };
  for (const listener of listeners) listener();
}

function element(): HTMLAudioElement {
  if (audio) return audio;
  const made = new Audio();
  made.preload = "auto";
  made.addEventListener("play", () => show({ playing: true, failed: false }));
  made.addEventListener("pause", () => show({ playing: false }));
  made.addEventListener("timeupdate", () => show({ position: made.currentTime }));
  made.addEventListener("seeking", () => show({ position: made.currentTime }));
  made.addEventListener("ended", () => show({ playing: false, position: 0 }));
  made.addEventListener("error", () => playback.track && show({ playing: false, failed: true }));
  audio = made;
  return made;
}

/** Plays a track from a place, in seconds; whatever else played stops. */
export function play(track: Track, from?: number): void {
  const player = element();
  video?.pause();
  if (playback.track?.id !== track.id || playback.failed) {
    player.src = track.src;
    show({ track, position: from ?? 0, failed: false });
  }
  if (from !== undefined) player.currentTime = from;
  // A refusal shows as paused; a file that cannot be had, as failed.
  void player.play().catch(() => undefined);
}

export function pause(): void {
  audio?.pause();
}

/** Goes to a place of what plays, in seconds. */
export function seek(to: number): void {
  if (audio) audio.currentTime = to;
}

/** Ends it for good, and takes it out of the bar. */
export function stop(): void {
  audio?.pause();
  playback = SILENT;
  audio?.removeAttribute("src");
  show({});
}

/** To be called as a video begins: it plays alone. */
export function videoPlays(started: HTMLVideoElement): void {
  audio?.pause();
  if (video !== started) video?.pause();
  video = started;
}

function subscribe(listener: () => void) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Id of what is in the bar. */
export function nowPlaying(): string | undefined {
  return playback.track?.id;
}

/** What plays, live. */
export function usePlayback(): Playback {
  return useSyncExternalStore(subscribe, () => playback);
}
