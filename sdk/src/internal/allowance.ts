import type { Address } from "viem";
import { readContract } from "viem/actions";
import { requireWallet, type StelaiClient } from "../client.ts";
import { stelaiAllowance } from "../generated/fragments.ts";

/** What `spender` may still take of the wallet's. */
export function allowanceOf(
  client: StelaiClient,
  { token, spender }: { token: Address; spender: Address },
): Promise<bigint> {
  return readContract(client.publicClient, {
    address: token,
    abi: [stelaiAllowance],
    functionName: "allowance",
    args: [requireWallet(client).account.address, spender],
  });
}
