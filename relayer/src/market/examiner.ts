import type { Hex } from "viem";
import { mediaTypeOf } from "../content/media.ts";
import { UnavailableError } from "../errors.ts";
import { EngineDiedError } from "../generations/workshop/errors.ts";
import type { Examined, Showing, Workshop } from "../generations/workshop/index.ts";
import { ProviderError } from "../providers/errors.ts";
import type { MadeModality } from "../providers/media.ts";
import { UnfitFileError } from "./errors.ts";

/** Nothing of what may be deposited takes this long. */
const EXAMINATION_MS = 120_000;

/** A file that is to be deposited: what it is said to hash to, and to be. */
export type Candidate = { bytes: Uint8Array; contentHash: Hex; modality: MadeModality };

/** What a file makes of itself by its bytes; a sound is music unless its owner says that somebody speaks. */
export function modalityOf(bytes: Uint8Array, said: MadeModality | undefined): MadeModality {
  const type = mediaTypeOf(bytes);
  if (type.startsWith("audio/")) return said === "Voice" ? "Voice" : "Music";
  if (type === "video/mp4") return "Video";
  if (type === "image/png" || type === "image/jpeg" || type === "image/webp") return "Image";
  throw new UnfitFileError(
    "This is no file that can be sold here. Deposit a picture (PNG, JPEG, WebP), a video (MP4) or a sound (WAV, MP3, " +
      "FLAC, Ogg).",
  );
}

/**
 * Measures a file in a process of its own, compares its hash, and makes what everybody may see of it: small and marked,
 * or a card where that cannot be.
 * @throws UnfitFileError, UnavailableError
 */
export async function examine(
  workshop: Pick<Workshop, "examine">,
  { bytes, contentHash, modality }: Candidate,
): Promise<Examined> {
  let examined: Examined;
  try {
    examined = await lookAt(workshop, bytes, modality);
  } catch (cause) {
    if (cause instanceof ProviderError && !(cause instanceof EngineDiedError)) {
      const detail = cause.detail === undefined ? "" : ` (${cause.detail})`;
      throw new UnfitFileError(`This is no whole file of its kind${detail}. Save it anew, and deposit that.`);
    }
    throw new UnavailableError("The file could not be looked at right now. Nothing was deposited. Try again.", {
      cause,
    });
  }
  if (examined.contentHash !== contentHash) {
    throw new UnfitFileError(
      `The file hashes to ${examined.contentHash}, not to ${contentHash}. Hash what you encrypt, and send it again.`,
    );
  }
  return examined;
}

/** A film or a sound that broke what decodes it is looked at once more without being decoded. */
async function lookAt(
  workshop: Pick<Workshop, "examine">,
  bytes: Uint8Array,
  modality: MadeModality,
): Promise<Examined> {
  const look = (showing: Showing) =>
    workshop.examine(bytes, modality, {}, AbortSignal.timeout(EXAMINATION_MS), showing);
  return look("sale").catch((error: unknown) => {
    if (!(error instanceof EngineDiedError)) throw error;
    return look("card");
  });
}
