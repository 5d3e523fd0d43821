import type { StelaiClient } from "../../client.ts";
import { worksSetSuspended } from "../../generated/fragments.ts";
import { nothing, type Sent, send } from "../../internal/send.ts";

export type SetWorkSuspendedParameters = { workId: bigint; suspended: boolean };
export type SetWorkSuspendedReturnType = Sent;

/**
 * Ends new sales of a work, or allows them again; what was bought goes on. Role MODERATOR (`market.hasRole`).
 * @throws AccessManagedUnauthorizedError, ERC721NonexistentTokenError, UserRejectedError.
 *
 * @example
 * ```ts
 * await (await stelai.works.setSuspended({ workId, suspended: true })).wait();
 * ```
 */
export async function setWorkSuspended(
  client: StelaiClient,
  { workId, suspended }: SetWorkSuspendedParameters,
): Promise<SetWorkSuspendedReturnType> {
  const address = client.deployment.contracts.Works;
  const args = [workId, suspended] as const;
  return send(client, { address, abi: [worksSetSuspended], functionName: "setSuspended", args }, nothing);
}
