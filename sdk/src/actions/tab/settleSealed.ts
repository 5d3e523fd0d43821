import type { Address } from "viem";
import type { StelaiClient } from "../../client.ts";
import { NoSealsError } from "../../errors/tab.ts";
import { inferenceMeterSettledEvent, inferenceMeterSettleSealed } from "../../generated/fragments.ts";
import { eventArguments } from "../../internal/events.ts";
import { type Sent, send } from "../../internal/send.ts";
import { decodeSettled, encodeBatch, type RowOutcome } from "../../settlement.ts";
import type { Seal } from "../../wire.ts";

export type SettleSealedParameters = {
  operator: Address;
  /** Of that operator, as `relayer.getSeals` or a saved bill has them, in any order; at most about a hundred at once. */
  seals: readonly Seal[];
};

/** What became of each row, in the order they were sent: of one tab's, the lower total goes first. */
export type SettleSealedReturnType = Sent<{ rows: { tabId: bigint; outcome: RowOutcome }[] }>;

/**
 * Settles what an operator sealed, from anyone's copy, through the thaw: for when the operator does not. Pays exactly whom
 * the payers signed for; what is settled already is skipped.
 * @throws NoSealsError, UserRejectedError.
 *
 * @example
 * ```ts
 * const { seals } = await stelai.relayer.getSeals({ tabId });
 * const { rows } = await (await stelai.tab.settleSealed({ operator, seals })).wait();
 * ```
 */
export async function settleSealed(
  client: StelaiClient,
  { operator, seals }: SettleSealedParameters,
): Promise<SettleSealedReturnType> {
  if (seals.length === 0) throw new NoSealsError();
  const address = client.deployment.contracts.InferenceMeter;
  const rows = [...seals]
    .sort((a, b) => Number(a.voucher.cumulative - b.voucher.cumulative))
    .map(({ voucher, lines, signature, sealSignature }) => ({ ...voucher, lines, signature, sealSignature }));
  const args = [operator, encodeBatch(rows)] as const;
  const call = { address, abi: [inferenceMeterSettleSealed], functionName: "settleSealed", args } as const;
  return send(client, call, (receipt) => ({
    rows: decodeSettled(eventArguments(receipt, address, inferenceMeterSettledEvent).rows).map(
      ({ tabId, outcome }) => ({
        tabId,
        outcome,
      }),
    ),
  }));
}
