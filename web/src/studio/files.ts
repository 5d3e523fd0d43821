import type { Generation, Stelai } from "@stelai/sdk";

/** Where a file can be fetched: what the relayer says of it may be a path. */
export function addressOf({ client }: Stelai, url: string): string {
  return new URL(url, `${client.relayerUrl ?? window.location.origin}/`).href;
}

const ENDINGS: Record<string, string> = {
  "image/png": "png",
  "image/jpeg": "jpg",
  "image/webp": "webp",
  "video/mp4": "mp4",
  "audio/wav": "wav",
  "audio/mpeg": "mp3",
  "audio/flac": "flac",
  "audio/ogg": "ogg",
};

/** A name for a file that says what is in it: the beginning of its prompt, and its ending. */
export function fileName({ prompt, id, file }: Generation, ending?: string): string {
  return fileNameOf(prompt, id, ending ?? file?.mediaType ?? "");
}

/**
 * A name for a file of somebody's words: letters and digits alone, so that none of them means anything to a disk.
 * @param other When the words have neither.
 * @param kind Its ending, or its media type.
 */
export function fileNameOf(text: string, other: string, kind: string): string {
  const words = text
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .match(/[\p{L}\p{N}]+/gu);
  const name = (words ?? []).join("-").slice(0, 48).replace(/-$/, "");
  const ending = kind.includes("/") ? (ENDINGS[kind] ?? "bin") : kind || "bin";
  return `${name || other}.${ending}`;
}

/** Hands bytes to the browser as a file. */
export function saveFile(name: string, bytes: Uint8Array, type: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([new Uint8Array(bytes)], { type }));
  link.download = name;
  link.click();
  // Some browsers fetch it only after the click has been handled.
  window.setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
