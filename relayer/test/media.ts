import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { type Canvas, createCanvas } from "@napi-rs/canvas";
import HME from "h264-mp4-encoder";
import {
  BufferTarget,
  EncodedAudioPacketSource,
  EncodedPacket,
  OggOutputFormat,
  Output,
  type VideoCodec,
} from "mediabunny";
import { writeWav } from "../src/media/wav.ts";

/** A canvas with something on it. */
export function drawing(width: number, height: number, shift = 0): Canvas {
  const canvas = createCanvas(width, height);
  const context = canvas.getContext("2d");
  const fill = context.createLinearGradient(0, 0, width, height);
  fill.addColorStop(0, "#0b6557");
  fill.addColorStop(1, "#f4d35e");
  context.fillStyle = fill;
  context.fillRect(0, 0, width, height);
  context.fillStyle = "#1d1d2b";
  context.fillRect(width / 4 + shift, height / 4, width / 5, height / 5);
  return canvas;
}

export function picture(format: "png" | "jpeg" | "webp", width: number, height: number): Promise<Uint8Array> {
  const canvas = drawing(width, height);
  return format === "png" ? canvas.encode("png") : canvas.encode(format, 90);
}

/** An H.264 video at 8 frames a second. */
export async function video(width: number, height: number, seconds: number): Promise<Uint8Array> {
  const encoder = await HME.createH264MP4Encoder();
  Object.assign(encoder, { width, height, frameRate: 8, groupOfPictures: 8 });
  encoder.initialize();
  for (let frame = 0; frame < seconds * 8; frame += 1) {
    const { data } = drawing(width, height, frame).getContext("2d").getImageData(0, 0, width, height);
    encoder.addFrameRgba(new Uint8Array(data.buffer));
  }
  encoder.finalize();
  const bytes = encoder.FS.readFile(encoder.outputFilename);
  encoder.delete();
  return bytes;
}

/** What a film of another codec is: the codec as WebCodecs and as the file's maker name it, and what it is like. */
export type ForeignVideo = {
  codec: readonly [string, VideoCodec];
  width: number;
  height: number;
  seconds: number;
  rotation?: 0 | 90;
};

/**
 * An MP4 of another codec than the local engine's, at 12 frames a second, with a track of silence, and turned. In a process
 * of its own, which gives up being root: the encoder of AV1 would put it before all others of the machine, for good.
 */
export async function foreignVideo(
  codec: ForeignVideo["codec"],
  size: Omit<ForeignVideo, "codec">,
): Promise<Uint8Array> {
  const program = fileURLToPath(new URL("foreignVideo.ts", import.meta.url));
  const wanted: ForeignVideo = { codec, ...size };
  const { stdout } = await promisify(execFile)(process.execPath, [program, JSON.stringify(wanted)], {
    encoding: "buffer",
    maxBuffer: 100_000_000,
  });
  return new Uint8Array(stdout);
}

/** The same film with nothing of its pictures left. */
export function withNoise(film: Uint8Array): Uint8Array {
  const noisy = Uint8Array.from(film);
  const start = Buffer.from(noisy).indexOf("mdat") + 4;
  const length = new DataView(noisy.buffer).getUint32(start - 8) - 8;
  for (let at = 0; at < length; at += 1) noisy[start + at] = (at * 73 + (at >> 8) * 151) & 255;
  return noisy;
}

/** A tone whose loudness grows from silence to full scale. */
export function tone(seconds: number, sampleRate = 24_000, channels = 1): Uint8Array {
  const frames = seconds * sampleRate;
  const sample = (frame: number) => Math.sin(frame / 20) * 32_767 * (frame / frames);
  return writeWav(
    { sampleRate, channels },
    Int16Array.from({ length: frames * channels }, (_, index) => Math.round(sample(Math.floor(index / channels)))),
  );
}

/** Bytes of one MPEG 1 layer III frame of 128 kbit/s at 44.1 kHz, mono, and the seconds it lasts. */
export const MP3_FRAME = { bytes: 417, seconds: 1_152 / 44_100 };

/** Frames of an MP3 that say how loud they are and hold nothing else. */
export function mp3(gains: readonly number[]): Uint8Array {
  const bytes = new Uint8Array(gains.length * MP3_FRAME.bytes);
  gains.forEach((gain, index) => {
    const frame = bytes.subarray(index * MP3_FRAME.bytes);
    frame.set([0xff, 0xfb, 0x90, 0xc0]);
    // Behind main_data_begin, private_bits and scfsi: two granules of 59 bits.
    for (const granule of [18, 18 + 59]) {
      setBits(frame, 4 * 8 + granule, 12, 100);
      setBits(frame, 4 * 8 + granule + 12 + 9, 8, gain);
    }
  });
  return bytes;
}

/** The frame that comes first and says how many follow. */
export function mp3Info(frames: number): Uint8Array {
  const info = mp3([0]);
  info.fill(0, 4);
  info.set(new TextEncoder().encode("Info"), 4 + 17);
  new DataView(info.buffer).setUint32(4 + 17 + 4, 1);
  new DataView(info.buffer).setUint32(4 + 17 + 8, frames);
  return info;
}

function setBits(bytes: Uint8Array, at: number, count: number, value: number): void {
  for (let index = 0; index < count; index += 1) {
    const bit = (value >> (count - 1 - index)) & 1;
    const byte = (at + index) >> 3;
    bytes[byte] = (bytes[byte] ?? 0) | (bit << (7 - ((at + index) & 7)));
  }
}

const FLAC_BLOCK = 4_096;

/** A FLAC of blocks of one constant value each, 44.1 kHz mono 16 bit (RFC 9639). */
export function flac(blocks: number): Uint8Array {
  const info = new DataView(new ArrayBuffer(34));
  info.setUint16(0, FLAC_BLOCK);
  info.setUint16(2, FLAC_BLOCK);
  // 20 bits of sample rate, 3 of channels, 5 of depth, 36 of samples.
  info.setBigUint64(10, (44_100n << 44n) | (15n << 36n) | BigInt(blocks * FLAC_BLOCK));
  const frames = Array.from({ length: blocks }, (_, number) => {
    const head = [0xff, 0xf8, 0xc9, 0x08, number];
    const frame = [...head, crc(head, 8, 0x07), 0x00, number, 0];
    const sum = crc(frame, 16, 0x8005);
    return [...frame, sum >> 8, sum & 255];
  });
  return Uint8Array.from([0x66, 0x4c, 0x61, 0x43, 0x80, 0, 0, 34, ...new Uint8Array(info.buffer), ...frames.flat()]);
}

function crc(bytes: readonly number[], width: 8 | 16, polynomial: number): number {
  const top = 1 << (width - 1);
  return bytes.reduce((sum, byte) => {
    let value = sum ^ (byte << (width - 8));
    for (let bit = 0; bit < 8; bit += 1) value = value & top ? (value << 1) ^ polynomial : value << 1;
    return value & (top * 2 - 1);
  }, 0);
}

/** An Ogg of silent Opus packets of 20 ms (RFC 6716, RFC 7845). */
export async function ogg(packets: number): Promise<Uint8Array> {
  const output = new Output({ format: new OggOutputFormat(), target: new BufferTarget() });
  const source = new EncodedAudioPacketSource("opus");
  output.addAudioTrack(source);
  await output.start();
  await addSilence(source, packets);
  await output.finalize();
  return new Uint8Array(output.target.buffer ?? new ArrayBuffer(0));
}

/** Opus packets of 20 ms each, stereo, in which nothing is heard. */
export async function addSilence(sound: EncodedAudioPacketSource, packets: number): Promise<void> {
  const head = Uint8Array.from([..."OpusHead"].map((letter) => letter.charCodeAt(0)));
  const description = Uint8Array.from([...head, 1, 2, 0, 0, 0x80, 0xbb, 0, 0, 0, 0, 0]);
  const decoderConfig = { codec: "opus", sampleRate: 48_000, numberOfChannels: 2, description };
  for (let index = 0; index < packets; index += 1) {
    const packet = new EncodedPacket(Uint8Array.of(0xfc, 0xff, 0xfe), "key", index * 0.02, 0.02);
    await sound.add(packet, { decoderConfig });
  }
}
