import { type Hex, keccak256, stringToBytes } from "viem";
import type { StelaiError } from "../../errors/base.ts";
import { RelayerError, RelayerUnreachableError } from "../../errors/relayer.ts";
import type { PendingRequest, TabSession } from "../../tab/session.ts";
import type { Receipt } from "../../voucher.ts";
import type { Metered } from "../../wire.ts";

/** What an answer cost. */
export type Charge = {
  receipt: Receipt;
  /** In microcredits, the operator's fee included. */
  cost: bigint;
  /** Why the voucher could not be given to the operator yet; it is given with the next one. */
  unacknowledged: StelaiError | undefined;
};

/** keccak256 of an answer's UTF-8 text, as its receipt holds it. */
export function hashAnswer(text: string): Hex {
  return keccak256(stringToBytes(text));
}

/**
 * Verifies an answer's receipt and signs for it. A relayer that cannot be reached for the voucher does not spoil an
 * answer that is here: the next voucher covers it.
 * @throws ReceiptRefusedError when the receipt is not what was agreed to.
 */
export async function settleAnswer(
  session: TabSession,
  pending: PendingRequest,
  metered: Metered,
  response: Hex | undefined,
): Promise<Charge> {
  await session.receive(pending, metered, response);
  return chargeOf(session, metered);
}

/** What a verified receipt charges; signs for it, now or with the next voucher. */
export async function chargeOf(session: TabSession, metered: Metered): Promise<Charge> {
  const { receipt } = metered.receipt;
  const charge = { receipt, cost: receipt.amount + receipt.fee };
  try {
    await session.acknowledge();
    return { ...charge, unacknowledged: undefined };
  } catch (error) {
    if (error instanceof RelayerUnreachableError || error instanceof RelayerError) {
      return { ...charge, unacknowledged: error };
    }
    throw error;
  }
}
