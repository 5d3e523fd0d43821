import type { X402Paid, X402Record } from "@stelai/sdk/wire";
import { type Address, getAddress } from "viem";
import { chainLines, type Signed } from "./checks.ts";
import { TAKEN_BACK } from "./records.ts";
import type { PaymentRow } from "./types.ts";

/** What is signed, of a row. */
export function signedOf(row: PaymentRow): Omit<Signed, "to"> {
  const { payer, value, validAfter, validBefore, nonce, signature } = row;
  return { from: payer, value: BigInt(value), validAfter, validBefore, nonce, signature };
}

/** What a paid answer says of its payment. */
export function paidOf(row: PaymentRow, payTo: Address): X402Paid {
  const { payer, nonce, value, lines, passOf, transaction } = row;
  return {
    ...{ payer: getAddress(payer), nonce, value: BigInt(value), lines: chainLines(lines) },
    ...{ passOf: passOf === 0n ? null : passOf, payTo, transaction },
  };
}

/** The bill of a payment. @param isOwn Whether the payer asks, who alone is shown the request's hash. */
export function recordOf(row: PaymentRow, payTo: Address, isOwn: boolean): X402Record {
  const { status, request, by, brought, usage, reason } = row;
  return { ...paidOf(row, payTo), status, request: isOwn ? request : null, by, brought, usage, reason };
}

/** Whether what it pays for was given already: then it is lost when it cannot be charged. */
export function isGiven({ answer, usage, tries, reason }: PaymentRow): boolean {
  return answer !== null || usage !== null || tries > 0 || reason === TAKEN_BACK;
}
