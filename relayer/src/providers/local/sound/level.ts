/** The largest amplitude in any of the channels. */
export function peakOf(channels: readonly Float32Array[]): number {
  let peak = 0;
  for (const samples of channels) for (const value of samples) peak = Math.max(peak, Math.abs(value));
  return peak;
}

/** Root mean square of what is louder than a thousandth of full scale: pauses do not make a sound quieter. */
export function loudnessOf(channels: readonly Float32Array[]): number {
  let sum = 0;
  let count = 0;
  for (const samples of channels)
    for (const value of samples) {
      if (Math.abs(value) < 0.001) continue;
      sum += value * value;
      count += 1;
    }
  return count === 0 ? 0 : Math.sqrt(sum / count);
}

/** How fast the limiter lets go, in seconds. */
const RELEASE_SECONDS = 0.12;
/** How far it looks ahead, in seconds, so that it never has to cut off. */
const LOOKAHEAD_SECONDS = 0.003;

/**
 * Brings the loudness to `target` and holds every peak at or under `ceiling`, both as parts of full scale: one gain for
 * all, and where that would be too loud a limiter that looks ahead, so that nothing is cut off. Changes the channels.
 */
export function level(channels: readonly Float32Array[], sampleRate: number, target: number, ceiling: number): void {
  const loudness = loudnessOf(channels);
  if (loudness === 0) return;
  const gain = target / loudness;
  const frames = channels[0]?.length ?? 0;
  const lookahead = Math.max(1, Math.round(LOOKAHEAD_SECONDS * sampleRate));
  const release = Math.exp(-1 / (RELEASE_SECONDS * sampleRate));

  // How much has to be taken away at each frame; walked backwards it begins before the peak, forwards it lets go.
  const wanted = new Float32Array(frames).fill(1);
  for (const samples of channels)
    for (let at = 0; at < frames; at += 1) {
      const loud = Math.abs(samples[at] ?? 0) * gain;
      if (loud > ceiling) wanted[at] = Math.min(wanted[at] ?? 1, ceiling / loud);
    }
  const attack = 1 / lookahead;
  for (let at = frames - 2; at >= 0; at -= 1) wanted[at] = Math.min(wanted[at] ?? 1, (wanted[at + 1] ?? 1) + attack);
  let held = 1;
  for (let at = 0; at < frames; at += 1) {
    held = Math.min(wanted[at] ?? 1, 1 - (1 - held) * release);
    for (const samples of channels) samples[at] = (samples[at] ?? 0) * gain * held;
  }
}

/** Fades the beginning in and the end out, in seconds. Changes the channels. */
export function fade(channels: readonly Float32Array[], sampleRate: number, fadeIn: number, fadeOut: number): void {
  for (const samples of channels) {
    const rising = Math.min(samples.length, Math.round(fadeIn * sampleRate));
    const falling = Math.min(samples.length, Math.round(fadeOut * sampleRate));
    for (let at = 0; at < rising; at += 1) samples[at] = (samples[at] ?? 0) * (at / rising);
    for (let at = 0; at < falling; at += 1) {
      const index = samples.length - 1 - at;
      samples[index] = (samples[index] ?? 0) * Math.sin(((at / falling) * Math.PI) / 2) ** 2;
    }
  }
}
