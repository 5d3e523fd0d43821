import type { StelaiClient } from "../../client.ts";
import { worksSetDerivatives } from "../../generated/fragments.ts";
import { nothing, type Sent, send } from "../../internal/send.ts";

export type SetDerivativesParameters = {
  workId: bigint;
  /** Whether works of others may name it as a parent. */
  allowed: boolean;
  /** Part of what they earn that is owed to it, at most 5,000 ten-thousandths. */
  bps: number;
};
export type SetDerivativesReturnType = Sent;

/**
 * Changes what works to come that derive from this one may and owe; those that exist keep what was pinned. Owner.
 * @throws NotWorkOwnerError, DerivativeShareTooHighError, UserRejectedError.
 *
 * @example
 * ```ts
 * await (await stelai.works.setDerivatives({ workId, allowed: true, bps: 1_000 })).wait();
 * ```
 */
export async function setDerivatives(
  client: StelaiClient,
  { workId, allowed, bps }: SetDerivativesParameters,
): Promise<SetDerivativesReturnType> {
  const address = client.deployment.contracts.Works;
  const args = [workId, allowed, bps] as const;
  return send(client, { address, abi: [worksSetDerivatives], functionName: "setDerivatives", args }, nothing);
}
