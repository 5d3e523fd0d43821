import type { Role } from "@stelai/sdk";
import { stelaiKey, useStelai } from "@stelai/sdk/react";
import { useQuery } from "@tanstack/react-query";
import { useWallet } from "../wallet/WalletProvider.tsx";

export type { Role };

/** What the chain says of a role and the connected account; `delay` in seconds. */
export interface HeldRole {
  readonly isMember: boolean;
  readonly delay: number;
}

/** Whether the connected account holds a role, asked of the chain where it is needed; undefined while not known. */
export function useRole(role: Role): HeldRole | undefined {
  const stelai = useStelai();
  const { address } = useWallet();
  const { data } = useQuery<HeldRole>({
    queryKey: stelaiKey(stelai, "role", role, address),
    enabled: address !== undefined,
    staleTime: 60_000,
    queryFn: () => stelai.roles.getRole({ role, account: address }),
  });
  return address === undefined ? { isMember: false, delay: 0 } : data;
}

/** The roles whose changes are made at the admin's desk. */
export const ADMIN_ROLES = ["PRICING", "COMMISSION", "CAMPAIGNS", "GUARDIAN", "ADMIN"] as const;
export type AdminRole = (typeof ADMIN_ROLES)[number];

/** Which of them the connected account holds; undefined while not known. */
export function useAdminRoles(): Readonly<Record<AdminRole, HeldRole | undefined>> {
  return {
    PRICING: useRole("PRICING"),
    COMMISSION: useRole("COMMISSION"),
    CAMPAIGNS: useRole("CAMPAIGNS"),
    GUARDIAN: useRole("GUARDIAN"),
    ADMIN: useRole("ADMIN"),
  };
}
