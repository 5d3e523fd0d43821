import type { Hash } from "viem";
import type { StelaiClient } from "../../client.ts";
import { DEPOSIT_ERRORS } from "../../errors/relayerEndpoints.ts";
import { relayerRequest } from "../../internal/http.ts";
import type { Deposit } from "../../wireMarket.ts";

export type GetDepositParameters = {
  /** keccak256 of the file. */
  contentHash: Hash;
  signal?: AbortSignal | undefined;
};
export type GetDepositReturnType = Deposit;

/**
 * A file that the account signed in deposited with the operator, which keeps it for 30 days from now at least: ask right
 * before a work of it is created.
 * @throws NotDepositedError also when the operator lost the file: deposit it again. NotSignedInError.
 *
 * @example
 * ```ts
 * const { preview, attestor } = await stelai.works.getDeposit({ contentHash: work.contentHash });
 * ```
 */
export async function getDeposit(
  client: StelaiClient,
  { contentHash, signal }: GetDepositParameters,
): Promise<GetDepositReturnType> {
  return relayerRequest(client, {
    path: `/v1/deposits/${contentHash}`,
    ...{ signedIn: true, signal, errors: DEPOSIT_ERRORS },
  });
}
