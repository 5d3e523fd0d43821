import { concatHex, type Hex, hexToBigInt, hexToNumber, numberToHex, sliceHex } from "viem";

// By hand: viem's parseSignature and its like bring a whole elliptic curve into a page.

/** The parity of R stands in the highest bit of s, which is never set otherwise (ERC-2098). */
const PARITY_BIT = 1n << 255n;

/** The parts of a 65-byte signature: r, s, and the parity of R's y. Some wallets end it with 0 or 1 in place of 27 or 28. */
export function splitSignature(signature: Hex): { r: Hex; s: Hex; yParity: 0 | 1 } {
  const last = hexToNumber(sliceHex(signature, 64, 65));
  return { r: sliceHex(signature, 0, 32), s: sliceHex(signature, 32, 64), yParity: last % 27 === 0 ? 0 : 1 };
}

/** 65-byte signature (r, s, v) as the 64 bytes r, vs of ERC-2098; 64 bytes are returned as they are. */
export function toCompactSignature(signature: Hex): Hex {
  if (signature.length === 130) return signature;
  const { r, s, yParity } = splitSignature(signature);
  return concatHex([r, yParity === 0 ? s : numberToHex(hexToBigInt(s) | PARITY_BIT, { size: 32 })]);
}

/** 64 bytes of ERC-2098 as the 65-byte signature (r, s, v); 65 bytes are returned as they are. */
export function fromCompactSignature(signature: Hex): Hex {
  if (signature.length === 132) return signature;
  const vs = hexToBigInt(sliceHex(signature, 32, 64));
  const [s, v] = vs < PARITY_BIT ? [vs, 27] : [vs - PARITY_BIT, 28];
  return concatHex([sliceHex(signature, 0, 32), numberToHex(s, { size: 32 }), numberToHex(v, { size: 1 })]);
}
