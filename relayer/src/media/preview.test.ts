import { createCanvas, loadImage } from "@napi-rs/canvas";
import { expect } from "chai";
import { drawing, flac, MP3_FRAME, mp3, ogg, picture, tone, video } from "../../test/media.ts";
import type { MadeModality } from "../providers/media.ts";
import { previewOf } from "./preview.ts";
import { probe } from "./probe.ts";
import { readWav } from "./wav.ts";

async function preview(bytes: Uint8Array, modality: MadeModality) {
  const made = await previewOf(bytes, await probe(bytes, modality));
  return { ...made, probed: await probe(made.bytes, modality) };
}

describe("previews", () => {
  it("shows a picture small and marked, of whatever shape", async () => {
    for (const [width, height, small] of [
      [1_024, 768, [512, 384]],
      [300, 900, [171, 512]],
      [100, 60, [100, 60]],
    ] as const) {
      const { bytes, probed, mediaType } = await preview(await picture("png", width, height), "Image");
      expect(mediaType).to.equal("image/webp");
      expect([probed.width, probed.height]).to.deep.equal(small);
      const marked = await pixels(bytes);
      const plain = await pixels(await unmarked(width, height, small));
      const changed = marked.filter((value, at) => Math.abs(value - (plain[at] ?? 0)) > 12).length / marked.length;
      expect(changed, `${width}x${height}`).to.be.within(0.01, 0.35);
    }
  });

  it("plays the first eight seconds of a WAV and fades them out", async () => {
    const whole = tone(10, 16_000, 2);
    const { bytes, probed } = await preview(whole, "Music");
    expect(probed).to.include({ mediaType: "audio/wav", seconds: 8, sampleRate: 16_000, channels: 2 });
    const loudest = (from: number, to: number) => {
      const { samples } = readWav(bytes);
      const view = new DataView(samples.buffer, samples.byteOffset);
      let most = 0;
      for (let at = from * 64_000; at < to * 64_000; at += 2) most = Math.max(most, Math.abs(view.getInt16(at, true)));
      return most;
    };
    expect(loudest(7.9, 8)).to.be.lessThan(loudest(6, 6.4) / 5);
    expect(bytes.subarray(44, 44 + 64_000)).to.deep.equal(whole.subarray(44, 44 + 64_000));
  });

  it("plays the first eight seconds of an MP3, a FLAC and an Ogg by whole frames", async () => {
    const count = Math.floor(8 / MP3_FRAME.seconds);
    const whole = mp3(Array<number>(count + 100).fill(160));
    expect((await preview(whole, "Music")).bytes).to.deep.equal(
      Buffer.from(whole.subarray(0, count * MP3_FRAME.bytes)),
    );
    const { probed: lossless } = await preview(flac(100), "Music");
    expect(lossless.mediaType).to.equal("audio/flac");
    expect(lossless.seconds).to.be.within(7.9, 8.1);
    const { probed: opus } = await preview(await ogg(500), "Music");
    expect(opus.mediaType).to.equal("audio/ogg");
    expect(opus.seconds).to.be.within(7.8, 8.05);
  });

  it("plays the first three seconds of a video, with its index in front", async () => {
    const { bytes, probed } = await preview(await video(96, 64, 5), "Video");
    expect(probed).to.deep.equal({ mediaType: "video/mp4", width: 96, height: 64, seconds: 3 });
    const at = (box: string) => Buffer.from(bytes).indexOf(box);
    expect(at("moov")).to.be.greaterThan(0).and.lessThan(at("mdat"));
  });

  it("leaves what is short as it is", async () => {
    for (const [bytes, modality] of [
      [tone(2), "Voice"],
      [mp3([150, 150]), "Voice"],
      [await video(96, 64, 2), "Video"],
    ] as const) {
      expect((await preview(bytes, modality)).bytes).to.equal(bytes);
    }
  });
});

async function pixels(bytes: Uint8Array): Promise<Uint8ClampedArray> {
  const image = await loadImage(bytes);
  const canvas = createCanvas(image.width, image.height);
  const context = canvas.getContext("2d");
  context.drawImage(image, 0, 0);
  return context.getImageData(0, 0, image.width, image.height).data;
}

/** The same picture, as small and without a mark. */
function unmarked(width: number, height: number, [w, h]: readonly [number, number]): Promise<Uint8Array> {
  const canvas = createCanvas(w, h);
  const context = canvas.getContext("2d");
  context.imageSmoothingQuality = "high";
  context.drawImage(drawing(width, height), 0, 0, w, h);
  return canvas.encode("webp", 82);
}
