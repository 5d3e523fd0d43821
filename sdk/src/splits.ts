import { type Address, encodeAbiParameters, getAddress, hexToBigInt, keccak256, numberToHex } from "viem";

/** One recipient of a split: a payee (address or split as uint256) and its part in ten-thousandths. */
export type Share = { recipient: bigint; bps: number };

/** One step from a split to one of its recipients (`IPayouts.Flow`). */
export type FlowStep = { shares: readonly Share[]; index: bigint };

/** All of a split, in ten-thousandths. */
export const WHOLE_BPS = 10_000;
/** The most shares a split may have. */
export const MAX_SHARES = 32;

/** Thrown when shares are no split; says which rule they break. */
export class InvalidSplitError extends Error {
  override readonly name = "InvalidSplitError";
}

/** The payee that an address is. */
export function payeeOf(account: Address): bigint {
  return hexToBigInt(account);
}

/** Whether a payee is a split and not an address (DESIGN section 1). */
export function isSplit(payee: bigint): boolean {
  return payee >> 160n !== 0n;
}

/** The address that a payee is; undefined for a split. */
export function addressOf(payee: bigint): Address | undefined {
  return isSplit(payee) ? undefined : getAddress(numberToHex(payee, { size: 20 }));
}

/**
 * `IPayouts.splitOf`: the name of a split, the hash of its ABI-encoded shares.
 * @throws InvalidSplitError unless there are 1 to 32 shares, none empty, recipients strictly ascending, sum 10,000.
 *
 * @example
 * ```ts
 * splitOf([{ recipient: payeeOf(alice), bps: 7_000 }, { recipient: payeeOf(bob), bps: 3_000 }]);
 * ```
 */
export function splitOf(shares: readonly Share[]): bigint {
  if (shares.length < 1 || shares.length > MAX_SHARES) {
    throw new InvalidSplitError(`A split has 1 to ${MAX_SHARES} shares, not ${shares.length}.`);
  }
  let previous = 0n;
  let sum = 0;
  for (const { recipient, bps } of shares) {
    if (recipient <= previous) throw new InvalidSplitError("Recipients must be strictly ascending and not zero.");
    if (!Number.isInteger(bps) || bps < 1) throw new InvalidSplitError("Every share must be at least 1 bps.");
    previous = recipient;
    sum += bps;
  }
  if (sum !== WHOLE_BPS) throw new InvalidSplitError(`Shares must add up to ${WHOLE_BPS} bps, not ${sum}.`);
  const split = hashShares(shares);
  if (!isSplit(split)) throw new InvalidSplitError("This split's hash reads as an address: change one share.");
  return split;
}

/** Shares in the order a split needs, from recipients in any order. */
export function sortShares(shares: readonly Share[]): Share[] {
  return [...shares].sort((a, b) => (a.recipient < b.recipient ? -1 : 1));
}

function hashShares(shares: readonly Share[]): bigint {
  const parameter = {
    type: "tuple[]",
    components: [
      { name: "recipient", type: "uint256" },
      { name: "bps", type: "uint16" },
    ],
  } as const;
  return hexToBigInt(keccak256(encodeAbiParameters([parameter], [shares])));
}
