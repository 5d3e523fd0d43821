import { createRandom } from "../chat/random.ts";
import { filtered, pass } from "../sound/filter.ts";
import type { Voice } from "./voices.ts";

/** The speech as an effect has it: over the radio, from a robot, whispered. */
export function colour(samples: Float32Array, sampleRate: number, effect: Voice["effect"], seed: number): Float32Array {
  if (effect === "radio") return radio(samples, sampleRate);
  if (effect === "robot") return robot(samples, sampleRate);
  if (effect === "whisper") return whisper(samples, sampleRate, seed);
  return samples;
}

/** A narrow band, driven until it is a little coarse. */
function radio(samples: Float32Array, sampleRate: number): Float32Array {
  const low = pass("low", 3_200, sampleRate);
  const high = pass("high", 380, sampleRate);
  const driven = filtered(samples, high, low).map((value) => Math.tanh(value * 9) * 0.4);
  return filtered(driven, high, low);
}

/** Echoes of a few milliseconds, as from a metal tube. */
function robot(samples: Float32Array, sampleRate: number): Float32Array {
  const delay = Math.round(0.0085 * sampleRate);
  const ringing = Float32Array.from(samples);
  for (let at = delay; at < ringing.length; at += 1)
    ringing[at] = (samples[at] ?? 0) + 0.55 * (ringing[at - delay] ?? 0);
  return ringing;
}

/** Poles of the model of the vocal tract: two for each resonance under 8 kHz, and some for the rest. */
const POLES = 18;
const FRAME_SECONDS = 0.025;

/**
 * What the vocal tract does to breath in place of the vocal cords: linear prediction (Levinson-Durbin) takes the
 * resonances of each frame, and noise of the same power goes through them.
 */
function whisper(samples: Float32Array, sampleRate: number, seed: number): Float32Array {
  const random = createRandom(seed);
  const frame = Math.round(FRAME_SECONDS * sampleRate);
  const hop = frame >> 1;
  const emphasised = samples.map((value, at) => value - 0.9 * (samples[at - 1] ?? 0));
  const out = new Float32Array(samples.length);
  for (let start = 0; start < samples.length; start += hop) {
    const window = Float64Array.from({ length: frame }, (_, at) => {
      return (emphasised[start + at] ?? 0) * (0.5 - 0.5 * Math.cos((2 * Math.PI * at) / frame));
    });
    const { poles, power } = predict(window);
    const gain = Math.sqrt(power / frame) * 2.5;
    const history = new Float64Array(POLES);
    for (let at = 0; at < frame; at += 1) {
      let value = (random.next() * 2 - 1) * gain;
      for (let pole = 0; pole < POLES; pole += 1) value -= (poles[pole] ?? 0) * (history[pole] ?? 0);
      history.copyWithin(1, 0, POLES - 1);
      history[0] = value;
      const place = start + at;
      if (place < out.length)
        out[place] = (out[place] ?? 0) + value * (0.5 - 0.5 * Math.cos((2 * Math.PI * at) / frame));
    }
  }
  return out;
}

/** Linear prediction by autocorrelation: the filter's coefficients, and the power of what it does not predict. */
function predict(window: Float64Array): { poles: Float64Array; power: number } {
  const correlations = Float64Array.from({ length: POLES + 1 }, (_, lag) => {
    let sum = 0;
    for (let at = lag; at < window.length; at += 1) sum += (window[at] ?? 0) * (window[at - lag] ?? 0);
    return sum;
  });
  const poles = new Float64Array(POLES);
  let power = (correlations[0] ?? 0) * 1.0001;
  if (power < 1e-9) return { poles, power: 0 };
  for (let order = 0; order < POLES; order += 1) {
    let sum = correlations[order + 1] ?? 0;
    for (let at = 0; at < order; at += 1) sum += (poles[at] ?? 0) * (correlations[order - at] ?? 0);
    const reflection = -sum / power;
    const before = poles.slice(0, order);
    poles[order] = reflection;
    for (let at = 0; at < order; at += 1) poles[at] = (before[at] ?? 0) + reflection * (before[order - 1 - at] ?? 0);
    power *= 1 - reflection * reflection;
  }
  return { poles, power };
}

/**
 * Adds what flite leaves out, all above 8 kHz: the upper half of its band, folded over by a rectifier and filtered, so
 * that an s hisses as it does in a room. Changes the samples.
 */
export function addAir(samples: Float32Array, sampleRate: number, amount: number): void {
  const high = pass("high", 3_800, sampleRate);
  const top = pass("high", 7_600, sampleRate);
  const folded = filtered(samples, high, high).map(Math.abs);
  const air = filtered(folded, top, top);
  for (let at = 0; at < samples.length; at += 1) samples[at] = (samples[at] ?? 0) + amount * (air[at] ?? 0);
}
