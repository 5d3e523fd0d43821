import type { Address, Hex, TypedDataDomain } from "viem";
import { getBlock, readContract, signTypedData } from "viem/actions";
import { requireWallet, type StelaiClient } from "../client.ts";
import { stelaiEip712Domain, stelaiName, stelaiNonces } from "../generated/fragments.ts";
import { permitTypes, receiveWithAuthorizationTypes } from "../typedData.ts";

/** A payer's signed EIP-3009 `ReceiveWithAuthorization`, as the contracts and the relayer take it. */
export type Authorization = { from: Address; value: bigint; validAfter: bigint; validBefore: bigint; signature: Hex };

/** How long what a payer signs is good for, in seconds. */
export const SIGNATURE_LIFETIME = 3_600n;

/** Time of the newest block, unix seconds: the chain's time is the only one that counts. */
export async function chainTime(client: StelaiClient): Promise<bigint> {
  return (await getBlock(client.publicClient)).timestamp;
}

/** `version()` has the form of `name()`. */
const versionAbi = [{ ...stelaiName, name: "version" }] as const;

/** A token's EIP-712 domain: by ERC-5267, or for tokens before it (USDC) by `name()` and `version()`. */
export async function tokenDomain(client: StelaiClient, token: Address): Promise<TypedDataDomain> {
  const domain = { chainId: client.deployment.chainId, verifyingContract: token };
  try {
    const abi = [stelaiEip712Domain];
    const [, name, version] = await readContract(client.publicClient, {
      address: token,
      abi,
      functionName: "eip712Domain",
    });
    return { ...domain, name, version };
  } catch {
    // No ERC-5267.
  }
  const [name, version] = await Promise.all([
    readContract(client.publicClient, { address: token, abi: [stelaiName], functionName: "name" }),
    readContract(client.publicClient, { address: token, abi: versionAbi, functionName: "version" }).catch(() => "1"),
  ]);
  return { ...domain, name, version };
}

/** Has the wallet sign that `to` may receive `value`, for the one call that `nonce` commits to. */
export async function signAuthorization(
  client: StelaiClient,
  grant: { token: Address; to: Address; value: bigint; nonce: Hex },
): Promise<Authorization> {
  const { wallet, account } = requireWallet(client);
  const [domain, now] = await Promise.all([tokenDomain(client, grant.token), chainTime(client)]);
  const fields = {
    from: account.address,
    value: grant.value,
    validAfter: 0n,
    validBefore: now + SIGNATURE_LIFETIME,
  };
  const signature = await signTypedData(wallet, {
    account,
    domain,
    types: receiveWithAuthorizationTypes,
    primaryType: "ReceiveWithAuthorization",
    message: { ...fields, to: grant.to, nonce: grant.nonce },
  });
  return { ...fields, signature };
}

/** Has the wallet sign an EIP-2612 permit. */
export async function signPermit(
  client: StelaiClient,
  permit: { token: Address; spender: Address; value: bigint },
): Promise<{ deadline: bigint; signature: Hex }> {
  const { wallet, account } = requireWallet(client);
  const [domain, now, nonce] = await Promise.all([
    tokenDomain(client, permit.token),
    chainTime(client),
    readContract(client.publicClient, {
      address: permit.token,
      abi: [stelaiNonces],
      functionName: "nonces",
      args: [account.address],
    }),
  ]);
  const deadline = now + SIGNATURE_LIFETIME;
  const signature = await signTypedData(wallet, {
    account,
    domain,
    types: permitTypes,
    primaryType: "Permit",
    message: { owner: account.address, spender: permit.spender, value: permit.value, nonce, deadline },
  });
  return { deadline, signature };
}

/** 32 random bytes: a salt, or an idempotency key. */
export function randomHash(): Hex {
  const bytes = crypto.getRandomValues(new Uint8Array(32));
  return `0x${Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("")}`;
}
