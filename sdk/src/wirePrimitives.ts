/** Integers, addresses and hashes as they travel: decimal strings become bigint. */
import type { Address, Hex } from "viem";
import * as z from "zod";

const uint = z.string().regex(/^(0|[1-9][0-9]{0,77})$/, "must be a decimal integer in a string");
const bounded = (bits: number) =>
  uint.transform((text, context) => {
    const value = BigInt(text);
    if (value >> BigInt(bits) === 0n) return value;
    context.addIssue({ code: "custom", message: `must fit ${bits} bits` });
    return z.NEVER;
  });

export const uint8 = z.int().min(0).max(255);
export const uint40 = bounded(40);
export const uint48 = bounded(48);
export const uint64 = bounded(64);
export const uint256 = bounded(256);
export const address = z
  .string()
  .regex(/^0x[0-9a-fA-F]{40}$/, "must be an address")
  .transform((text) => text as Address);
export const hash = z
  .string()
  .regex(/^0x[0-9a-fA-F]{64}$/, "must be 32 bytes in hex")
  .transform((text) => text.toLowerCase() as Hex);
export const signature = z
  .string()
  .regex(/^0x([0-9a-fA-F]{2}){64,4096}$/, "must be a signature in hex")
  .transform((text) => text as Hex);
