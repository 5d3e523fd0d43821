import fc from "fast-check";
import type { Address, Hex } from "viem";

/** How many random cases each comparison takes. */
export const CASES = 1_000;

/** An unsigned integer of so many bits; the smallest and the largest come up often. */
export function uint(bits: number) {
  const max = 2n ** BigInt(bits) - 1n;
  return fc.oneof(
    { weight: 1, arbitrary: fc.constantFrom(0n, 1n, max) },
    { weight: 4, arbitrary: fc.bigInt({ min: 0n, max }) },
  );
}

const hex = (size: number) =>
  fc.uint8Array({ minLength: size, maxLength: size }).map((bytes): Hex => `0x${Buffer.from(bytes).toString("hex")}`);

export const bytes32 = hex(32);
export const address = hex(20) as fc.Arbitrary<Address>;

export const sponsorship = fc.record({ fee: uint(256), recipient: address, salt: bytes32 });

/** Thrown when a random case fails; with the seed in PARITY_SEED the same cases come again. */
class ParityError extends Error {
  override readonly name = "ParityError";
  constructor(seed: number, cause: unknown) {
    super(`With PARITY_SEED=${seed}: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
  }
}

/** Gives `work` {@link CASES} random cases. */
export async function withCases<T>(arbitrary: fc.Arbitrary<T>, work: (cases: T[]) => Promise<void>): Promise<void> {
  const seed = Number(process.env.PARITY_SEED ?? Date.now() % 2 ** 31);
  try {
    await work(fc.sample(arbitrary, { numRuns: CASES, seed }));
  } catch (cause) {
    throw new ParityError(seed, cause);
  }
}

/** Compares {@link CASES} random cases, a few at a time. */
export async function compareAll<T>(arbitrary: fc.Arbitrary<T>, compare: (item: T) => Promise<void>): Promise<void> {
  await withCases(arbitrary, async (all) => {
    for (let from = 0; from < all.length; from += 50) await Promise.all(all.slice(from, from + 50).map(compare));
  });
}
