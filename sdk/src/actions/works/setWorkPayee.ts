import type { StelaiClient } from "../../client.ts";
import { worksSetPayee } from "../../generated/fragments.ts";
import { nothing, type Sent, send } from "../../internal/send.ts";

export type SetWorkPayeeParameters = {
  workId: bigint;
  /** An address (`payeeOf`) or a registered split (`payouts.registerSplit`). */
  payee: bigint;
};
export type SetWorkPayeeReturnType = Sent;

/**
 * Changes who earns the owner's part of a work. Voids its offers and listings; orders that are open pay whom they pinned.
 * Owner.
 * @throws NotWorkOwnerError, InvalidWorkPayeeError, UserRejectedError.
 *
 * @example
 * ```ts
 * await (await stelai.works.setPayee({ workId, payee: payeeOf(studio) })).wait();
 * ```
 */
export async function setWorkPayee(
  client: StelaiClient,
  { workId, payee }: SetWorkPayeeParameters,
): Promise<SetWorkPayeeReturnType> {
  const address = client.deployment.contracts.Works;
  const args = [workId, payee] as const;
  return send(client, { address, abi: [worksSetPayee], functionName: "setPayee", args }, nothing);
}
