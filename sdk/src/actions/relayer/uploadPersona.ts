import type { Hex } from "viem";
import type { StelaiClient } from "../../client.ts";
import { relayerRequest } from "../../internal/http.ts";

export type UploadPersonaParameters = {
  persona: Record<string, unknown>;
  /** 32 random bytes; keep them, they are part of the hash on the chain. */
  salt: Hex;
};

/** The hash to set on the character. */
export type UploadPersonaReturnType = { personaHash: Hex };

/**
 * Gives the relayer a character's persona, encrypted at rest there and shown to nobody but the owner. It serves
 * the character whose on-chain `personaHash` it has.
 * @throws NotSignedInError: `relayer.signIn` first.
 *
 * @example
 * ```ts
 * const { personaHash } = await stelai.relayer.uploadPersona({ persona, salt });
 * ```
 */
export async function uploadPersona(
  client: StelaiClient,
  parameters: UploadPersonaParameters,
): Promise<UploadPersonaReturnType> {
  return relayerRequest(client, { path: "/v1/personas", method: "PUT", body: parameters, signedIn: true });
}
