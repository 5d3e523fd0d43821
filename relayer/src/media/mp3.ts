import { nameAt, viewOf } from "./bytes.ts";
import { cut, malformed } from "./faults.ts";
import { peaksOf } from "./peaks.ts";

/** Kilobits a second by index, of layer III: MPEG 1, and MPEG 2 and 2.5 (ISO/IEC 11172-3 and 13818-3). */
const BITRATES = {
  1: [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320],
  2: [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160],
} as const;
const SAMPLE_RATES = [44_100, 48_000, 32_000] as const;
/** The `global_gain` at which a full-scale sample is one. */
const UNIT_GAIN = 210;
const GAIN_BITS = 8;

type Frame = {
  start: number;
  end: number;
  sampleRate: number;
  channels: number;
  isMpeg1: boolean;
  hasCrc: boolean;
};

/** What an MP3 is made of: its frames of sound, without tags and without a frame that only describes the others. */
export type Mp3 = {
  bytes: Uint8Array;
  frames: Frame[];
  sampleRate: number;
  channels: number;
  seconds: number;
};

/**
 * Walks the frames of an MPEG layer III file.
 * @throws ProviderError when it is none, or ends within a frame or before as many frames as it announced.
 */
export function readMp3(bytes: Uint8Array): Mp3 {
  const frames: Frame[] = [];
  const end = endOfFrames(bytes);
  let announced: number | undefined;
  let at = afterTags(bytes);
  for (let frame = frameAt(bytes, at); at < end; frame = frameAt(bytes, at)) {
    if (frame === undefined) {
      if (end - at < 4) throw cut("an MP3 that ends within a frame's head");
      throw malformed("an MP3 with something else between its frames");
    }
    if (frame.end > end) throw cut("an MP3 that ends within a frame");
    if (at === afterTags(bytes) && isInfo(bytes, frame)) announced = announcedFrames(bytes, frame);
    else frames.push(frame);
    at = frame.end;
  }
  const [first] = frames;
  if (first === undefined) throw cut("an MP3 without frames");
  if (frames.some(({ sampleRate, channels }) => sampleRate !== first.sampleRate || channels !== first.channels)) {
    throw malformed("an MP3 that changes its sample rate or channels");
  }
  if (announced !== undefined && frames.length < announced) throw cut("an MP3 with fewer frames than it announced");
  const { sampleRate, channels } = first;
  return { bytes, frames, sampleRate, channels, seconds: (frames.length * samplesIn(first)) / sampleRate };
}

/** The first seconds by whole frames. */
export function cutMp3({ bytes, frames, sampleRate }: Mp3, seconds: number): Uint8Array {
  const [first] = frames;
  if (first === undefined) throw malformed("an MP3 without frames");
  const kept = frames.slice(0, Math.max(1, Math.floor((seconds * sampleRate) / samplesIn(first))));
  return Buffer.concat(kept.map(({ start, end }) => bytes.subarray(start, end)));
}

/**
 * The waveform of an MP3, from the gain that each frame's side information states (`global_gain`, ISO/IEC 11172-3,
 * section 2.4.1.7): close to its loudness without decoding it. The loudest becomes full scale, for the gain alone does
 * not say how loud that is.
 */
export function mp3Peaks({ bytes, frames }: Mp3): number[] {
  const gains = frames.map((frame) => gainOf(bytes, frame));
  const loudest = gains.reduce((most, gain) => Math.max(most, gain), 0);
  return peaksOf(gains.map((gain) => (gain === 0 ? 0 : 2 ** ((gain - Math.max(loudest, UNIT_GAIN - 60)) / 4))));
}

const samplesIn = ({ isMpeg1 }: Frame): number => (isMpeg1 ? 1_152 : 576);

/** Whether an MPEG layer III frame may begin here. */
export function isMp3Frame(bytes: Uint8Array, at: number): boolean {
  return frameAt(bytes, at) !== undefined;
}

function frameAt(bytes: Uint8Array, at: number): Frame | undefined {
  if (at + 4 > bytes.length) return undefined;
  const head = viewOf(bytes).getUint32(at);
  if (head >>> 21 !== 0x7ff) return undefined;
  const version = (head >>> 19) & 3;
  const isLayer3 = ((head >>> 17) & 3) === 1;
  const isMpeg1 = version === 3;
  const bitrate = BITRATES[isMpeg1 ? 1 : 2][(head >>> 12) & 15];
  const baseRate = SAMPLE_RATES[(head >>> 10) & 3];
  if (version === 1 || !isLayer3 || !bitrate || baseRate === undefined) return undefined;
  const sampleRate = baseRate / (isMpeg1 ? 1 : version === 2 ? 2 : 4);
  const padding = (head >>> 9) & 1;
  const length = Math.floor(((isMpeg1 ? 144_000 : 72_000) * bitrate) / sampleRate) + padding;
  const channels = ((head >>> 6) & 3) === 3 ? 1 : 2;
  return { start: at, end: at + length, sampleRate, channels, isMpeg1, hasCrc: ((head >>> 16) & 1) === 0 };
}

/** Behind all ID3v2 tags (id3.org, section 3.1: the size has seven bits a byte). */
function afterTags(bytes: Uint8Array): number {
  let at = 0;
  while (nameAt(bytes, at, 3) === "ID3" && at + 10 <= bytes.length) {
    const size = bytes.subarray(at + 6, at + 10).reduce((sum, byte) => (sum << 7) | (byte & 0x7f), 0);
    const hasFooter = ((bytes[at + 5] ?? 0) & 0x10) !== 0;
    at += 10 + size + (hasFooter ? 10 : 0);
  }
  return at;
}

/** Before an ID3v1 tag. */
function endOfFrames(bytes: Uint8Array): number {
  const at = bytes.length - 128;
  return at >= 0 && nameAt(bytes, at, 3) === "TAG" ? at : bytes.length;
}

function sideInfo({ start, isMpeg1, channels, hasCrc }: Frame): { at: number; bytes: number } {
  const length = isMpeg1 ? (channels === 1 ? 17 : 32) : channels === 1 ? 9 : 17;
  return { at: start + 4 + (hasCrc ? 2 : 0), bytes: length };
}

/** Whether this first frame holds no sound but says how many follow (the Xing and Info headers). */
function isInfo(bytes: Uint8Array, frame: Frame): boolean {
  const { at, bytes: length } = sideInfo(frame);
  const name = nameAt(bytes, at + length);
  return name === "Xing" || name === "Info";
}

function announcedFrames(bytes: Uint8Array, frame: Frame): number | undefined {
  const { at, bytes: length } = sideInfo(frame);
  const view = viewOf(bytes);
  const hasFrames = (view.getUint32(at + length + 4) & 1) === 1;
  return hasFrames ? view.getUint32(at + length + 8) : undefined;
}

/** The largest `global_gain` of a frame's granules and channels. */
function gainOf(bytes: Uint8Array, frame: Frame): number {
  const { at } = sideInfo(frame);
  const { isMpeg1, channels } = frame;
  const granules = isMpeg1 ? 2 : 1;
  // main_data_begin, private_bits and scfsi before; part2_3_length and big_values before each gain.
  const before = isMpeg1 ? (channels === 1 ? 9 + 5 + 4 : 9 + 3 + 8) : channels === 1 ? 8 + 1 : 8 + 2;
  const perChannel = isMpeg1 ? 59 : 63;
  let most = 0;
  for (let index = 0; index < granules * channels; index += 1) {
    const bit = before + index * perChannel;
    const isSilent = bitsAt(bytes, at, bit, 12) === 0;
    if (!isSilent) most = Math.max(most, bitsAt(bytes, at, bit + 12 + 9, GAIN_BITS));
  }
  return most;
}

/** Up to 16 bits from a bit offset on. */
function bitsAt(bytes: Uint8Array, at: number, bit: number, count: number): number {
  const byte = at + (bit >> 3);
  const three = ((bytes[byte] ?? 0) << 16) | ((bytes[byte + 1] ?? 0) << 8) | (bytes[byte + 2] ?? 0);
  return (three >> (24 - (bit & 7) - count)) & ((1 << count) - 1);
}
