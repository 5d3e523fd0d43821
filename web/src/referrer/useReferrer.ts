import { useStelaiQuery } from "@stelai/sdk/react";
import { useSyncExternalStore } from "react";
import { type Address, isAddressEqual } from "viem";
import { useWallet } from "../wallet/WalletProvider.tsx";
import { dropReferrer, keptReferrer, onReferrerChange } from "./referrer.ts";

/** Who sent this person, as far as a purchase now would say so. */
export interface SentBy {
  /** Undefined when nobody did, they were left out, or an earlier purchase decided it. */
  readonly referrer: Address | undefined;
  /** False while the chain was not asked yet: a purchase has to wait for it. */
  readonly isKnown: boolean;
  /** In basis points of the first purchase and of those after it; undefined while not known. */
  readonly terms: { readonly mine: number; readonly theirs: number } | undefined;
  readonly drop: () => void;
}

/** The referrer that this browser keeps, for as long as the connected wallet is bound to nobody. */
export function useReferrer(): SentBy {
  const { address } = useWallet();
  const kept = useSyncExternalStore(onReferrerChange, keptReferrer);
  const { data, isPending } = useStelaiQuery(
    // Without a wallet only what a referral brings is told, which is the same for all.
    ["referrer", kept && (address ?? kept)],
    (stelai) => stelai.rewards.getReferrer({ account: address ?? kept }),
    { staleTime: 60_000 },
  );
  const counts = kept && !(address && data?.isBound) && !(address && isAddressEqual(kept, address));
  return {
    referrer: counts ? kept : undefined,
    isKnown: !kept || !address || !isPending,
    terms: data && { mine: data.terms.refereeBps, theirs: data.terms.referrerBps },
    drop: dropReferrer,
  };
}
