import { concat, Signature, SigningKey, toBeHex, Wallet } from "ethers";

const ORDER = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n;

function modulo(value: bigint): bigint {
  return ((value % ORDER) + ORDER) % ORDER;
}

/** value^-1 modulo the order, by Fermat. */
function inverse(value: bigint): bigint {
  let result = 1n;
  let base = modulo(value);
  for (let exponent = ORDER - 2n; exponent > 0n; exponent >>= 1n) {
    if (exponent & 1n) result = modulo(result * base);
    base = modulo(base * base);
  }
  return result;
}

/**
 * A key whose valid signature of `digest` has a high s that still fits ERC-2098, and both forms of it.
 *
 * ERC-2098 has 255 bits for s, so only s between half the order and 2^255 can be sent high at all, and no signer
 * meets one by chance. But s may be chosen if the key may: s = (digest + r × key) / k.
 */
export function highSignature(digest: string): { key: Wallet; high: string; low: string } {
  const k = 0x1234567890abcdefn;
  const s = 2n ** 255n - 1n;
  const point = SigningKey.computePublicKey(toBeHex(k, 32), false);
  const r = BigInt(`0x${point.slice(4, 68)}`);
  const odd = BigInt(`0x${point.slice(68)}`) & 1n;
  const key = new Wallet(toBeHex(modulo((s * k - BigInt(digest)) * inverse(r)), 32));
  const high = concat([toBeHex(r, 32), toBeHex(s | (odd << 255n), 32)]);
  const low = Signature.from({ r: toBeHex(r, 32), s: toBeHex(ORDER - s, 32), yParity: odd === 1n ? 0 : 1 });
  return { key, high, low: low.compactSerialized };
}
