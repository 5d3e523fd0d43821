import type { StelaiClient } from "../../client.ts";
import { relayerRequest } from "../../internal/http.ts";
import type { Card } from "../../wire.ts";
import type { WorkMetadata } from "../../wireMarket.ts";

/**
 * A card, a work's metadata, the text of a review, of an answer to one, of a dispute or its decision, or an image (PNG, JPEG,
 * WebP).
 */
export type UploadContentParameters =
  | { card: Partial<Card> & Pick<Card, "name"> }
  | { workMetadata: WorkMetadata }
  | { reviewText: string }
  | { image: Blob };

export type UploadContentReturnType = {
  cid: string;
  /** `ipfs://…`. */
  uri: string;
};

/**
 * Stores a public card, metadata, text or image on IPFS through the relayer.
 * @throws NotSignedInError, BodyTooLargeError, InvalidRequestError.
 *
 * @example
 * ```ts
 * const { uri } = await stelai.relayer.uploadContent({ card: { name: "Ferryman", tagline: "Rows you over." } });
 * ```
 */
export async function uploadContent(
  client: StelaiClient,
  parameters: UploadContentParameters,
): Promise<UploadContentReturnType> {
  const request = { path: "/v1/content", method: "POST", signedIn: true } as const;
  if ("card" in parameters) return relayerRequest(client, { ...request, body: parameters.card });
  if ("workMetadata" in parameters) return relayerRequest(client, { ...request, body: parameters.workMetadata });
  if ("reviewText" in parameters) return relayerRequest(client, { ...request, body: { text: parameters.reviewText } });
  const headers = { "content-type": parameters.image.type };
  return relayerRequest(client, { ...request, headers, body: new Uint8Array(await parameters.image.arrayBuffer()) });
}
