import type { StelaiClient } from "../../client.ts";
import { characterAccessCancelAtPeriodEnd } from "../../generated/fragments.ts";
import { nothing, type Sent, send } from "../../internal/send.ts";

export type CancelAtPeriodEndParameters = { characterId: bigint };
export type CancelAtPeriodEndReturnType = Sent;

/**
 * Lets the wallet's pass end with what is paid for. Never paused; `setRenewal` takes it back.
 * @throws NoPassError when nothing was ever paid for, UserRejectedError.
 *
 * @example
 * ```ts
 * await (await stelai.access.cancelAtPeriodEnd({ characterId })).wait();
 * ```
 */
export async function cancelAtPeriodEnd(
  client: StelaiClient,
  { characterId }: CancelAtPeriodEndParameters,
): Promise<CancelAtPeriodEndReturnType> {
  const address = client.deployment.contracts.CharacterAccess;
  const abi = [characterAccessCancelAtPeriodEnd];
  return send(client, { address, abi, functionName: "cancelAtPeriodEnd", args: [characterId] as const }, nothing);
}
