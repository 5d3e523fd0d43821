import { nameAt, viewOf } from "./bytes.ts";
import { cut, malformed } from "./faults.ts";

type Box = { type: string; start: number; end: number };

/** Boxes that hold boxes, on the way to the sample tables. */
const CONTAINERS: ReadonlySet<string> = new Set(["moov", "trak", "mdia", "minf", "stbl"]);
/** Pictures and pieces of sound of all tracks together: an hour of both at 100 a second is less. */
const MAX_SAMPLES = 1_000_000;

/**
 * Whether an MP4 goes on to its end and is of a size that can be handled: boxes within the file, a movie, its media,
 * and sample tables that do not claim more than there can be (ISO/IEC 14496-12).
 * @throws ProviderError when it is not.
 */
export function requireWholeMp4(bytes: Uint8Array): void {
  const found = new Set<string>();
  for (const { type, start, end } of boxes(bytes, 0, bytes.length)) {
    found.add(type);
    if (type === "moov") requireSaneTables(bytes, start, end);
  }
  if (!found.has("moov") || !found.has("mdat")) throw cut("an MP4 without its movie or its media");
}

function requireSaneTables(bytes: Uint8Array, from: number, to: number): void {
  const view = viewOf(bytes);
  for (const { type, start, end } of boxes(bytes, from, to)) {
    if (CONTAINERS.has(type)) requireSaneTables(bytes, start, end);
    if (type !== "stts" && type !== "ctts" && type !== "stsz") continue;
    if (end - start < 8) throw malformed(`an MP4 with half a table (${type})`);
    const samples = type === "stsz" ? sizes(view, start, end) : runs(view, start, end);
    if (samples > MAX_SAMPLES) throw malformed(`an MP4 of ${samples} samples`);
  }
}

/** How many samples the runs of a `stts` or `ctts` stand for. */
function runs(view: DataView, start: number, end: number): number {
  const count = view.getUint32(start + 4);
  if (start + 8 + count * 8 > end) throw malformed("an MP4 with a table that is shorter than it says");
  let sum = 0;
  for (let index = 0; index < count; index += 1) sum += view.getUint32(start + 8 + index * 8);
  return sum;
}

function sizes(view: DataView, start: number, end: number): number {
  if (end - start < 12) throw malformed("an MP4 with half a table (stsz)");
  const count = view.getUint32(start + 8);
  const isUniform = view.getUint32(start + 4) !== 0;
  if (!isUniform && start + 12 + count * 4 > end) throw malformed("an MP4 with a table that is shorter than it says");
  return count;
}

/** The boxes of a range: what each holds, from `start` to `end`. */
function* boxes(bytes: Uint8Array, from: number, to: number): Generator<Box> {
  const view = viewOf(bytes);
  for (let at = from; at < to; ) {
    if (at + 8 > to) throw cut("an MP4 that ends within a box");
    const short = view.getUint32(at);
    const type = nameAt(bytes, at + 4);
    if (short === 1 && at + 16 > to) throw cut("an MP4 that ends within a box");
    const head = short === 1 ? 16 : 8;
    // 1: the length follows in 64 bits; 0: to the end of the file.
    const length = short === 1 ? Number(view.getBigUint64(at + 8)) : short === 0 ? to - at : short;
    if (length < head) throw malformed("an MP4 with a box of no length");
    if (at + length > to) throw cut("an MP4 that ends within a box");
    yield { type, start: at + head, end: at + length };
    at += length;
  }
}
