import type { Address, Hex, PrivateKeyAccount } from "viem";
import { privateKeyToAccount } from "viem/accounts";
import { signDigest } from "./metering/curve.ts";

/** Who runs this relayer: the key that seals, signs receipts and sends transactions. */
export type OperatorAccount = {
  readonly address: Address;
  /** For transactions and whatever else viem signs. */
  readonly account: PrivateKeyAccount;
  /** Signs a 32-byte digest, deterministically (RFC 6979); 65 bytes r, s, v. */
  sign(digest: Hex): Promise<Hex>;
};

/** The operator behind a private key. */
export function operatorFrom(privateKey: Hex): OperatorAccount {
  const account = privateKeyToAccount(privateKey);
  return { address: account.address, account, sign: (digest) => signDigest(digest, privateKey) };
}
