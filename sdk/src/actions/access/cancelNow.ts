import { requireWallet, type StelaiClient } from "../../client.ts";
import { characterAccessCancelNow, characterAccessPassCancelledEvent } from "../../generated/fragments.ts";
import { eventArguments } from "../../internal/events.ts";
import { type Sent, send } from "../../internal/send.ts";
import { getAccess } from "./getAccess.ts";

export type CancelNowParameters = {
  characterId: bigint;
  /**
   * The refund that the person saw, in microcredits. When it is less by the time it is mined, because a day has begun,
   * nothing happens. Whatever it is when absent.
   */
  minimum?: bigint | undefined;
};

/** In microcredits: what came back, and what went to the creator because an early end of a year costs more than its days. */
export type CancelNowReturnType = Sent<{ refund: bigint; kept: bigint }> & {
  /** What it would pay back in the block in which it was prepared. */
  refundable: bigint;
};

/**
 * Ends the wallet's pass now and pays back what is not used; gifts too, a lifetime stays. A day that has begun is used.
 * A year that has begun is first priced as if it had been paid by the month, unless the character is suspended. Never
 * paused.
 * @throws NoPassError when nothing was ever paid for, RefundBelowMinimumError, UserRejectedError.
 *
 * @example
 * ```ts
 * const { refundable } = await stelai.access.getAccess({ characterId });
 * const { wait } = await stelai.access.cancelNow({ characterId, minimum: refundable });
 * const { refund } = await wait();
 * ```
 */
export async function cancelNow(
  client: StelaiClient,
  { characterId, minimum = 0n }: CancelNowParameters,
): Promise<CancelNowReturnType> {
  const address = client.deployment.contracts.CharacterAccess;
  const { refundable } = await getAccess(client, { characterId, account: requireWallet(client).account.address });
  const call = {
    address,
    abi: [characterAccessCancelNow],
    functionName: "cancelNow",
    args: [characterId, minimum],
  } as const;
  const sent = await send(client, call, (receipt) => {
    const { refund, kept } = eventArguments(receipt, address, characterAccessPassCancelledEvent);
    return { refund, kept };
  });
  return { ...sent, refundable };
}
