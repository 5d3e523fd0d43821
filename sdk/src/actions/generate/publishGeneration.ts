import type { StelaiClient } from "../../client.ts";
import type { Generation } from "../../wire.ts";
import { type GenerationParameters, generationRequest } from "./generation.ts";

export type PublishGenerationParameters = GenerationParameters;
export type PublishGenerationReturnType = Generation;

/**
 * Puts the file of a generation on IPFS for everyone, which cannot be taken back: its CID is `file.publicCid`.
 * @throws GenerationNotFinishedError, GenerationNotFoundError.
 *
 * @example
 * ```ts
 * const { file } = await stelai.generate.publishGeneration({ id, session });
 * ```
 */
export async function publishGeneration(
  client: StelaiClient,
  parameters: PublishGenerationParameters,
): Promise<PublishGenerationReturnType> {
  return generationRequest(client, parameters, "/publish", "POST");
}
