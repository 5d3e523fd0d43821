import { viewOf } from "./bytes.ts";
import { cut } from "./faults.ts";

/** Where the count of samples is in the first block, which is always STREAMINFO (RFC 9639, section 8.2). */
const COUNT_AT = 4 + 4 + 13;
/** Eight channels of the longest block, verbatim in 32 bits, are less. */
const MAX_FRAME_BYTES = 4_194_304;
/** Sound looks like a frame's beginning every 32,768 bytes or so; a file made of nothing else is none. */
const MAX_TRIES = 1_000;
const POLYNOMIAL = 0x8005;

/**
 * Whether a FLAC ends with a whole frame: one whose checksum, which is its last two bytes, is right (RFC 9639, section
 * 9.3). A decoder would play a broken one as far as it goes.
 * @returns how many samples a channel has as the head announces it; 0 when it does not.
 * @throws UpstreamCutError when it does not.
 */
export function requireWholeFlac(bytes: Uint8Array): number {
  if (bytes.length < COUNT_AT + 5 || !endsWithFrame(bytes)) throw cut("a FLAC that ends within a frame");
  const view = viewOf(bytes);
  // 36 bits.
  return (view.getUint8(COUNT_AT) & 0x0f) * 2 ** 32 + view.getUint32(COUNT_AT + 1);
}

function endsWithFrame(bytes: Uint8Array): boolean {
  const first = Math.max(COUNT_AT, bytes.length - MAX_FRAME_BYTES);
  let tries = 0;
  for (let at = bytes.length - 2; at >= first && tries < MAX_TRIES; at -= 1) {
    // The sync code, with one bit for the way of numbering.
    const isSync = bytes[at] === 0xff && ((bytes[at + 1] ?? 0) & 0xfe) === 0xf8;
    if (!isSync) continue;
    if (checksum(bytes.subarray(at)) === 0) return true;
    tries += 1;
  }
  return false;
}

/** CRC-16 of a frame; 0 over one with its checksum behind it. */
function checksum(frame: Uint8Array): number {
  let sum = 0;
  for (const byte of frame) {
    sum ^= byte << 8;
    for (let bit = 0; bit < 8; bit += 1) sum = (sum & 0x8000 ? (sum << 1) ^ POLYNOMIAL : sum << 1) & 0xffff;
  }
  return sum;
}
