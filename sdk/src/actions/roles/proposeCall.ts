import type { Hex } from "viem";
import { requireWallet, type StelaiClient } from "../../client.ts";
import { accessManagerOperationScheduledEvent, accessManagerSchedule } from "../../internal/accessManager.ts";
import { eventArguments } from "../../internal/events.ts";
import { type Sent, send } from "../../internal/send.ts";
import type { StepOptions } from "../../internal/sendBatch.ts";
import { encodeCall, type RoleCall } from "./calls.ts";
import { canCall } from "./canCall.ts";
import { type CallMade, executeCall } from "./executeCall.ts";

export type ProposeCallParameters = RoleCall & StepOptions;

/** What came of a proposal: it was made, or is announced. */
export type CallProposed = CallMade & {
  /** Null when it was made at once. */
  operationId: Hex | null;
  /** Unix seconds from which it can be made; null when it was. */
  readyAt: bigint | null;
};

export type ProposeCallReturnType = Sent<CallProposed> & {
  /** Whether it is only announced: it is made by `roles.execute` once its delay is over. */
  isScheduled: boolean;
};

/**
 * Makes a change that the wallet's role allows at once, or announces it where the role has to wait: everyone can see it then,
 * and it takes effect only when it is executed.
 * @throws AccessManagedUnauthorizedError without the role, AccessManagerAlreadyScheduledError, what the contract refuses,
 * UserRejectedError.
 *
 * @example
 * ```ts
 * const { isScheduled, wait } = await stelai.roles.propose({ kind: "setPlanPrice", planId: 1n, price: 9_000_000n });
 * const { readyAt } = await wait();
 * ```
 */
export async function proposeCall(client: StelaiClient, call: ProposeCallParameters): Promise<ProposeCallReturnType> {
  const caller = requireWallet(client).account.address;
  const { isAllowed, delay } = await canCall(client, { call, account: caller });
  // Who may not is refused by the contract, in its simulation.
  if (!isAllowed || delay === 0) {
    const { hash, wait } = await executeCall(client, call);
    const done = { operationId: null, readyAt: null };
    return { isScheduled: false, hash, wait: async (options) => ({ ...(await wait(options)), ...done }) };
  }
  const { address: target, data } = encodeCall(client, call);
  const address = client.deployment.contracts.AccessManager;
  const args = [target, data, 0] as const;
  const request = { address, abi: [accessManagerSchedule], functionName: "schedule", args } as const;
  const sent = await send(client, request, (receipt) => {
    const scheduled = eventArguments(receipt, address, accessManagerOperationScheduledEvent);
    return { operationId: scheduled.operationId, readyAt: BigInt(scheduled.schedule), campaignId: null };
  });
  return { ...sent, isScheduled: true };
}
