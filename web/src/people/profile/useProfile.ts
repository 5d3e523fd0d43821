import type { Profile } from "@stelai/sdk";
import { stelaiKey, useStelai } from "@stelai/sdk/react";
import { type UseQueryResult, useQuery } from "@tanstack/react-query";
import type { Address } from "viem";
import { useSignIn } from "../../access/SignInProvider.tsx";
import { useWallet } from "../../wallet/WalletProvider.tsx";

/** Begins the cache's keys of an account's profile, whoever looks at it. */
export const PROFILE = "person";

/** Who an account says it is. Anyone may look; whether one follows it is for who is signed in. */
export function useProfileOf(address: Address | undefined): UseQueryResult<Profile> {
  const stelai = useStelai();
  const wallet = useWallet();
  const { status } = useSignIn();
  const viewer = status === "in" ? wallet.address : undefined;
  return useQuery({
    queryKey: stelaiKey(stelai, PROFILE, address?.toLowerCase(), viewer),
    queryFn: ({ signal }) => stelai.relayer.getProfile({ address: address ?? "0x", signal }),
    enabled: address !== undefined && status !== "loading",
    staleTime: 60_000,
  });
}
