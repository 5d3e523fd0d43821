import { meterDomain, meterTypes } from "@stelai/sdk";
import { type Address, type Hex, hashDomain } from "viem";
import { keccak256 } from "./keccak.ts";

/**
 * EIP-712 hashing of the meter's types without viem's general encoder, which costs more than the signature itself.
 * Every field is one static word, so a struct's encoding is its type hash and its words; a parity test holds this
 * to viem's `hashStruct` and `hashTypedData`.
 */
export type MeterType = keyof typeof meterTypes;

type Word = bigint | number | string;

const typeHashes = new Map<MeterType, string>();

/** EIP-712 struct hash of one of the meter's types. */
export function structHash(type: MeterType, message: Readonly<Record<string, Word>>): Hex {
  const fields = meterTypes[type];
  let words = typeHash(type);
  for (const field of fields) {
    const value = message[field.name];
    if (value === undefined) throw new TypeError(`${type} needs ${field.name}`);
    words +=
      typeof value === "string" ? value.slice(2).toLowerCase().padStart(64, "0") : value.toString(16).padStart(64, "0");
  }
  return keccak256(Buffer.from(words, "hex"));
}

/** Digests under one meter's domain. */
export type MeterDigests = {
  /** What is signed for a struct whose hash is known. */
  ofHash(hash: Hex): Hex;
  /** What is signed for a struct. */
  of(type: MeterType, message: Readonly<Record<string, Word>>): Hex;
};

/** Digests under the domain of the meter at `inferenceMeter` on chain `chainId`. */
export function meterDigests(chainId: number, inferenceMeter: Address): MeterDigests {
  const separator = hashDomain({
    domain: { ...meterDomain(chainId, inferenceMeter), chainId: BigInt(chainId) },
    types: {
      EIP712Domain: [
        { name: "name", type: "string" },
        { name: "version", type: "string" },
        { name: "chainId", type: "uint256" },
        { name: "verifyingContract", type: "address" },
      ],
    },
  });
  const prefix = `1901${separator.slice(2)}`;
  const ofHash = (hash: Hex) => keccak256(Buffer.from(prefix + hash.slice(2), "hex"));
  return { ofHash, of: (type, message) => ofHash(structHash(type, message)) };
}

function typeHash(type: MeterType): string {
  const known = typeHashes.get(type);
  if (known !== undefined) return known;
  const fields = meterTypes[type].map((field) => `${field.type} ${field.name}`).join(",");
  const hash = keccak256(Buffer.from(`${type}(${fields})`)).slice(2);
  typeHashes.set(type, hash);
  return hash;
}
