import { stelaiKey, useStelai } from "@stelai/sdk/react";
import { useQuery } from "@tanstack/react-query";
import { useWallet } from "../wallet/WalletProvider.tsx";

export type Role = "MODERATOR" | "RESOLVER";

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
    queryFn: () => stelai.market.getRole({ role, account: address }),
  });
  return address === undefined ? { isMember: false, delay: 0 } : data;
}
