/** Media types that the relayer recognizes by content. */
export type MediaType =
  | "application/json"
  | "image/png"
  | "image/jpeg"
  | "image/webp"
  | "video/mp4"
  | "audio/wav"
  | "audio/mpeg"
  | "audio/flac"
  | "audio/ogg"
  | "image/svg+xml"
  | "text/html"
  | "application/octet-stream";

/** Width and height in pixels. */
export type Dimensions = { width: number; height: number };

const PNG = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

/** What a file is, by its bytes alone; a declared type is never believed. */
export function mediaTypeOf(bytes: Uint8Array): MediaType {
  if (startsWith(bytes, PNG)) return "image/png";
  if (startsWith(bytes, [0xff, 0xd8, 0xff])) return "image/jpeg";
  if (ascii(bytes, 0, 4) === "RIFF" && ascii(bytes, 8, 12) === "WEBP") return "image/webp";
  const sound = soundOrVideo(bytes);
  if (sound !== undefined) return sound;
  const text = utf8(bytes);
  if (text === undefined) return "application/octet-stream";
  if (isJson(text)) return "application/json";
  const head = text.slice(0, 4_096);
  if (/<svg[\s>]/i.test(head) && !/<html[\s>]|<!doctype html/i.test(head)) return "image/svg+xml";
  if (/<[a-z!?/]/i.test(head)) return "text/html";
  return "application/octet-stream";
}

/** Major brands of MP4 (mp4ra.org); pictures such as HEIC and AVIF are of the same family and are not meant. */
const MP4_BRANDS = /^(?:isom|iso[2-9]|mp4[12]|avc1|dash|M4V[ HP]|MSNV|f4v )$/;

function soundOrVideo(bytes: Uint8Array): MediaType | undefined {
  if (ascii(bytes, 4, 8) === "ftyp" && MP4_BRANDS.test(ascii(bytes, 8, 12))) return "video/mp4";
  if (ascii(bytes, 0, 4) === "RIFF" && ascii(bytes, 8, 12) === "WAVE") return "audio/wav";
  if (ascii(bytes, 0, 4) === "fLaC") return "audio/flac";
  if (ascii(bytes, 0, 4) === "OggS") return "audio/ogg";
  const [first = 0, second = 0] = bytes;
  // A tag with its version, or a frame of layer III: MPEG 1, 2 or 2.5.
  const isTag = ascii(bytes, 0, 3) === "ID3" && (bytes[3] ?? 0xff) < 0x10;
  const isFrame = first === 0xff && (second & 0xe6) === 0xe2 && (second & 0x18) !== 0x08;
  return isTag || isFrame ? "audio/mpeg" : undefined;
}

/** The pixel dimensions of a PNG, JPEG or WebP, or undefined when its header is not whole. */
export function dimensionsOf(bytes: Uint8Array, type: MediaType): Dimensions | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  try {
    if (type === "image/png") return png(bytes, view);
    if (type === "image/jpeg") return jpeg(view);
    if (type === "image/webp") return webp(bytes, view);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
  }
  return undefined;
}

function png(bytes: Uint8Array, view: DataView): Dimensions | undefined {
  if (ascii(bytes, 12, 16) !== "IHDR") return undefined;
  return { width: view.getUint32(16), height: view.getUint32(20) };
}

/** Walks the segments to the frame header (SOF0 to SOF15 without DHT, JPG and DAC), ITU-T T.81 annex B. */
function jpeg(view: DataView): Dimensions | undefined {
  let at = 2;
  while (view.getUint8(at) === 0xff) {
    const marker = view.getUint8(at + 1);
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    const isFrame = marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
    if (isFrame) return { height: view.getUint16(at + 5), width: view.getUint16(at + 7) };
    if (marker === 0xda || marker === 0xd9) return undefined;
    const isAlone = marker === 0x01 || (marker >= 0xd0 && marker <= 0xd8);
    at += isAlone ? 2 : 2 + view.getUint16(at + 2);
  }
  return undefined;
}

/** The three first chunks a WebP can have: lossy, lossless, extended (RFC 9649). */
function webp(bytes: Uint8Array, view: DataView): Dimensions | undefined {
  const chunk = ascii(bytes, 12, 16);
  if (chunk === "VP8X") return { width: 1 + uint24(view, 24), height: 1 + uint24(view, 27) };
  if (chunk === "VP8L") {
    if (view.getUint8(20) !== 0x2f) return undefined;
    const bits = view.getUint32(21, true);
    return { width: 1 + (bits & 0x3fff), height: 1 + ((bits >>> 14) & 0x3fff) };
  }
  if (chunk === "VP8 ") {
    if (view.getUint8(23) !== 0x9d || view.getUint8(24) !== 0x01 || view.getUint8(25) !== 0x2a) return undefined;
    return { width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff };
  }
  return undefined;
}

function uint24(view: DataView, at: number): number {
  return view.getUint16(at, true) | (view.getUint8(at + 2) << 16);
}

function startsWith(bytes: Uint8Array, prefix: number[]): boolean {
  return prefix.every((byte, index) => bytes[index] === byte);
}

function ascii(bytes: Uint8Array, from: number, to: number): string {
  return String.fromCharCode(...bytes.subarray(from, to));
}

function utf8(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

function isJson(text: string): boolean {
  if (!/^\s*[[{]/.test(text)) return false;
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
