import { Zip, ZipDeflate, ZipPassThrough } from "fflate";

/** Bytes that are given at a time, as the client takes them. */
const CHUNK = 262_144;

/**
 * Bytes as a stream over themselves: nothing is copied.
 * @param onEnd Called when all was given, or nobody wants the rest.
 */
export function streamOf(bytes: Uint8Array, onEnd: () => void): ReadableStream<Uint8Array> {
  let at = 0;
  return new ReadableStream<Uint8Array>(
    {
      pull: (controller) => {
        const chunk = bytes.subarray(at, at + CHUNK);
        at += chunk.length;
        if (chunk.length > 0) controller.enqueue(chunk);
        if (at < bytes.length) return;
        controller.close();
        onEnd();
      },
      cancel: onEnd,
    },
    { highWaterMark: 0 },
  );
}

/** A file beside what is said of it, as a ZIP that is made while it is taken. Media does not get smaller: it is stored. */
export function zipOf(
  file: { name: string; bytes: Uint8Array },
  record: { name: string; bytes: Uint8Array },
  mtime: Date,
  onEnd: () => void,
): ReadableStream<Uint8Array> {
  const entries = [new ZipPassThrough(file.name), new ZipDeflate(record.name, { level: 6 })] as const;
  for (const entry of entries) entry.mtime = mtime;
  const [stored, deflated] = entries;
  let at = 0;
  let give: (part: Uint8Array) => void = () => {};
  const zip = new Zip((error, part) => {
    if (error !== null) throw error;
    give(part);
  });
  return new ReadableStream<Uint8Array>(
    {
      start: (controller) => {
        give = (part) => controller.enqueue(part);
        zip.add(stored);
        zip.add(deflated);
      },
      pull: (controller) => {
        const chunk = file.bytes.subarray(at, at + CHUNK);
        at += chunk.length;
        stored.push(chunk, at >= file.bytes.length);
        if (at < file.bytes.length) return;
        deflated.push(record.bytes, true);
        zip.end();
        controller.close();
        onEnd();
      },
      cancel: onEnd,
    },
    { highWaterMark: 0 },
  );
}
