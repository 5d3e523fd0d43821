import type { StelaiClient } from "../../client.ts";
import { relayerRequest } from "../../internal/http.ts";
import type { Card } from "../../wire.ts";

/** A card, an image (PNG, JPEG, WebP), or the words of a review or of the answer to one (1 to 4,000 characters). */
export type UploadContentParameters = { card: Partial<Card> & Pick<Card, "name"> } | { image: Blob } | { text: string };

export type UploadContentReturnType = {
  cid: string;
  /** `ipfs://…`. */
  uri: string;
};

/**
 * Stores a public card, image or review text on IPFS through the relayer.
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
  if ("text" in parameters) return relayerRequest(client, { ...request, body: { text: parameters.text } });
  const headers = { "content-type": parameters.image.type };
  return relayerRequest(client, { ...request, headers, body: new Uint8Array(await parameters.image.arrayBuffer()) });
}
