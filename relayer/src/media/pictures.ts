import type { Image } from "@napi-rs/canvas";
import type { Dimensions } from "../content/media.ts";
import { nameAt, viewOf } from "./bytes.ts";
import { cut, malformed } from "./faults.ts";

/**
 * Whether a picture's file goes on to its end: decoders show what there is of a broken-off one.
 * @throws ProviderError when it does not.
 */
export function requireWholePicture(bytes: Uint8Array, type: "image/png" | "image/jpeg" | "image/webp"): void {
  if (type === "image/png") requireWholePng(bytes);
  else if (type === "image/jpeg") requireWholeJpeg(bytes);
  else requireWholeWebp(bytes);
}

/** Walks the chunks to IEND (PNG, third edition, section 5). */
function requireWholePng(bytes: Uint8Array): void {
  const view = viewOf(bytes);
  for (let at = 8; at + 12 <= bytes.length; ) {
    const length = view.getUint32(at);
    if (nameAt(bytes, at + 4) === "IEND") return;
    at += 12 + length;
  }
  throw cut("a PNG that ends before its end chunk");
}

/** The end-of-image marker is last, but for the zeros that some encoders pad with (ITU-T T.81, annex B). */
function requireWholeJpeg(bytes: Uint8Array): void {
  let end = bytes.length;
  while (end > 0 && bytes[end - 1] === 0) end -= 1;
  if (bytes[end - 2] !== 0xff || bytes[end - 1] !== 0xd9) throw cut("a JPEG without its end marker");
}

function requireWholeWebp(bytes: Uint8Array): void {
  const length = bytes.length < 12 ? Number.POSITIVE_INFINITY : viewOf(bytes).getUint32(4, true);
  if (8 + length > bytes.length) throw cut("a WebP that ends too early");
}

/**
 * Decodes all pixels of a picture.
 * @throws ProviderError when they cannot be, or are not as many as its head says.
 */
export async function decodePicture(bytes: Uint8Array, { width, height }: Dimensions): Promise<Image> {
  const { loadImage } = await import("@napi-rs/canvas");
  let image: Image;
  try {
    image = await loadImage(bytes);
  } catch (cause) {
    throw malformed("a picture that cannot be decoded", cause);
  }
  if (image.width !== width || image.height !== height) throw malformed("a picture of other dimensions than it says");
  return image;
}
