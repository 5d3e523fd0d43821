import { createCanvas, ImageData, loadImage } from "@napi-rs/canvas";
import { expect } from "chai";
import { ALL_FORMATS, BufferSource, Input } from "mediabunny";
import {
  drawing as drawn,
  flac,
  foreignVideo,
  mp3,
  ogg,
  picture,
  tone,
  video,
  withNoise,
} from "../../../test/media.ts";
import { hear } from "../../../test/sound.ts";
import type { MadeModality } from "../../providers/media.ts";
import { framesOf } from "../decode.ts";
import { shrink } from "../planes.ts";
import { probe } from "../probe.ts";
import { watermark } from "../watermark.ts";
import { writeWav } from "../wav.ts";
import { salePreviewOf } from "./index.ts";

type Size = readonly [width: number, height: number];

/** What is shown of a file, and what that is by its bytes. */
async function shown(bytes: Uint8Array, modality: MadeModality, decodes = true) {
  const { preview, poster } = await salePreviewOf(bytes, await probe(bytes, modality), decodes);
  const as = preview.mediaType.startsWith("image/") ? "Image" : modality;
  return { preview, poster, probed: await probe(preview.bytes, as) };
}

describe("Previews of what is for sale", () => {
  it("show a picture at half its sides at most, however small it is", async () => {
    for (const [width, height, small] of [
      [2_048, 1_024, [512, 256]],
      [800, 600, [400, 300]],
      [100, 61, [50, 31]],
    ] as const) {
      const { preview, probed } = await shown(await picture("png", width, height), "Image");
      expect([probed.width, probed.height]).to.deep.equal(small);
      expect([preview.width, preview.height]).to.deep.equal(small);
    }
  });

  describe("of films", () => {
    for (const [codec, film] of [
      ["H.264, as the local engine makes it", () => video(640, 480, 6)],
      ["VP9, with sound", () => foreignVideo(["vp09.00.10.08", "vp9"], { width: 640, height: 480, seconds: 6 })],
      ["AV1, with sound", () => foreignVideo(["av01.0.04M.08", "av1"], { width: 640, height: 480, seconds: 6 })],
    ] as const) {
      it(`are a third of it, small, with the mark on every picture and no sound: ${codec}`, async () => {
        const whole = await film();
        const before = Buffer.from(whole);
        const { preview, poster, probed } = await shown(whole, "Video");
        expect(preview).to.include({ mediaType: "video/mp4", width: 320, height: 240 });
        expect(probed).to.include({ mediaType: "video/mp4", width: 320, height: 240 });
        expect(probed.seconds).to.be.within(1.8, 2);
        expect(await tracksOf(preview.bytes)).to.deep.equal(["video"]);

        const frames = await pixelsOf(preview.bytes, [320, 240]);
        expect(frames.length).to.be.at.least(16);
        const rate = frames.length / (probed.seconds ?? 0);
        for (const [index, frame] of frames.entries()) {
          const { marked, elsewhere } = differences(frame, plain(index, [640, 480], [320, 240]), [320, 240]);
          expect(marked, `picture ${index} at ${rate} a second`).to.be.above(18);
          expect(elsewhere, `picture ${index}`).to.be.below(marked / 3);
        }

        expect(poster).to.include({ mediaType: "image/webp", width: 320, height: 240 });
        const still = await pictureOf(poster?.bytes ?? new Uint8Array());
        const { marked, elsewhere } = differences(still, plain(frames.length >> 1, [640, 480], [320, 240]), [320, 240]);
        expect(marked).to.be.above(18);
        expect(elsewhere).to.be.below(marked / 3);
        expect(Buffer.compare(whole, before)).to.equal(0);
      });
    }

    it("last three seconds at most, and are 360 pixels wide or high at most", async () => {
      const { preview, probed } = await shown(await video(800, 400, 10), "Video");
      expect(probed.seconds).to.be.within(2.8, 3);
      expect([preview.width, preview.height]).to.deep.equal([360, 180]);
    });

    it("stand as the film is seen, not as it is stored", async () => {
      const lying = await foreignVideo(["vp8", "vp8"], { width: 320, height: 192, seconds: 3, rotation: 90 });
      const { poster } = await shown(lying, "Video");
      expect([poster?.width, poster?.height]).to.deep.equal([96, 160]);
      const pixels = await pictureOf(poster?.bytes ?? new Uint8Array());
      // The fill goes from green at the stored top left to yellow at the stored bottom right; turned clockwise, the
      // stored top is on the right.
      expect(brightness(pixels, 96, [0.97, 0.03])).to.be.below(brightness(pixels, 96, [0.03, 0.97]) - 60);
      expect(brightness(pixels, 96, [0.97, 0.97])).to.be.above(brightness(pixels, 96, [0.97, 0.03]) + 20);
    });

    it("are a marked still where a third of it is no film any more", async () => {
      for (const [film, size] of [
        [await video(128, 96, 0.25), [64, 48]],
        [await video(480, 16, 3), [240, 8]],
      ] as const) {
        const { preview, poster, probed } = await shown(film, "Video");
        expect(poster).to.equal(undefined);
        expect(preview.mediaType).to.equal("image/webp");
        expect([probed.width, probed.height]).to.deep.equal(size);
      }
    });

    it("are a card that says what it is, and nothing of the film, where it cannot be decoded", async () => {
      const film = await video(320, 240, 3);
      const { preview: asked, poster } = await shown(film, "Video", false);
      expect(poster).to.equal(undefined);
      expect(asked).to.include({ mediaType: "image/webp", width: 360, height: 270 });
      for (const broken of [withNoise(film), renamed(film, "avcC", "avcX")]) {
        const { preview, poster: still } = await shown(broken, "Video");
        expect(still).to.equal(undefined);
        expect(Buffer.compare(preview.bytes, asked.bytes)).to.equal(0);
      }
    });
  });

  describe("of sounds", () => {
    const silence = writeWav({ sampleRate: 44_100, channels: 2 }, new Int16Array(2 * 44_100 * 30));
    for (const [kind, modality, sound] of [
      ["a WAV", "Music", async () => silence],
      ["an MP3", "Voice", async () => mp3(Array<number>(1_149).fill(120))],
      ["a FLAC", "Music", async () => flac(120)],
      ["an Ogg", "Music", () => ogg(1_500)],
    ] as const) {
      it(`say over the sound what they are, every four seconds: ${kind}`, async () => {
        const whole = await sound();
        const before = Buffer.from(whole);
        const { seconds = 0 } = await probe(whole, modality);
        const { preview, probed } = await shown(whole, modality);
        expect(probed).to.include({ mediaType: "audio/wav", channels: 1, sampleRate: 24_000 });
        expect(probed.seconds).to.be.within(Math.min(8, seconds / 3) - 0.05, Math.min(8, seconds / 3));
        const heard = hear(preview.bytes);
        // Of what changes: a FLAC of the test holds a constant in every block.
        const changes = heard.samples.map((value, at) => value - (heard.samples[at - 1] ?? value));
        const level = (from: number, to: number) => rms(changes.subarray(from * 24_000, to * 24_000));
        expect(level(0.8, 1.6)).to.be.above(0.005);
        if (seconds / 3 > 6) expect(level(4.8, 5.6)).to.be.above(0.005);
        for (const [from, to] of [
          [0, 0.7],
          [2.3, 2.8],
        ] as const) {
          expect(level(from, to), `${from} to ${to} s`).to.be.below(0.001);
        }
        expect(Buffer.compare(whole, before)).to.equal(0);
      });
    }

    it("leave the piece to be heard, quieter only while it is spoken over", async () => {
      const loud = writeWav(
        { sampleRate: 48_000, channels: 1 },
        Int16Array.from({ length: 48_000 * 30 }, (_, at) =>
          Math.round(Math.sin((at * 2 * Math.PI * 440) / 48_000) * 32_700),
        ),
      );
      const heard = hear((await shown(loud, "Music")).preview.bytes);
      const alone = toneIn(heard.samples.subarray(0, 0.6 * 24_000), 440, 24_000);
      const beneath = toneIn(heard.samples.subarray(1 * 24_000, 1.4 * 24_000), 440, 24_000);
      expect(alone).to.be.above(0.6);
      expect(beneath / alone).to.be.within(0.4, 0.5);
      expect(rest(heard.samples.subarray(1 * 24_000, 1.4 * 24_000), 440, 24_000)).to.be.above(0.08);
      expect(rest(heard.samples.subarray(0, 0.6 * 24_000), 440, 24_000)).to.be.below(0.02);
      expect(heard.peak).to.be.at.most(0.951);
    });

    it("are a third of what is short, and marked all the same", async () => {
      const heard = hear(
        (await shown(writeWav({ sampleRate: 16_000, channels: 1 }, new Int16Array(24_000)), "Voice")).preview.bytes,
      );
      expect(heard.seconds).to.equal(0.5);
      expect(heard.sampleRate).to.equal(16_000);
      expect(heard.loudness).to.be.above(0.02);
    });

    it("do not go on for longer than the piece, nor without a fade", async () => {
      const { preview, probed } = await shown(tone(3), "Music");
      expect(probed.seconds).to.equal(1);
      const { samples } = hear(preview.bytes);
      expect(rms(samples.subarray(-200))).to.be.below(0.02);
    });

    it("are a card where they cannot be decoded", async () => {
      const { preview, poster } = await shown(mp3(Array<number>(200).fill(150)), "Voice", false);
      expect(preview).to.include({ mediaType: "image/webp", width: 360, height: 240 });
      expect(poster).to.equal(undefined);
    });
  });
});

async function tracksOf(bytes: Uint8Array): Promise<string[]> {
  const input = new Input({ formats: ALL_FORMATS, source: new BufferSource(bytes) });
  return (await input.getTracks()).map(({ type }) => type);
}

/** All pictures of a film of the given size. */
async function pixelsOf(bytes: Uint8Array, [width, height]: Size): Promise<Uint8ClampedArray[]> {
  const frames: Uint8ClampedArray[] = [];
  const { seconds = 0 } = await probe(bytes, "Video");
  for await (const frame of framesOf(bytes, seconds, 60)) frames.push(shrink(frame, width, height));
  return frames;
}

async function pictureOf(bytes: Uint8Array): Promise<Uint8ClampedArray> {
  const image = await loadImage(bytes);
  const context = createCanvas(image.width, image.height).getContext("2d");
  context.drawImage(image, 0, 0);
  return context.getImageData(0, 0, image.width, image.height).data;
}

/** A picture of the test's film, as small and without the mark. */
function plain(shift: number, [width, height]: Size, [w, h]: Size): Uint8ClampedArray {
  const context = createCanvas(w, h).getContext("2d");
  context.imageSmoothingQuality = "high";
  context.drawImage(drawn(width, height, shift), 0, 0, w, h);
  return context.getImageData(0, 0, w, h).data;
}

/** By how much two pictures differ where the mark is drawn, and where nothing of it is, in values of a byte. */
function differences(one: Uint8ClampedArray, other: Uint8ClampedArray, [width, height]: Size) {
  const canvas = createCanvas(width, height);
  const context = canvas.getContext("2d");
  context.putImageData(new ImageData(new Uint8ClampedArray(width * height * 4), width, height), 0, 0);
  watermark(context, width, height);
  const mask = context.getImageData(0, 0, width, height).data;
  const sums = { marked: [0, 0], elsewhere: [0, 0] } as { marked: [number, number]; elsewhere: [number, number] };
  for (let at = 0; at < mask.length; at += 4) {
    const alpha = mask[at + 3] ?? 0;
    if (alpha > 0 && alpha < 80) continue;
    const sum = alpha === 0 ? sums.elsewhere : sums.marked;
    for (let channel = at; channel < at + 3; channel += 1) {
      sum[0] += Math.abs((one[channel] ?? 0) - (other[channel] ?? 0));
      sum[1] += 1;
    }
  }
  const mean = ([sum, count]: [number, number]) => sum / Math.max(1, count);
  return { marked: mean(sums.marked), elsewhere: mean(sums.elsewhere) };
}

function brightness(pixels: Uint8ClampedArray, width: number, [x, y]: Size): number {
  const height = pixels.length / 4 / width;
  const at = (Math.floor(y * height) * width + Math.floor(x * width)) * 4;
  return ((pixels[at] ?? 0) + (pixels[at + 1] ?? 0) + (pixels[at + 2] ?? 0)) / 3;
}

const rms = (samples: Float64Array) =>
  Math.sqrt(samples.reduce((sum, value) => sum + value * value, 0) / Math.max(1, samples.length));

/** The amplitude of one frequency. */
function toneIn(samples: Float64Array, hertz: number, sampleRate: number): number {
  let [real, imaginary] = [0, 0];
  samples.forEach((value, at) => {
    real += value * Math.cos((2 * Math.PI * hertz * at) / sampleRate);
    imaginary += value * Math.sin((2 * Math.PI * hertz * at) / sampleRate);
  });
  return (2 * Math.hypot(real, imaginary)) / samples.length;
}

/** How loud everything but one frequency is. */
const rest = (samples: Float64Array, hertz: number, sampleRate: number) =>
  Math.sqrt(Math.max(0, rms(samples) ** 2 - toneIn(samples, hertz, sampleRate) ** 2 / 2));

function renamed(film: Uint8Array, from: string, to: string): Uint8Array {
  const copy = Buffer.from(film);
  copy.write(to, copy.indexOf(from), "latin1");
  return new Uint8Array(copy);
}
