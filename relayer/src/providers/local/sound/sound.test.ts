import { expect } from "chai";
import { hear } from "../../../../test/sound.ts";
import { filtered, pass } from "./filter.ts";
import { fade, level, loudnessOf, peakOf } from "./level.ts";
import { resample } from "./resample.ts";
import { readMono16, writeWav } from "./wav.ts";

const sine = (hertz: number, sampleRate: number, seconds: number) =>
  Float32Array.from(
    { length: sampleRate * seconds },
    (_, at) => 0.5 * Math.sin((2 * Math.PI * hertz * at) / sampleRate),
  );

const crossings = (samples: Float32Array) =>
  samples.reduce((count, value, at) => count + (at > 0 && (samples[at - 1] ?? 0) < 0 && value >= 0 ? 1 : 0), 0);

describe("sound of the local engines", () => {
  for (const bits of [16, 24] as const) {
    it(`writes ${bits}-bit samples that a reader of WAV finds again, to the last bit of their resolution`, () => {
      const left = sine(440, 8_000, 0.5);
      const right = sine(660, 8_000, 0.5);
      const heard = hear(writeWav({ sampleRate: 8_000, channels: [left, right] }, bits));
      expect(heard).to.include({ sampleRate: 8_000, channels: 2, bits, seconds: 0.5 });
      const error = Math.max(
        ...left.map((value, at) => Math.abs((heard.samples[at] ?? 0) - (value + (right[at] ?? 0)) / 2)),
      );
      expect(error).to.be.below(1.6 / 2 ** (bits - 1));
    });
  }

  it("cuts off what is louder than full scale instead of letting it wrap around", () => {
    const { samples } = readMono16(writeWav({ sampleRate: 8_000, channels: [Float32Array.of(1.7, -1.7)] }, 16));
    expect(samples[0]).to.be.above(0.99);
    expect(samples[1]).to.be.below(-0.99);
  });

  it("refuses to read a WAV of two channels as speech", () => {
    const stereo = writeWav({ sampleRate: 8_000, channels: [sine(440, 8_000, 1), sine(440, 8_000, 1)] }, 16);
    expect(() => readMono16(stereo)).to.throw(RangeError);
  });

  it("keeps a tone's frequency and loudness when it is resampled", () => {
    const doubled = resample(sine(1_000, 16_000, 1), 3);
    expect(doubled).to.have.lengthOf(48_000);
    expect(crossings(doubled)).to.be.within(998, 1_002);
    expect(peakOf([doubled.subarray(100, 47_900)])).to.be.within(0.498, 0.502);
  });

  it("takes away what a lower rate cannot hold, instead of folding it back", () => {
    expect(peakOf([resample(sine(6_000, 16_000, 1), 0.5).subarray(100, 7_900)])).to.be.below(0.003);
  });

  it("never lets a peak above the ceiling, however loud it is to be", () => {
    const burst = Float32Array.from({ length: 48_000 }, (_, at) => (at % 9_000 < 40 ? 1 : 0.02) * Math.sin(at));
    level([burst], 48_000, 0.4, 0.89);
    expect(peakOf([burst])).to.be.at.most(0.8901);
  });

  it("brings sounds of different loudness to the same", () => {
    const quiet = sine(300, 16_000, 1).map((value) => value / 20);
    level([quiet], 16_000, 0.14, 0.89);
    expect(loudnessOf([quiet])).to.be.within(0.13, 0.15);
  });

  it("leaves silence as it is", () => {
    const silence = new Float32Array(100);
    level([silence], 16_000, 0.14, 0.89);
    expect(peakOf([silence])).to.equal(0);
  });

  it("ends a fade in silence", () => {
    const tone = sine(300, 16_000, 1);
    fade([tone], 16_000, 0.01, 0.5);
    expect(Math.abs(tone.at(-1) ?? 1)).to.be.below(1e-6);
    expect(tone[0]).to.equal(0);
  });

  it("lets low tones through a low-pass and takes high ones away", () => {
    const low = pass("low", 1_000, 16_000);
    expect(loudnessOf([filtered(sine(200, 16_000, 1), low)])).to.be.within(0.334, 0.374);
    expect(loudnessOf([filtered(sine(5_000, 16_000, 1), low)])).to.be.below(0.03);
  });
});
