import type { StelaiClient } from "../../client.ts";
import { KEY_ERRORS } from "../../errors/relayerEndpoints.ts";
import { relayerRequest } from "../../internal/http.ts";
import type { ContentKey } from "../../wireMarket.ts";
import type { TokenReference } from "./token.ts";

export type GetContentKeyParameters = TokenReference & { signal?: AbortSignal | undefined };
export type GetContentKeyReturnType = ContentKey;

/**
 * The key that opens a work's file, for who is signed in and holds the licence, or owns the work, as the chain confirms.
 * `market.openFile` does all of it.
 * @throws NotLicensedError, NotFinalError while the chain may still change its mind (`blocksLeft`), NotDepositedError,
 * NotSignedInError.
 *
 * @example
 * ```ts
 * const { key, cid, contentHash } = await stelai.market.getContentKey({ licenceId });
 * ```
 */
export async function getContentKey(
  client: StelaiClient,
  { signal, ...token }: GetContentKeyParameters,
): Promise<GetContentKeyReturnType> {
  const path = "licenceId" in token ? `/v1/licences/${token.licenceId}/key` : `/v1/works/${token.workId}/key`;
  const request = { path, signedIn: true, signal, errors: KEY_ERRORS };
  const { workId, licenceId, ...rest } = await relayerRequest<ContentKey>(client, request);
  return { ...rest, workId: BigInt(workId), licenceId: licenceId === null ? null : BigInt(licenceId) };
}
