import type { StelaiClient } from "../../client.ts";
import { type GenerationParameters, generationResponse } from "./generation.ts";

export type DeleteGenerationParameters = GenerationParameters;

/**
 * Cancels a generation that has not ended, and forgets it with its file for good. What it cost stays in the statement.
 * @throws GenerationNotFoundError.
 *
 * @example
 * ```ts
 * await stelai.generate.deleteGeneration({ id, session });
 * ```
 */
export async function deleteGeneration(client: StelaiClient, parameters: DeleteGenerationParameters): Promise<void> {
  await generationResponse(client, parameters, "", "DELETE");
}
