import type { Address } from "viem";
import { readContract } from "viem/actions";
import type { StelaiClient } from "../client.ts";
import { stelaiAllowance } from "../generated/fragments.ts";

/** The most an allowance can be; more is the same as that. */
export function atMostUint256(amount: bigint): bigint {
  return amount >> 256n === 0n ? amount : 2n ** 256n - 1n;
}

/** What `spender` may take of an account's credits, in wei. */
export function allowanceOf(
  client: StelaiClient,
  { owner, spender }: { owner: Address; spender: Address },
): Promise<bigint> {
  return readContract(client.publicClient, {
    address: client.deployment.contracts.Stelai,
    abi: [stelaiAllowance],
    functionName: "allowance",
    args: [owner, spender],
  });
}
