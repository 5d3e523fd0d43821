import { expect } from "chai";
import { flac, MP3_FRAME, mp3, mp3Info, ogg, picture, tone, video } from "../../test/media.ts";
import { png } from "../../test/pictures.ts";
import { UpstreamCutError, UpstreamMalformedError } from "../providers/errors.ts";
import type { MadeModality } from "../providers/media.ts";
import { probe } from "./probe.ts";
import { closeWav, writeWav } from "./wav.ts";

const text = (words: string) => new TextEncoder().encode(words);

async function fault(bytes: Uint8Array, modality: MadeModality, limits = {}): Promise<unknown> {
  return probe(bytes, modality, limits).then(
    (probed) => expect.fail(`taken as ${probed.mediaType}`),
    (error: unknown) => error,
  );
}

describe("what a made file is", () => {
  it("measures pictures of every type, having decoded them", async () => {
    for (const format of ["png", "jpeg", "webp"] as const) {
      const probed = await probe(await picture(format, 64, 48), "Image");
      expect(probed).to.deep.equal({ mediaType: `image/${format}`, width: 64, height: 48 });
    }
  });

  it("measures a video", async () => {
    const probed = await probe(await video(96, 64, 2), "Video");
    expect(probed).to.deep.equal({ mediaType: "video/mp4", width: 96, height: 64, seconds: 2 });
  });

  it("measures WAV, MP3, FLAC and Ogg, with a waveform where it can be known", async () => {
    const wav = await probe(tone(2, 24_000, 2), "Voice");
    expect(wav).to.include({ mediaType: "audio/wav", sampleRate: 24_000, channels: 2, seconds: 2 });
    const peaks = wav.peaks ?? [];
    expect(peaks).to.have.length(256);
    expect(peaks[0]).to.be.lessThan(30);
    expect(peaks.slice(16)).to.deep.equal(peaks.slice(16).toSorted((a, b) => a - b));
    expect(peaks[255]).to.equal(100);

    const loud = [...Array<number>(40).fill(150), ...Array<number>(40).fill(190)];
    const { peaks: steps, ...frames } = await probe(mp3(loud), "Music");
    expect(frames).to.deep.equal({
      mediaType: "audio/mpeg",
      sampleRate: 44_100,
      channels: 1,
      seconds: Math.round(80 * MP3_FRAME.seconds * 1_000) / 1_000,
    });
    expect(new Set(steps?.slice(0, 40))).to.have.property("size", 1);
    expect(steps?.[0]).to.be.lessThan(steps?.[79] ?? 0);

    expect(await probe(flac(20), "Voice")).to.deep.equal({
      mediaType: "audio/flac",
      sampleRate: 44_100,
      channels: 1,
      seconds: Math.round((20 * 4_096 * 1_000) / 44_100) / 1_000,
    });
    expect(await probe(await ogg(50), "Voice")).to.include({ mediaType: "audio/ogg", channels: 2, seconds: 1 });
  });

  it("reads samples of 8, 16, 24 and 32 bits and floats as equally loud", async () => {
    const write = {
      8: (view: DataView, at: number, value: number) => view.setUint8(at, 128 + value * 127),
      16: (view: DataView, at: number, value: number) => view.setInt16(at, value * 32_767, true),
      24: (view: DataView, at: number, value: number) => {
        view.setUint16(at, (value * 8_388_607) & 0xffff, true);
        view.setInt8(at + 2, (value * 8_388_607) >> 16);
      },
      32: (view: DataView, at: number, value: number) => view.setInt32(at, value * 2_147_483_647, true),
      float: (view: DataView, at: number, value: number) => view.setFloat32(at, value, true),
    };
    for (const [kind, set] of Object.entries(write)) {
      const bits = kind === "float" ? 32 : Number(kind);
      const count = 8_000;
      const data = new DataView(new ArrayBuffer((count * bits) / 8));
      for (let index = 0; index < count; index += 1) set(data, (index * bits) / 8, index % 2 ? -0.5 : 0.5);
      const wav = new Uint8Array([
        ...writeWav({ sampleRate: 8_000, channels: 1 }, new Int16Array(0)),
        ...new Uint8Array(data.buffer),
      ]);
      const view = new DataView(wav.buffer);
      view.setUint16(20, kind === "float" ? 3 : 1, true);
      view.setUint16(34, bits, true);
      view.setUint32(40, data.byteLength, true);
      const { seconds, peaks } = await probe(wav, "Voice");
      expect({ kind, seconds, peaks: [...new Set(peaks)] }).to.deep.equal({ kind, seconds: 1, peaks: [87] });
    }
  });

  it("takes a WAV whose lengths were left open, and closes it", async () => {
    const open = tone(1);
    const view = new DataView(open.buffer);
    view.setUint32(4, 0xffff_ffff, true);
    view.setUint32(40, 0xffff_ffff, true);
    expect(await probe(open, "Voice")).to.include({ seconds: 1 });
    expect(closeWav(open)).to.deep.equal(tone(1));
  });

  it("finds every file that ends too early, wherever it was cut", async () => {
    const files: [MadeModality, Uint8Array][] = [
      ["Image", await picture("png", 64, 48)],
      ["Image", await picture("jpeg", 64, 48)],
      ["Image", await picture("webp", 64, 48)],
      ["Video", await video(96, 64, 1)],
      ["Voice", tone(1)],
      ["Voice", Buffer.concat([mp3Info(20), mp3(Array<number>(20).fill(150))])],
      ["Voice", flac(20)],
      ["Voice", await ogg(100)],
    ];
    for (const [modality, whole] of files) {
      await probe(whole, modality);
      for (const length of [0, 1, 20, 60, Math.floor(whole.length / 2), whole.length - 1]) {
        const error = await fault(whole.subarray(0, length), modality);
        expect(error, `${modality} of ${whole.length}, cut at ${length}`).to.be.instanceOf(UpstreamCutError);
        expect(error).to.include({ retryable: true });
      }
    }
  });

  it("refuses another modality's types, pages, SVG and words, whatever they were sent as", async () => {
    const files: [MadeModality, Uint8Array][] = [
      ["Image", tone(1)],
      ["Image", await video(96, 64, 1)],
      ["Video", await picture("png", 8, 8)],
      ["Voice", await picture("jpeg", 8, 8)],
      ["Music", text('{"error":"sorry"}')],
      ["Image", text("<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>")],
      ["Image", text("<!doctype html><html><img src='x'></html>")],
      ["Video", text("just so many words")],
      ["Image", text("GIF89a and then some")],
      ["Video", Uint8Array.from([0, 0, 0, 20, ...text("ftypavif"), ...text("avifmif1")])],
    ];
    for (const [modality, bytes] of files) {
      const error = await fault(bytes, modality);
      expect(error, `${modality} ${bytes.length}`).to.be.instanceOf(UpstreamMalformedError);
      expect(error).to.include({ retryable: false });
    }
  });

  it("refuses sizes and durations that cannot be, before it works with them", async () => {
    const huge = Buffer.concat([
      png(60_000, 60_000),
      new Uint8Array(4),
      Buffer.from([0, 0, 0, 0, 0x49, 0x45, 0x4e, 0x44]),
      new Uint8Array(4),
    ]);
    expect(await fault(huge, "Image"))
      .to.be.instanceOf(UpstreamMalformedError)
      .and.include({ detail: "60000 by 60000 pixels" });
    const image = await picture("png", 64, 48);
    expect(await fault(image, "Image", { pixels: 64 * 48 - 1 })).to.be.instanceOf(UpstreamMalformedError);
    expect(await fault(tone(2), "Voice", { seconds: 1.9 })).to.be.instanceOf(UpstreamMalformedError);
    expect(await fault(await video(96, 64, 2), "Video", { seconds: 1 })).to.be.instanceOf(UpstreamMalformedError);
    const fast = tone(1);
    new DataView(fast.buffer).setUint32(24, 4_000_000_000, true);
    expect(await fault(fast, "Voice")).to.be.instanceOf(UpstreamMalformedError);
  });

  it("refuses what has a right head and nothing right behind it", async () => {
    const broken = await picture("png", 64, 48);
    broken.fill(0x5a, 60, broken.length - 16);
    expect(await fault(broken, "Image"))
      .to.be.instanceOf(Error)
      .and.have.property("code")
      .that.matches(/^upstream_/);
    const between = Buffer.concat([mp3([150, 150]), text("<html>"), mp3([150])]);
    expect(await fault(between, "Voice")).to.be.instanceOf(UpstreamMalformedError);
  });

  it("does not count an MP4's samples for ever", async () => {
    const bytes = await video(96, 64, 1);
    const at = Buffer.from(bytes).indexOf("stts");
    new DataView(bytes.buffer, bytes.byteOffset).setUint32(at + 12, 4_000_000_000);
    expect(await fault(bytes, "Video"))
      .to.be.instanceOf(UpstreamMalformedError)
      .and.have.property("detail")
      .that.includes("samples");
  });
});
