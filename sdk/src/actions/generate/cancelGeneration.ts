import type { StelaiClient } from "../../client.ts";
import type { Generation } from "../../wire.ts";
import { type GenerationParameters, generationRequest } from "./generation.ts";

export type CancelGenerationParameters = GenerationParameters;
export type CancelGenerationReturnType = Generation;

/**
 * Ends a generation that has not ended: nothing is charged for it.
 * @throws GenerationEndedError when its file is there already, or it came to nothing before; GenerationNotFoundError.
 *
 * @example
 * ```ts
 * await stelai.generate.cancelGeneration({ id, session });
 * ```
 */
export async function cancelGeneration(
  client: StelaiClient,
  parameters: CancelGenerationParameters,
): Promise<CancelGenerationReturnType> {
  const generation = await generationRequest<Generation>(client, parameters, "/cancel", "POST");
  if (generation.status === "cancelled") await parameters.session?.unmade(generation.id);
  return generation;
}
