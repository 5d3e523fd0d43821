import type { StelaiClient } from "../../client.ts";
import type { Provenance } from "../../wire.ts";
import { type GenerationParameters, generationRequest } from "./generation.ts";

export type GetRecordParameters = GenerationParameters;
export type GetRecordReturnType = Provenance;

/**
 * Where a made thing comes from, for anyone to check: {@link verifyProvenance}.
 * @throws GenerationNotFinishedError, GenerationNotFoundError.
 *
 * @example
 * ```ts
 * const record = await stelai.generate.getRecord({ id, session });
 * ```
 */
export async function getRecord(client: StelaiClient, parameters: GetRecordParameters): Promise<GetRecordReturnType> {
  return generationRequest(client, parameters, "/record");
}
