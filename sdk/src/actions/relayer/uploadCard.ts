import type { StelaiClient } from "../../client.ts";
import { relayerRequest } from "../../internal/http.ts";
import type { Card } from "../../wire.ts";

export type UploadCardParameters = { card: Partial<Card> & Pick<Card, "name"> };

export type UploadCardReturnType = {
  /** `stelai:card:<sha256>`: the metadata URI of the private character. */
  uri: string;
};

/**
 * Stores the card of a private character with the operator, encrypted, and not on IPFS: only who may use the character
 * reads it, with `characters.getModel`.
 * @throws NotSignedInError, BodyTooLargeError, InvalidRequestError.
 *
 * @example
 * ```ts
 * const { uri } = await stelai.relayer.uploadCard({ card: { name: "Grandma", tagline: "Knows every recipe." } });
 * ```
 */
export async function uploadCard(client: StelaiClient, { card }: UploadCardParameters): Promise<UploadCardReturnType> {
  return relayerRequest(client, { path: "/v1/cards", method: "PUT", body: card, signedIn: true });
}
