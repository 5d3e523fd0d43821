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

/** A JSON number of 8 bits. */
export const uint8 = z.int().min(0).max(255);
/** A decimal string of 40 bits, as bigint: prices and caps in microcredits. */
export const uint40 = bounded(40);
/** A decimal string of 48 bits, as bigint. */
export const uint48 = bounded(48);
/** A decimal string of 64 bits, as bigint: ids of tabs, times. */
export const uint64 = bounded(64);
/** A decimal string of 256 bits, as bigint. */
export const uint256 = bounded(256);
/** An address in any letters, checksummed. */
export const address = z
  .string()
  .regex(/^0x[0-9a-fA-F]{40}$/, "must be an address")
  .transform((text) => text as Address);
/** 32 bytes in hex, in small letters. */
export const hash = z
  .string()
  .regex(/^0x[0-9a-fA-F]{64}$/, "must be 32 bytes in hex")
  .transform((text) => text.toLowerCase() as Hex);
/** A signature in hex. */
export const signature = z
  .string()
  .regex(/^0x([0-9a-fA-F]{2}){64,4096}$/, "must be a signature in hex")
  .transform((text) => text as Hex);
