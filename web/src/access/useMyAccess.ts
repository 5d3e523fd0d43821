import type { GetAccessReturnType, GetRenewalReturnType } from "@stelai/sdk";
import { stelaiKey, useStelai } from "@stelai/sdk/react";
import { useQuery } from "@tanstack/react-query";
import { useWallet } from "../wallet/WalletProvider.tsx";

/** What the connected account has of a character, as the chain says. */
export interface MyAccess {
  /** `none` without a wallet too. */
  readonly status: "loading" | "none" | "active" | "ended";
  /** Undefined without a wallet and while it is read. */
  readonly access: GetAccessReturnType | undefined;
  /** Whether and for how much it renews, and what is in the way; of a pass that was ever paid for. */
  readonly renewal: GetRenewalReturnType | undefined;
  readonly refresh: () => Promise<unknown>;
}

/** Reads it anew every few seconds: a gift arrives, a renewal happens, time passes. Of no character there is none. */
export function useMyAccess(characterId: bigint | undefined): MyAccess {
  const stelai = useStelai();
  const { address, isReconnecting } = useWallet();
  const query = useQuery({
    queryKey: stelaiKey(stelai, "access", address, characterId),
    queryFn: async () => {
      if (characterId === undefined) throw new RangeError("no character to read the access of");
      const access = await stelai.access.getAccess({ characterId, account: address });
      const renewal =
        access.until === 0n || access.lifetime
          ? undefined
          : await stelai.access.getRenewal({ characterId, account: address });
      return { access, renewal };
    },
    enabled: address !== undefined && characterId !== undefined,
    refetchInterval: 10_000,
  });
  const refresh = query.refetch;
  if (!address || characterId === undefined)
    return {
      status: isReconnecting && characterId !== undefined ? "loading" : "none",
      access: undefined,
      renewal: undefined,
      refresh,
    };
  // A failed reading says nothing about a pass: then one pays by tab, as without.
  if (!query.data) {
    return { status: query.isError ? "none" : "loading", access: undefined, renewal: undefined, refresh };
  }
  const { access, renewal } = query.data;
  const status = access.active ? "active" : access.until > 0n ? "ended" : "none";
  return { status, access, renewal, refresh };
}
