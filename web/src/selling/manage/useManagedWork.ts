import type { GetWorkDetailsReturnType, GetWorkReturnType, OfferView } from "@stelai/sdk";
import { stelaiKey, useStelai } from "@stelai/sdk/react";
import { useQuery } from "@tanstack/react-query";

const REFETCH_MS = 10_000;

/** A work as the chain has it: whose it is, and what can be changed about it. */
export function useOwnWork(workId: bigint) {
  const stelai = useStelai();
  return useQuery<GetWorkReturnType>({
    queryKey: stelaiKey(stelai, "ownWork", workId),
    queryFn: () => stelai.works.getWork({ workId }),
    refetchInterval: REFETCH_MS,
  });
}

/** The same with its offers and parents, as the index has it. */
export function useOwnDetails(workId: bigint) {
  const stelai = useStelai();
  return useQuery<GetWorkDetailsReturnType>({
    queryKey: stelaiKey(stelai, "ownWorkDetails", workId),
    queryFn: ({ signal }) => stelai.works.getDetails({ workId, signal }),
    refetchInterval: REFETCH_MS,
  });
}

/** A work's words, from IPFS, as its address on the chain leads there. */
export function useOwnMetadata(metadataURI: string) {
  const stelai = useStelai();
  return useQuery({
    queryKey: stelaiKey(stelai, "ownWorkMetadata", metadataURI),
    queryFn: () => stelai.works.fetchMetadata({ metadataURI }),
    staleTime: Number.POSITIVE_INFINITY,
  });
}

/** A work of one's own, with the words that it is called by here. */
export interface ManagedWork extends GetWorkReturnType {
  readonly title: string;
}

/** Offers that can be bought, or could if nobody stood in the way. */
export function liveOffers(offers: readonly OfferView[]): OfferView[] {
  return offers.filter(({ state }) => state === "open" || state === "taken" || state === "soldOut");
}
