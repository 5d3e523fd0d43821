import type { Sent, Stelai } from "@stelai/sdk";
import { type Address, erc20Abi } from "viem";
import { readContract, simulateContract, waitForTransactionReceipt, writeContract } from "viem/actions";

/** Whom a wallet of this dApp may have let take something, and of what. */
export const ALLOWANCES = [
  { token: "Stelai", spender: "CharacterAccess" },
  { token: "Stelai", spender: "InferenceMeter" },
  { token: "Stelai", spender: "Payouts" },
  { token: "Reserve", spender: "CreditStore" },
] as const;

export type Allowance = (typeof ALLOWANCES)[number] & {
  /** Wei of STELAI, or reserve units. */
  readonly amount: bigint;
};

/** What an account lets our contracts take; only what is more than nothing. */
export async function readAllowances({ client }: Stelai, account: Address): Promise<readonly Allowance[]> {
  const { contracts } = client.deployment;
  const all = await Promise.all(
    ALLOWANCES.map(async (one) => ({
      ...one,
      amount: await readContract(client.publicClient, {
        address: contracts[one.token],
        abi: erc20Abi,
        functionName: "allowance",
        args: [account, contracts[one.spender]],
      }),
    })),
  );
  return all.filter(({ amount }) => amount > 0n);
}

/** Takes leave to spend back, as any ERC-20 wallet does. */
export async function revoke({ client }: Stelai, { token, spender }: Allowance): Promise<Sent> {
  const { contracts } = client.deployment;
  const wallet = client.walletClient;
  if (!wallet?.account) throw new TypeError("no wallet");
  const call = {
    address: contracts[token],
    abi: erc20Abi,
    functionName: "approve",
    args: [contracts[spender], 0n],
    account: wallet.account,
  } as const;
  await simulateContract(client.publicClient, call);
  const hash = await writeContract(wallet, { ...call, chain: client.chain });
  return { hash, wait: async () => ({ receipt: await waitForTransactionReceipt(client.publicClient, { hash }) }) };
}
