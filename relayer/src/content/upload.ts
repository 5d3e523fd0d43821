import { cardSchema, reviewTextSchema } from "@stelai/sdk/wire";
import { InvalidRequestError } from "../errors.ts";
import { validate } from "../http.ts";
import { MAX_CARD_BYTES, MAX_SIDE_PIXELS } from "./limits.ts";
import { dimensionsOf, mediaTypeOf } from "./media.ts";
import { cidOfUri } from "./store.ts";

const strictCard = cardSchema.strict();
const strictText = reviewTextSchema.strict();

/**
 * Checks that a file is a character's card, the text of a review, or a picture, by its bytes alone.
 * @throws InvalidRequestError saying what is wrong.
 */
export function checkUpload(bytes: Uint8Array): void {
  const type = mediaTypeOf(bytes);
  if (type === "application/json") {
    checkJson(bytes);
    return;
  }
  if (type !== "image/png" && type !== "image/jpeg" && type !== "image/webp") {
    throw new InvalidRequestError("Send a card or the text of a review as JSON, or a picture as PNG, JPEG or WebP.");
  }
  const size = dimensionsOf(bytes, type);
  const sides = size === undefined ? [] : [size.width, size.height];
  if (sides.length === 0 || sides.some((side) => side < 1 || side > MAX_SIDE_PIXELS)) {
    throw new InvalidRequestError(`The picture must be whole, and from 1 to ${MAX_SIDE_PIXELS} pixels wide and high.`);
  }
}

function checkJson(bytes: Uint8Array): void {
  if (bytes.length > MAX_CARD_BYTES) throw new InvalidRequestError(`A card may be ${MAX_CARD_BYTES} bytes.`);
  const json: unknown = JSON.parse(new TextDecoder().decode(bytes));
  if (typeof json === "object" && json !== null && "text" in json) {
    validate(json, strictText);
    return;
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
