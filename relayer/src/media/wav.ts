import { nameAt, viewOf } from "./bytes.ts";
import { cut, malformed } from "./faults.ts";
import { MAX_PEAKS, peaksOf } from "./peaks.ts";

const PCM = 1;
const FLOAT = 3;
const EXTENSIBLE = 0xfffe;
/** What an encoder writes as a length that it does not know yet. */
const UNKNOWN_LENGTH = 0xffff_ffff;
const HEADER_BYTES = 44;

/** What a WAV file says of itself, and where its samples are. */
export type Wav = {
  sampleRate: number;
  channels: number;
  bits: number;
  isFloat: boolean;
  seconds: number;
  /** The samples, whole frames of all channels. */
  samples: Uint8Array;
};

/**
 * Reads a RIFF WAVE file of PCM or float samples (Multimedia Programming Interface and Data Specifications 1.0). One
 * whose lengths were never filled in, as streaming encoders leave it, ends where the bytes end.
 * @throws ProviderError when it is none, or ends before its samples do.
 */
export function readWav(bytes: Uint8Array): Wav {
  const view = viewOf(bytes);
  let format: Omit<Wav, "seconds" | "samples"> | undefined;
  for (let at = 12; at + 8 <= bytes.length; ) {
    const name = nameAt(bytes, at);
    const length = view.getUint32(at + 4, true);
    const start = at + 8;
    if (name === "data") {
      if (format === undefined) throw malformed("a WAV without a format");
      const isOpen = length === UNKNOWN_LENGTH || (length === 0 && isOpenRiff(view));
      if (!isOpen && start + length > bytes.length) throw cut("a WAV that ends before its samples");
      return withSamples(format, bytes.subarray(start, isOpen ? bytes.length : start + length));
    }
    if (start + length > bytes.length) throw cut("a WAV that ends within its header");
    if (name === "fmt ") format = formatOf(view, start, length);
    at = start + length + (length % 2);
  }
  throw cut("a WAV without samples");
}

function isOpenRiff(view: DataView): boolean {
  const length = view.getUint32(4, true);
  return length === UNKNOWN_LENGTH || length === 0;
}

function formatOf(view: DataView, at: number, length: number): Omit<Wav, "seconds" | "samples"> {
  if (length < 16) throw malformed("a WAV with half a format");
  const tag = view.getUint16(at, true);
  const kind = tag === EXTENSIBLE && length >= 26 ? view.getUint16(at + 24, true) : tag;
  const bits = view.getUint16(at + 14, true);
  const isKnown = (kind === PCM && [8, 16, 24, 32].includes(bits)) || (kind === FLOAT && [32, 64].includes(bits));
  if (!isKnown) throw malformed(`a WAV of format ${kind} with ${bits} bits`);
  return {
    channels: view.getUint16(at + 2, true),
    sampleRate: view.getUint32(at + 4, true),
    bits,
    isFloat: kind === FLOAT,
  };
}

function withSamples(format: Omit<Wav, "seconds" | "samples">, data: Uint8Array): Wav {
  const frameBytes = (format.channels * format.bits) / 8;
  if (frameBytes === 0 || format.sampleRate === 0) throw malformed("a WAV without channels or sample rate");
  const frames = Math.floor(data.length / frameBytes);
  return { ...format, seconds: frames / format.sampleRate, samples: data.subarray(0, frames * frameBytes) };
}

/** Reads sample `index`, counted over all channels, as -1 to 1. */
function reader({ samples, bits, isFloat }: Wav): (index: number) => number {
  const view = viewOf(samples);
  if (isFloat) return bits === 32 ? (at) => view.getFloat32(at * 4, true) : (at) => view.getFloat64(at * 8, true);
  if (bits === 8) return (at) => (view.getUint8(at) - 128) / 128;
  if (bits === 16) return (at) => view.getInt16(at * 2, true) / 32_768;
  if (bits === 24) return (at) => ((view.getInt8(at * 3 + 2) << 16) | view.getUint16(at * 3, true)) / 8_388_608;
  return (at) => view.getInt32(at * 4, true) / 2_147_483_648;
}

/** The waveform of a WAV. */
export function wavPeaks(wav: Wav): number[] {
  const read = reader(wav);
  const count = (wav.samples.length * 8) / wav.bits;
  const stretches = Math.min(MAX_PEAKS, count);
  const loudest = new Float64Array(stretches);
  for (let index = 0; index < count; index += 1) {
    const stretch = Math.floor((index * stretches) / count);
    loudest[stretch] = Math.max(loudest[stretch] ?? 0, Math.abs(read(index)) || 0);
  }
  return peaksOf(loudest);
}

/** The first seconds of a WAV, all channels mixed into one, from -1 to 1. */
export function monoOf(wav: Wav, seconds: number): { sampleRate: number; samples: Float32Array } {
  const read = reader(wav);
  const { channels, sampleRate } = wav;
  const samples = Float32Array.from({ length: Math.floor(Math.min(seconds, wav.seconds) * sampleRate) }, (_, frame) => {
    let sum = 0;
    for (let channel = 0; channel < channels; channel += 1) sum += read(frame * channels + channel) || 0;
    return Math.min(1, Math.max(-1, sum / channels));
  });
  return { sampleRate, samples };
}

/** A WAV of 16-bit samples with a header that says how long it is. */
export function writeWav(
  { sampleRate, channels }: Pick<Wav, "sampleRate" | "channels">,
  samples: Int16Array,
): Uint8Array {
  const bytes = new Uint8Array(HEADER_BYTES + samples.length * 2);
  const view = viewOf(bytes);
  const name = (at: number, text: string) => bytes.set(new TextEncoder().encode(text), at);
  name(0, "RIFF");
  view.setUint32(4, bytes.length - 8, true);
  name(8, "WAVEfmt ");
  view.setUint32(16, 16, true);
  view.setUint16(20, PCM, true);
  view.setUint16(22, channels, true);
  view.setUint32(24, sampleRate, true);
  view.setUint32(28, sampleRate * channels * 2, true);
  view.setUint16(32, channels * 2, true);
  view.setUint16(34, 16, true);
  name(36, "data");
  view.setUint32(40, samples.length * 2, true);
  samples.forEach((sample, index) => {
    view.setInt16(HEADER_BYTES + index * 2, sample, true);
  });
  return bytes;
}

/** The first seconds of a WAV as 16-bit samples, faded out over the last `fade` of them. */
export function cutWav(wav: Wav, seconds: number, fade: number): Uint8Array {
  const read = reader(wav);
  const { channels, sampleRate } = wav;
  const frames = Math.floor(Math.min(seconds, wav.seconds) * sampleRate);
  const fadeFrames = Math.max(1, fade * sampleRate);
  const samples = Int16Array.from({ length: frames * channels }, (_, index) => {
    const gain = Math.min(1, (frames - Math.floor(index / channels)) / fadeFrames);
    return Math.round(Math.min(1, Math.max(-1, read(index) || 0)) * gain * 32_767);
  });
  return writeWav({ sampleRate, channels }, samples);
}

/** The same WAV with lengths that are true: streaming encoders leave them open, and players then show none. */
export function closeWav(bytes: Uint8Array): Uint8Array {
  const { samples } = readWav(bytes);
  const start = samples.byteOffset - bytes.byteOffset;
  const whole = bytes.slice(0, start + samples.length);
  const view = viewOf(whole);
  view.setUint32(4, whole.length - 8, true);
  view.setUint32(start - 4, samples.length, true);
  return whole;
}
