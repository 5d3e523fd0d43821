import { type BytesLike, Signature, type Signer, type TypedDataDomain } from "ethers";
import type { ContractOf } from "./contracts.ts";

/** A token whose typed data is signed here. */
export type SignedToken = ContractOf<"Stelai"> | ContractOf<"TestUSDC">;

/** The fields of EIP-3009's transfer and receive authorizations. */
export type AuthorizationFields = {
  from: string;
  to: string;
  value: bigint;
  validAfter: bigint;
  validBefore: bigint;
  nonce: BytesLike;
};

const AUTHORIZATION = [
  { name: "from", type: "address" },
  { name: "to", type: "address" },
  { name: "value", type: "uint256" },
  { name: "validAfter", type: "uint256" },
  { name: "validBefore", type: "uint256" },
  { name: "nonce", type: "bytes32" },
];
const CANCEL = [
  { name: "authorizer", type: "address" },
  { name: "nonce", type: "bytes32" },
];
const PERMIT = [
  { name: "owner", type: "address" },
  { name: "spender", type: "address" },
  { name: "value", type: "uint256" },
  { name: "nonce", type: "uint256" },
  { name: "deadline", type: "uint256" },
];

/** The EIP-712 domain of a token; version "2" is USDC's. */
export async function domainOf(token: SignedToken, chainId: bigint): Promise<TypedDataDomain> {
  const name = await token.name();
  return { name, version: name === "USD Coin" ? "2" : "1", chainId, verifyingContract: await token.getAddress() };
}

export async function signTransfer(domain: TypedDataDomain, signer: Signer, fields: AuthorizationFields) {
  return signer.signTypedData(domain, { TransferWithAuthorization: AUTHORIZATION }, fields);
}

export async function signReceive(domain: TypedDataDomain, signer: Signer, fields: AuthorizationFields) {
  return signer.signTypedData(domain, { ReceiveWithAuthorization: AUTHORIZATION }, fields);
}

export async function signCancel(domain: TypedDataDomain, signer: Signer, authorizer: string, nonce: BytesLike) {
  return signer.signTypedData(domain, { CancelAuthorization: CANCEL }, { authorizer, nonce });
}

export async function signPermit(
  domain: TypedDataDomain,
  signer: Signer,
  fields: { owner: string; spender: string; value: bigint; nonce: bigint; deadline: bigint },
): Promise<Signature> {
  return Signature.from(await signer.signTypedData(domain, { Permit: PERMIT }, fields));
}

/** The signature with the other, high s: the same key and message, refused since EIP-2. */
export function highS(signature: string): string {
  const { r, s, v } = Signature.from(signature);
  const order = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n;
  const high = (order - BigInt(s)).toString(16).padStart(64, "0");
  return `${r}${high}${v === 27 ? "1c" : "1b"}`;
}
