import type { StelaiClient } from "../../client.ts";
import type { Generation } from "../../wire.ts";
import { type GenerationParameters, generationRequest } from "./generation.ts";

export type GetGenerationParameters = GenerationParameters & {
  /** Seconds; answers at once when absent. */
  wait?: number | undefined;
};
export type GetGenerationReturnType = Generation;

/**
 * A generation as it stands. With `wait` the answer comes as soon as it ended or changed, at the latest after so many
 * seconds.
 * @throws GenerationNotFoundError, also for another account's; NotSignedInError.
 *
 * @example
 * ```ts
 * const { status, progress, file } = await stelai.generate.getGeneration({ id, session });
 * ```
 */
export async function getGeneration(
  client: StelaiClient,
  parameters: GetGenerationParameters,
): Promise<GetGenerationReturnType> {
  const { wait } = parameters;
  return generationRequest(client, parameters, wait ? `?wait=${wait}` : "");
}
