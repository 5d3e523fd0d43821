import type { Address } from "viem";
import { readContract } from "viem/actions";
import { requireWallet, type StelaiClient } from "../client.ts";
import { stelaiAllowance, stelaiApprove } from "../generated/fragments.ts";
import { nothing, send } from "./send.ts";

/** Approves exactly `amount` and waits for it, unless the allowance already suffices. */
export async function ensureAllowance(
  client: StelaiClient,
  { token, spender, amount }: { token: Address; spender: Address; amount: bigint },
): Promise<void> {
  const { account } = requireWallet(client);
  const allowance = await readContract(client.publicClient, {
    address: token,
    abi: [stelaiAllowance],
    functionName: "allowance",
    args: [account.address, spender],
  });
  if (allowance >= amount) return;
  const call = { address: token, abi: [stelaiApprove], functionName: "approve", args: [spender, amount] } as const;
  await (await send(client, call, nothing)).wait();
}
