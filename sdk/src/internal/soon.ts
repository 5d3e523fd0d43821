import type { StelaiClient } from "../client.ts";
import { StelaiError } from "../errors/base.ts";
import { RelayerUnreachableError } from "../errors/relayer.ts";
import { type RelayerRequest, relayerRequest } from "./http.ts";

/** How long an answer may take that every window of a tab waits for, in milliseconds. */
const ANSWER_WITHIN = 30_000;

/**
 * {@link relayerRequest}, but the whole answer must be here within half a minute.
 * @throws RelayerUnreachableError when it is not.
 */
export async function relayerRequestSoon<T>(client: StelaiClient, request: RelayerRequest): Promise<T> {
  try {
    return await relayerRequest<T>(client, { ...request, signal: AbortSignal.timeout(ANSWER_WITHIN) });
  } catch (error) {
    if (error instanceof StelaiError) throw error;
    throw new RelayerUnreachableError(client.relayerUrl ?? "", error);
  }
}
