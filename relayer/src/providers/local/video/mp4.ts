/** A box of an ISO base media file (ISO/IEC 14496-12): where it begins, where its content does, and where it ends. */
export type Box = { type: string; start: number; content: number; end: number };

/** Boxes that hold others on the way to the tables of a track. */
const PARENTS = new Set(["moov", "trak", "mdia", "minf", "stbl"]);

const viewOf = (bytes: Uint8Array) => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

/** The boxes between two places, one after the other. */
export function boxesIn(bytes: Uint8Array, from = 0, to = bytes.length): Box[] {
  const view = viewOf(bytes);
  const boxes: Box[] = [];
  let at = from;
  while (at + 8 <= to) {
    const short = view.getUint32(at);
    const large = short === 1;
    const size = large ? Number(view.getBigUint64(at + 8)) : short === 0 ? to - at : short;
    if (size < 8 || at + size > to) throw new RangeError("a box of this file does not fit into it");
    const type = String.fromCharCode(...bytes.subarray(at + 4, at + 8));
    boxes.push({ type, start: at, content: at + (large ? 16 : 8), end: at + size });
    at += size;
  }
  return boxes;
}

/** Every box of a type, however deep it is. */
export function findBoxes(bytes: Uint8Array, type: string, within: readonly Box[] = boxesIn(bytes)): Box[] {
  return within.flatMap((box) => [
    ...(box.type === type ? [box] : []),
    ...(PARENTS.has(box.type) ? findBoxes(bytes, type, boxesIn(bytes, box.content, box.end)) : []),
  ]);
}

/** Forgets when a movie was made, so that the same request is the same file. */
function withoutDates(bytes: Uint8Array): void {
  const view = viewOf(bytes);
  for (const type of ["mvhd", "tkhd", "mdhd"]) {
    for (const { content } of findBoxes(bytes, type)) {
      const long = view.getUint8(content) === 1;
      bytes.fill(0, content + 4, content + (long ? 20 : 12));
    }
  }
}

/** Adds to every place in the file that a track's table names. */
function moveChunks(moov: Uint8Array, by: number): void {
  const view = viewOf(moov);
  for (const { content } of findBoxes(moov, "stco")) {
    const count = view.getUint32(content + 4);
    for (let entry = 0; entry < count; entry += 1) {
      const at = content + 8 + entry * 4;
      view.setUint32(at, view.getUint32(at) + by);
    }
  }
  for (const { content } of findBoxes(moov, "co64")) {
    const count = view.getUint32(content + 4);
    for (let entry = 0; entry < count; entry += 1) {
      const at = content + 8 + entry * 8;
      view.setBigUint64(at, view.getBigUint64(at) + BigInt(by));
    }
  }
}

/**
 * The same movie with its tables before its data, so that a player begins before it has all of it, without padding and
 * without the time it was written at.
 * @throws RangeError when the bytes are no such file.
 */
export function tidyMovie(original: Uint8Array): Uint8Array {
  const bytes = original.slice();
  withoutDates(bytes);
  const boxes = boxesIn(bytes);
  const one = (type: string): Uint8Array => {
    const box = boxes.find((candidate) => candidate.type === type);
    if (box === undefined) throw new RangeError(`this file has no ${type}`);
    return bytes.slice(box.start, box.end);
  };
  const [ftyp, moov, mdat] = [one("ftyp"), one("moov"), one("mdat")];
  const before = boxes.find(({ type }) => type === "mdat")?.start ?? 0;
  moveChunks(moov, ftyp.length + moov.length - before);
  const tidy = new Uint8Array(ftyp.length + moov.length + mdat.length);
  tidy.set(ftyp, 0);
  tidy.set(moov, ftyp.length);
  tidy.set(mdat, ftyp.length + moov.length);
  return tidy;
}
