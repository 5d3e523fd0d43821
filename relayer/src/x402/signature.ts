import { hashTypedData } from "viem";
import type { Chain } from "../chain/index.ts";
import { recoverSigner } from "../metering/curve.ts";
import type { Signed } from "./checks.ts";

/** ERC-3009's type, as it is signed. */
const TYPES = {
  TransferWithAuthorization: [
    { name: "from", type: "address" },
    { name: "to", type: "address" },
    { name: "value", type: "uint256" },
    { name: "validAfter", type: "uint256" },
    { name: "validBefore", type: "uint256" },
    { name: "nonce", type: "bytes32" },
  ],
} as const;

/**
 * Whether the payer's own key signed, as far as that can be said without the chain: else the payer is a contract that may
 * stand by the signature (ERC-1271), which the chain alone knows.
 */
export async function isSignedByKey(
  { id, contracts }: Pick<Chain, "id" | "contracts">,
  domain: { name: string; version: string },
  { signature, ...message }: Signed,
): Promise<boolean> {
  const digest = hashTypedData({
    domain: { ...domain, chainId: id, verifyingContract: contracts.Stelai },
    types: TYPES,
    primaryType: "TransferWithAuthorization",
    message,
  });
  return (await recoverSigner(digest, signature)) === message.from.toLowerCase();
}
