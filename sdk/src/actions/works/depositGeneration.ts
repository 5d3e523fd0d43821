import type { StelaiClient } from "../../client.ts";
import { DEPOSIT_ERRORS, GENERATION_ERRORS } from "../../errors/relayerEndpoints.ts";
import { relayerRequest } from "../../internal/http.ts";
import type { Deposit } from "../../wireMarket.ts";

export type DepositGenerationParameters = {
  /** Id of a completed generation of the account signed in. */
  generation: string;
  signal?: AbortSignal | undefined;
};
export type DepositGenerationReturnType = Deposit;

/**
 * Has the operator keep a generation for sale: its key is released to those whom the chain confirms as licensed, and to
 * nobody else. Its preview is small and watermarked. Depositing twice is once.
 * @throws GenerationNotFoundError, GenerationNotFinishedError, NotSignedInError, StorageFullError.
 *
 * @example
 * ```ts
 * const { contentHash, file, preview, attestor } = await stelai.works.depositGeneration({ generation: generation.id });
 * ```
 */
export async function depositGeneration(
  client: StelaiClient,
  { generation, signal }: DepositGenerationParameters,
): Promise<DepositGenerationReturnType> {
  const request = { path: "/v1/deposits", method: "POST", signedIn: true, signal } as const;
  const errors = { ...GENERATION_ERRORS, ...DEPOSIT_ERRORS };
  return relayerRequest(client, { ...request, body: { generation }, errors });
}
