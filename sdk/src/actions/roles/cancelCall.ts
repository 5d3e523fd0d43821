import type { Address } from "viem";
import { requireWallet, type StelaiClient } from "../../client.ts";
import { accessManagerCancel } from "../../internal/accessManager.ts";
import { nothing, type Sent, send } from "../../internal/send.ts";
import { encodeCall, type RoleCall } from "./calls.ts";

export type CancelCallParameters = {
  call: RoleCall;
  /** Who announced it; the wallet itself when absent. */
  announcer?: Address | undefined;
};
export type CancelCallReturnType = Sent;

/**
 * Takes an announced change back. Who announced it may, and admins.
 * @throws AccessManagerNotScheduledError, AccessManagerUnauthorizedCancelError, UserRejectedError.
 *
 * @example
 * ```ts
 * await (await stelai.roles.cancel({ call: { kind: "setPlanPrice", planId: 1n, price: 9_000_000n } })).wait();
 * ```
 */
export async function cancelCall(
  client: StelaiClient,
  { call, announcer = requireWallet(client).account.address }: CancelCallParameters,
): Promise<CancelCallReturnType> {
  const { address: target, data } = encodeCall(client, call);
  const address = client.deployment.contracts.AccessManager;
  const args = [announcer, target, data] as const;
  return send(client, { address, abi: [accessManagerCancel], functionName: "cancel", args }, nothing);
}
