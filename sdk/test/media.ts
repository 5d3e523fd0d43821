/** What the test relayer makes: small files that are what they say. */
import { crc32, deflateSync } from "node:zlib";
import type { MadeModality } from "../src/index.ts";
import type { MadeFile, Settings, Tool } from "../src/wire.ts";

/** What can be asked of each of its tools. */
export const TOOLS: Readonly<Record<MadeModality, Tool>> = {
  Image: { ...base("png"), sizes: ["32x32", "64x32"] },
  Video: { ...base("mp4"), sizes: ["16x16"], seconds: { min: 1, max: 1, step: 1, default: 1 } },
  Voice: { ...base("wav"), voices: [{ id: "ada", name: "Ada" }] },
  Music: { ...base("wav"), seconds: { min: 1, max: 4, step: 1, default: 2 } },
};

function base(format: string): Tool {
  const qualities: Tool["qualities"] = ["Draft", "Standard", "High"];
  return { sizes: [], seconds: null, qualities, voices: [], formats: [format], maxPrompt: 1_000, presets: [] };
}

type Made = { bytes: Uint8Array; about: Pick<MadeFile, "mediaType" | "width" | "height" | "seconds" | "sampleRate"> };

/** Makes what is asked for: a PNG whose colours are the seed's, a WAV whose pitch is, or a second of H.264. */
export function make(modality: MadeModality, prompt: string, settings: Settings): Made {
  const { seed = 0, size = "32x32" } = settings;
  const [width = 0, height = 0] = size.split("x").map(Number);
  if (modality === "Image")
    return { bytes: png(width, height, seed), about: { mediaType: "image/png", width, height } };
  if (modality === "Video") {
    return { bytes: VIDEO, about: { mediaType: "video/mp4", width: 16, height: 16, seconds: 1 } };
  }
  const seconds = modality === "Voice" ? Math.max(1, prompt.length) / 20 : (settings.seconds ?? 1);
  return { bytes: wav(seconds, 220 + (seed % 220)), about: { mediaType: "audio/wav", seconds, sampleRate: 8_000 } };
}

/** PNG (W3C, third edition): 8 bits a channel, no filter. */
function png(width: number, height: number, seed: number): Uint8Array {
  const rows = Buffer.alloc(height * (1 + width * 3));
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      rows.set([seed & 0xff, (x * 255) / width, (y * 255) / height], y * (1 + width * 3) + 1 + x * 3);
    }
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2], 8);
  const chunk = (type: string, data: Uint8Array) => {
    const named = Buffer.concat([Buffer.from(type, "latin1"), data]);
    const frame = Buffer.alloc(8);
    frame.writeUInt32BE(data.length, 0);
    frame.writeUInt32BE(crc32(named), 4);
    return Buffer.concat([frame.subarray(0, 4), named, frame.subarray(4)]);
  };
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([
    signature,
    chunk("IHDR", header),
    chunk("IDAT", deflateSync(rows)),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

/** WAV: 8,000 samples a second of one channel of 16 bits, a tone. */
function wav(seconds: number, hertz: number): Uint8Array {
  const rate = 8_000;
  const samples = Math.round(seconds * rate);
  const file = Buffer.alloc(44 + samples * 2);
  file.write("RIFF", 0);
  file.writeUInt32LE(36 + samples * 2, 4);
  file.write("WAVEfmt ", 8);
  file.writeUInt32LE(16, 16);
  file.writeUInt16LE(1, 20);
  file.writeUInt16LE(1, 22);
  file.writeUInt32LE(rate, 24);
  file.writeUInt32LE(rate * 2, 28);
  file.writeUInt16LE(2, 32);
  file.writeUInt16LE(16, 34);
  file.write("data", 36);
  file.writeUInt32LE(samples * 2, 40);
  for (let at = 0; at < samples; at++) {
    file.writeInt16LE(Math.round(8_000 * Math.sin((2 * Math.PI * hertz * at) / rate)), 44 + at * 2);
  }
  return file;
}

/** Four frames of 16 by 16 pixels, H.264 in MP4. */
const VIDEO: Uint8Array = Buffer.from(
  [
    "AAAAGGZ0eXBtcDQyAAAAAG1wNDJpc29tAAAAiGZyZWUAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
    "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAHdt",
    "ZGF0AAAAIWW4EfjiP/8SAAXzPOep5yecVeIBMhAAgOk000xbFsWxbgAAABZh4R9QoDSGObDZieCeFQwAA0tNPTTgAAAAFWHiH1CmGOJ4J5mwTw",
    "qHAANdNPTTgAAAABNh4x9QoBYKHObDZxgABpaaemnAAAACcW1vb3YAAABsbXZoZAAAAADnKCDG5yggxgABX5AAAV+QAAEAAAEAAAAAAAAAAAAA",
    "AAABAAAAAAAAAAAAAAAAAAAAAQAAAAAAAAAAAAAAAAAAQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAIAAAAYaW9kcwAAAAAQgICABw",
    "BP////f/8AAAHldHJhawAAAFx0a2hkAAAAAecoIMbnKCDGAAAAAQAAAAAAAV+QAAAAAAAAAAAAAAAAAAAAAAABAAAAAAAAAAAAAAAAAAAAAQAA",
    "AAAAAAAAAAAAAAAAQAAAAAAQAAAAEAAAAAABgW1kaWEAAAAgbWRoZAAAAADnKCDG5yggxgABX5AAAV+QVcQAAAAAACFoZGxyAAAAAAAAAAB2aW",
    "RlAAAAAAAAAAAAAAAAAAAAAThtaW5mAAAAFHZtaGQAAAABAAAAAAAAAAAAAAAkZGluZgAAABxkcmVmAAAAAAAAAAEAAAAMdXJsIAAAAAEAAAD4",
    "c3RibAAAAIRzdHNkAAAAAAAAAAEAAAB0YXZjMQAAAAAAAAABAAAAAAAAAAAAAAAAAAAAAAAQABAASAAAAEgAAAAAAAAAAQ5KVlQvQVZDIENvZG",
    "luZwAAAAAAAAAAAAAAAAAAAAAAABj//wAAAB5hdmNDAUIACv/hAAdnQgAKpp5AAQAEaM4HcgAAABhzdHRzAAAAAAAAAAEAAAAEAABX5AAAACRz",
    "dHN6AAAAAAAAAAAAAAAEAAAAJQAAABoAAAAZAAAAFwAAABxzdHNjAAAAAAAAAAEAAAABAAAABAAAAAEAAAAUc3RjbwAAAAAAAAABAAAAqAAAAI",
    "hmcmVlAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
    "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
  ].join(""),
  "base64",
);
