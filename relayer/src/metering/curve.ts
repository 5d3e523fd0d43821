import { createRequire } from "node:module";
import type * as Native from "secp256k1";
import { type Hex, recoverPublicKey, toHex } from "viem";
import { sign } from "viem/accounts";
import { keccak256 } from "./keccak.ts";

/**
 * secp256k1, native where the platform has a prebuilt binary (about 80 µs a recovery), else viem's in plain
 * JavaScript (about 2 ms). Both give the same results.
 */
const native = loadNative();

/** Whether the native library is used. */
export const isNative = native !== undefined;

/** secp256k1n / 2: a signature with a higher s has a twin and is refused (EIP-2). */
const HALF_ORDER = 0x7fffffffffffffffffffffffffffffff5d576e7357a4501ddfe92f46681b20a0n;

/**
 * Whose key signed a digest, as lower-case hex; undefined when the signature is malformed, has a high s, or
 * recovers to nothing. Takes 65 bytes (r, s, v) and 64 bytes (r, vs; ERC-2098).
 */
export async function recoverSigner(digest: Hex, signature: Hex): Promise<string | undefined> {
  const parts = split(signature);
  if (parts === undefined) return undefined;
  try {
    if (native === undefined) {
      const key = await recoverPublicKey({
        hash: digest,
        signature: { r: toHex(parts.rs.subarray(0, 32)), s: toHex(parts.rs.subarray(32)), yParity: parts.recovery },
      });
      return addressOf(Buffer.from(key.slice(2), "hex"));
    }
    const key = native.ecdsaRecover(parts.rs, parts.recovery, Buffer.from(digest.slice(2), "hex"), false);
    return addressOf(key);
  } catch {
    // The point is not on the curve: a signature by nobody.
    return undefined;
  }
}

/** Signs a 32-byte digest by RFC 6979, low s: 65 bytes r, s, v. */
export async function signDigest(digest: Hex, privateKey: Hex): Promise<Hex> {
  if (native === undefined) return sign({ hash: digest, privateKey, to: "hex" });
  const { signature, recid } = native.ecdsaSign(
    Buffer.from(digest.slice(2), "hex"),
    Buffer.from(privateKey.slice(2), "hex"),
  );
  return `0x${Buffer.from(signature).toString("hex")}${recid === 0 ? "1b" : "1c"}`;
}

/** The address of an uncompressed public key (65 bytes), lower-case. */
function addressOf(publicKey: Uint8Array): string {
  return `0x${keccak256(publicKey.subarray(1)).slice(26)}`;
}

function split(signature: Hex): { rs: Buffer; recovery: 0 | 1 } | undefined {
  const bytes = Buffer.from(signature.slice(2), "hex");
  if (bytes.length !== 64 && bytes.length !== 65) return undefined;
  const rs = Buffer.from(bytes.subarray(0, 64));
  let recovery: number;
  if (bytes.length === 64) {
    const top = rs[32] ?? 0;
    recovery = top >> 7;
    rs[32] = top & 0x7f;
  } else {
    const v = bytes[64] ?? 0;
    recovery = v >= 27 ? v - 27 : v;
  }
  if (recovery !== 0 && recovery !== 1) return undefined;
  const s = BigInt(`0x${rs.toString("hex", 32)}`);
  if (s === 0n || s > HALF_ORDER) return undefined;
  return { rs, recovery };
}

function loadNative(): typeof Native | undefined {
  try {
    // Not the package's own entry: that falls back to another JavaScript implementation in silence.
    return createRequire(import.meta.url)("secp256k1/bindings.js") as typeof Native;
  } catch {
    return undefined;
  }
}
