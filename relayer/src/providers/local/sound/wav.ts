const HEADER_BYTES = 44;
const PCM = 1;

/** Sound as the engines work on it: one array of samples from -1 to 1 for each channel, all of one length. */
export type Sound = { sampleRate: number; channels: readonly Float32Array[] };

/** Bytes of a WAV of so many frames. */
export const wavBytes = (frames: number, channels: number, bits: 16 | 24): number =>
  HEADER_BYTES + (frames * channels * bits) / 8;

/**
 * A RIFF WAVE file of PCM samples (Multimedia Programming Interface and Data Specifications 1.0). What is louder than
 * full scale is cut off: bring it down before.
 */
export function writeWav({ sampleRate, channels }: Sound, bits: 16 | 24): Uint8Array {
  const frames = channels[0]?.length ?? 0;
  const sampleBytes = bits / 8;
  const bytes = new Uint8Array(wavBytes(frames, channels.length, bits));
  const view = new DataView(bytes.buffer);
  const name = (at: number, text: string) => bytes.set(new TextEncoder().encode(text), at);
  name(0, "RIFF");
  view.setUint32(4, bytes.length - 8, true);
  name(8, "WAVEfmt ");
  view.setUint32(16, 16, true);
  view.setUint16(20, PCM, true);
  view.setUint16(22, channels.length, true);
  view.setUint32(24, sampleRate, true);
  view.setUint32(28, sampleRate * channels.length * sampleBytes, true);
  view.setUint16(32, channels.length * sampleBytes, true);
  view.setUint16(34, bits, true);
  name(36, "data");
  view.setUint32(40, bytes.length - HEADER_BYTES, true);

  const full = 2 ** (bits - 1) - 1;
  let at = HEADER_BYTES;
  for (let frame = 0; frame < frames; frame += 1) {
    for (const samples of channels) {
      const value = Math.round(Math.min(1, Math.max(-1, samples[frame] ?? 0)) * full);
      if (bits === 16) view.setInt16(at, value, true);
      else {
        view.setUint16(at, value & 0xffff, true);
        view.setInt8(at + 2, value >> 16);
      }
      at += sampleBytes;
    }
  }
  return bytes;
}

/** The samples of a WAV of 16-bit PCM in one channel, as flite writes it. @throws RangeError when it is another kind. */
export function readMono16(bytes: Uint8Array): { sampleRate: number; samples: Float32Array } {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const isKnown = bytes.length >= HEADER_BYTES && view.getUint16(22, true) === 1 && view.getUint16(34, true) === 16;
  if (!isKnown) throw new RangeError("no WAV of 16-bit samples in one channel");
  const count = (bytes.length - HEADER_BYTES) >> 1;
  const samples = Float32Array.from(
    { length: count },
    (_, index) => view.getInt16(HEADER_BYTES + index * 2, true) / 32_768,
  );
  return { sampleRate: view.getUint32(24, true), samples };
}
