import { readWav } from "../src/media/wav.ts";

/** What a WAV sounds like, measured on its samples. */
export type Heard = {
  seconds: number;
  sampleRate: number;
  channels: number;
  bits: number;
  /** All channels mixed, from -1 to 1. */
  samples: Float64Array;
  /** Largest amplitude of any channel. */
  peak: number;
  /** Root mean square. */
  loudness: number;
  /** The longest stretch that nobody hears, in seconds. */
  silence: number;
};

/** Below this root mean square of 50 ms, as a part of full scale, nothing is heard: -54 dB. */
const SILENT = 0.002;

/** Decodes a WAV from its bytes, and measures it. */
export function hear(bytes: Uint8Array): Heard {
  const { samples: raw, sampleRate, channels, bits, seconds } = readWav(bytes);
  const view = new DataView(raw.buffer, raw.byteOffset, raw.byteLength);
  const width = bits / 8;
  const read = (index: number) =>
    bits === 16
      ? view.getInt16(index * 2, true) / 32_768
      : ((view.getInt8(index * 3 + 2) << 16) | view.getUint16(index * 3, true)) / 8_388_608;
  let peak = 0;
  const samples = Float64Array.from({ length: raw.length / width / channels }, (_, frame) => {
    let sum = 0;
    for (let channel = 0; channel < channels; channel += 1) {
      const value = read(frame * channels + channel);
      peak = Math.max(peak, Math.abs(value));
      sum += value;
    }
    return sum / channels;
  });
  const window = Math.round(sampleRate * 0.05);
  let silence = 0;
  let current = 0;
  for (let at = 0; at < samples.length; at += window) {
    current = rms(samples.subarray(at, at + window)) < SILENT ? current + window / sampleRate : 0;
    silence = Math.max(silence, current);
  }
  return { seconds, sampleRate, channels, bits, samples, peak, loudness: rms(samples), silence };
}

const rms = (samples: Float64Array) =>
  Math.sqrt(samples.reduce((sum, value) => sum + value * value, 0) / samples.length);

/** Which part of a sound's power lies above a frequency, from 0 to 1 (Goertzel's sums every 50 Hz, over half a second windows). */
export function partAbove({ samples, sampleRate }: Heard, hertz: number): number {
  let above = 0;
  let all = 0;
  const length = Math.min(samples.length, sampleRate * 2);
  const from = Math.floor((samples.length - length) / 2);
  for (let frequency = 50; frequency < sampleRate / 2; frequency += 50) {
    const turn = 2 * Math.cos((2 * Math.PI * frequency) / sampleRate);
    let one = 0;
    let two = 0;
    for (let at = from; at < from + length; at += 1) {
      const next = (samples[at] ?? 0) + turn * one - two;
      two = one;
      one = next;
    }
    const power = one * one + two * two - turn * one * two;
    all += power;
    if (frequency >= hertz) above += power;
  }
  return above / all;
}

/** The fundamental frequency of speech in hertz: the median over voiced stretches of 60 ms, by autocorrelation. */
export function pitchOf({ samples, sampleRate }: Heard): number {
  const length = Math.round(sampleRate * 0.06);
  const found: number[] = [];
  for (let at = 0; at + length < samples.length; at += length) {
    const window = samples.subarray(at, at + length);
    const power = window.reduce((sum, value) => sum + value * value, 0);
    if (power / length < 0.002) continue;
    let best = 0;
    let lag = 0;
    for (let shift = Math.floor(sampleRate / 450); shift < sampleRate / 60; shift += 1) {
      let sum = 0;
      for (let index = shift; index < length; index += 1) sum += (window[index] ?? 0) * (window[index - shift] ?? 0);
      if (sum > best) [best, lag] = [sum, shift];
    }
    if (best > 0.35 * power) found.push(sampleRate / lag);
  }
  return found.sort((one, other) => one - other)[found.length >> 1] ?? 0;
}
