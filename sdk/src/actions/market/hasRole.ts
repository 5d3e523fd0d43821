import type { Address } from "viem";
import { readContract } from "viem/actions";
import { requireWallet, type StelaiClient } from "../../client.ts";

/** Role ids of the AccessManager, as the deployment grants them. */
const ROLES = { MODERATOR: 3n, RESOLVER: 5n } as const;

/** OpenZeppelin's AccessManager is no contract of Stelai's: its ABI is not generated. */
const accessManagerHasRole = {
  type: "function",
  name: "hasRole",
  stateMutability: "view",
  inputs: [
    { name: "roleId", type: "uint64" },
    { name: "account", type: "address" },
  ],
  outputs: [
    { name: "isMember", type: "bool" },
    { name: "executionDelay", type: "uint32" },
  ],
} as const;

export type HasRoleParameters = {
  role: "MODERATOR" | "RESOLVER";
  /** The wallet itself when absent. */
  account?: Address | undefined;
};
export type HasRoleReturnType = boolean;

/**
 * Whether an account holds a role, from the chain: a MODERATOR suspends works and reads reports, a RESOLVER decides
 * disputes.
 * @throws WalletRequiredError when neither account nor wallet is given.
 *
 * @example
 * ```ts
 * if (await stelai.market.hasRole({ role: "RESOLVER" })) show(desk);
 * ```
 */
export async function hasRole(client: StelaiClient, parameters: HasRoleParameters): Promise<HasRoleReturnType> {
  return (await getRole(client, parameters)).isMember;
}

export type GetRoleReturnType = {
  isMember: boolean;
  /** Seconds that a member's call waits between being scheduled and done; 0 is at once. */
  delay: number;
};

/**
 * Whether an account holds a role, and how long what it decides has to wait first.
 * @throws WalletRequiredError when neither account nor wallet is given.
 *
 * @example
 * ```ts
 * const { isMember, delay } = await stelai.market.getRole({ role: "MODERATOR" });
 * ```
 */
export async function getRole(client: StelaiClient, { role, account }: HasRoleParameters): Promise<GetRoleReturnType> {
  const [isMember, delay] = await readContract(client.publicClient, {
    address: client.deployment.contracts.AccessManager,
    abi: [accessManagerHasRole],
    functionName: "hasRole",
    args: [ROLES[role], account ?? requireWallet(client).account.address],
  });
  return { isMember, delay };
}
