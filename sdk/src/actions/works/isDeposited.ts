import type { StelaiClient } from "../../client.ts";
import { relayerRequest } from "../../internal/http.ts";
import type { WorkDeposit } from "../../wireMarket.ts";

export type IsDepositedParameters = { workId: bigint; signal?: AbortSignal | undefined };
export type IsDepositedReturnType = WorkDeposit;

/**
 * Whether the operator holds the file of a work, deposited by its creator, and can open it: what is not deposited can
 * neither be delivered to who buys a licence nor opened by who buys the work. Anyone may ask.
 * @throws NotFoundError when there is no such work, RateLimitedError.
 *
 * @example
 * ```ts
 * const { isDeposited, bytes } = await stelai.works.isDeposited({ workId });
 * ```
 */
export async function isDeposited(
  client: StelaiClient,
  { workId, signal }: IsDepositedParameters,
): Promise<IsDepositedReturnType> {
  const found = await relayerRequest<WorkDeposit>(client, { path: `/v1/works/${workId}/deposit`, signal });
  return { ...found, workId };
}
