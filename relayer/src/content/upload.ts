import { cardSchema, reviewTextSchema, workMetadataSchema } from "@stelai/sdk/wire";
import * as z from "zod";
import { InvalidRequestError } from "../errors.ts";
import { validate } from "../http.ts";
import { MAX_CARD_BYTES, MAX_SIDE_PIXELS } from "./limits.ts";
import { dimensionsOf, mediaTypeOf } from "./media.ts";
import { cidOfUri, parseCid } from "./store.ts";

const strictCard = cardSchema.strict();
const strictText = reviewTextSchema.strict();
/** What is stored is what was sent: nothing may stand in it that nobody looked at. */
const strictWork = z.strictObject({
  ...workMetadataSchema.shape,
  file: workMetadataSchema.shape.file.strict(),
  preview: workMetadataSchema.shape.preview.strict(),
  poster: workMetadataSchema.shape.preview.strict().optional(),
  provenance: workMetadataSchema.shape.provenance.unwrap().strict().nullable(),
});

/**
 * Checks that a file is a character's card, a work's metadata, the text of a review, or a picture, by its bytes alone.
 * @throws InvalidRequestError saying what is wrong.
 */
export function checkUpload(bytes: Uint8Array): void {
  const type = mediaTypeOf(bytes);
  if (type === "application/json") {
    checkJson(bytes);
    return;
  }
  if (type !== "image/png" && type !== "image/jpeg" && type !== "image/webp") {
    throw new InvalidRequestError(
      "Send a card, a work's metadata or the text of a review as JSON, or a picture as PNG, JPEG or WebP.",
    );
  }
  const size = dimensionsOf(bytes, type);
  const sides = size === undefined ? [] : [size.width, size.height];
  if (sides.length === 0 || sides.some((side) => side < 1 || side > MAX_SIDE_PIXELS)) {
    throw new InvalidRequestError(`The picture must be whole, and from 1 to ${MAX_SIDE_PIXELS} pixels wide and high.`);
  }
}

function checkJson(bytes: Uint8Array): void {
  if (bytes.length > MAX_CARD_BYTES) throw new InvalidRequestError(`A text may be ${MAX_CARD_BYTES} bytes.`);
  const json: unknown = JSON.parse(new TextDecoder().decode(bytes));
  if (typeof json === "object" && json !== null) {
    if ("text" in json) {
      validate(json, strictText);
      return;
    }
    if ("kind" in json && json.kind === "work") {
      checkWork(json);
      return;
    }
  }
  const card = validate(json, strictCard);
  // A picture elsewhere would tell its host who looks at the character.
  if (card.image !== undefined && cidOfUri(card.image) === undefined) {
    throw new InvalidRequestError(
      "image: must be ipfs:// and the CID of a picture. Upload the picture first.",
      "image",
    );
  }
}

/** Files elsewhere would tell their hosts who looks at the work, and could be exchanged for others. */
function checkWork(json: unknown): void {
  const { preview, poster, file } = validate(json, strictWork);
  for (const [name, shown] of Object.entries({ preview, poster })) {
    if (shown === undefined || cidOfUri(shown.uri) !== undefined) continue;
    throw new InvalidRequestError(
      `${name}.uri: must be ipfs:// and the CID of a file. Deposit the file first: the answer names its preview.`,
      `${name}.uri`,
    );
  }
  if (parseCid(file.cid) === undefined) {
    throw new InvalidRequestError(
      "file.cid: must be the CID of the encrypted file. Deposit it first: the answer names it.",
      "file.cid",
    );
  }
}
