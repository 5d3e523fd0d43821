import { requireWallet, type StelaiClient } from "../../client.ts";
import { RefundBelowMinimumError } from "../../errors/client.ts";
import { characterAccessCancelNow, characterAccessPassCancelledEvent } from "../../generated/fragments.ts";
import { eventArguments } from "../../internal/events.ts";
import { type Sent, send } from "../../internal/send.ts";
import { getAccess } from "./getAccess.ts";

export type CancelNowParameters = {
  characterId: bigint;
  /**
   * The refund that the person saw, in microcredits. When it would be less by now, because a day has begun, nothing is
   * sent. Whatever it is now when absent.
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
  if (refundable < minimum) throw new RefundBelowMinimumError(refundable, minimum);
  const call = { address, abi: [characterAccessCancelNow], functionName: "cancelNow", args: [characterId] } as const;
  const sent = await send(client, call, (receipt) => {
    const { refund, kept } = eventArguments(receipt, address, characterAccessPassCancelledEvent);
    return { refund, kept };
  });
  return { ...sent, refundable };
}
