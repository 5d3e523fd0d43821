import { UndecodableError } from "../decode.ts";
import { pictureOf } from "../preview.ts";
import type { Probed } from "../probe.ts";
import type { Shown } from "../shown.ts";
import { cardOf } from "./card.ts";
import { filmOf } from "./film.ts";
import { markedSoundOf } from "./sound.ts";

/** Of what is for sale no more than this is shown: of a sound's or a film's length, */
const PART = 1 / 3;
/** and of each side of a picture or a film. */
const SIDES = 0.5;

/** What everybody may see or hear of a thing that is for sale, and for a film a still of that. */
export type SalePreview = { preview: Shown; poster?: Shown };

/**
 * A small and marked likeness of a file: a picture with a watermark, a film's beginning with one on every picture and
 * without its sound, a sound's beginning with a voice over it. Nothing of the file itself is in it: all is drawn and
 * encoded anew. What cannot be decoded is shown as a card that says what it is.
 * @param decodes Whether films and sounds are decoded at all.
 */
export async function salePreviewOf(bytes: Uint8Array, probed: Probed, decodes = true): Promise<SalePreview> {
  const { mediaType, seconds = 0 } = probed;
  if (mediaType.startsWith("image/")) return { preview: await pictureOf(bytes, probed, SIDES) };
  try {
    if (!decodes) return { preview: await cardOf(probed) };
    if (mediaType === "video/mp4") return await filmOf(bytes, probed, { seconds: seconds * PART, sides: SIDES });
    return { preview: await markedSoundOf(bytes, probed, seconds * PART) };
  } catch (error) {
    if (!(error instanceof UndecodableError)) throw error;
    return { preview: await cardOf(probed) };
  }
}
