import type { SignedReceipt } from "../wire.ts";

/** A receipt as contracts take it: viem types 40 and 48 bits as number. */
export function receiptArgument({ receipt }: Pick<SignedReceipt, "receipt">) {
  return {
    ...receipt,
    characterId: Number(receipt.characterId),
    termsVersion: Number(receipt.termsVersion),
    milliunits: Number(receipt.milliunits),
    amount: Number(receipt.amount),
    fee: Number(receipt.fee),
  };
}
