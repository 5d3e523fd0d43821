import type { Address } from "viem";
import { readContract } from "viem/actions";
import { requireWallet, type StelaiClient } from "../../client.ts";
import { accessManagerHasRole } from "../../internal/accessManager.ts";

/** Role ids of the AccessManager, as the deployment grants them. */
const ROLES = {
  /** Grants and revokes roles, resumes sales. */
  ADMIN: 0n,
  /** Sets prices: packages, plans, what referrals bring. */
  PRICING: 1n,
  /** Sets what of earnings goes to the treasury. */
  COMMISSION: 2n,
  /** Suspends characters and works, reads reports and feedback. */
  MODERATOR: 3n,
  /** Stops sales. */
  GUARDIAN: 4n,
  /** Decides disputes. */
  RESOLVER: 5n,
  /** Starts, funds and stops campaigns, and says which operators take bonus credits. */
  CAMPAIGNS: 6n,
} as const;
/** A role of `AccessManager`: a key of {@link ROLES}. */
export type Role = keyof typeof ROLES;

export type HasRoleParameters = {
  role: Role;
  /** The wallet itself when absent. */
  account?: Address | undefined;
};
export type HasRoleReturnType = boolean;

/**
 * Whether an account holds a role, from the chain.
 * @throws WalletRequiredError when neither account nor wallet is given.
 *
 * @example
 * ```ts
 * if (await stelai.roles.hasRole({ role: "RESOLVER" })) show(desk);
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
 * const { isMember, delay } = await stelai.roles.getRole({ role: "PRICING" });
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
