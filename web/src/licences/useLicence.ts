import type { GetCertificateReturnType, GetOrderReturnType } from "@stelai/sdk";
import { stelaiKey, useStelai } from "@stelai/sdk/react";
import type { LicenceStatus } from "@stelai/sdk/wire";
import { type UseQueryResult, useQuery } from "@tanstack/react-query";
import { isOpen } from "./clock.ts";

/** Begins the cache's keys of everything about licences, to read them anew. */
export const LICENCE = "licence";

/** How often what is under way is looked at again, in milliseconds. */
const OFTEN = 4_000;
const SELDOM = 30_000;

/** A licence, its offer, its work and what holds of it, from the chain alone. */
export function useCertificate(licenceId: bigint): UseQueryResult<GetCertificateReturnType> {
  const stelai = useStelai();
  return useQuery({
    queryKey: stelaiKey(stelai, LICENCE, licenceId, "chain"),
    queryFn: () => stelai.market.getCertificate({ licenceId }),
    staleTime: 0,
    refetchInterval: ({ state }) => (state.data && !isOpen(state.data.licence.status) ? SELDOM : OFTEN),
  });
}

/**
 * Its title, preview and history, from the index; what it stands at, the chain says. The end of an order may be on the
 * chain before the index knows of it: it is followed until they agree.
 * @param status What the chain says.
 */
export function useOrder(licenceId: bigint, status: LicenceStatus | undefined): UseQueryResult<GetOrderReturnType> {
  const stelai = useStelai();
  return useQuery({
    queryKey: stelaiKey(stelai, LICENCE, licenceId, "index"),
    queryFn: ({ signal }) => stelai.market.getOrder({ licenceId, signal }),
    staleTime: 0,
    refetchInterval: ({ state }) => {
      const known = state.data?.order.status ?? status;
      return status !== undefined && (isOpen(status) || known !== status) ? OFTEN : SELDOM;
    },
    retry: false,
  });
}

/** A work's metadata as of now, from where the chain says they are. */
export function useWorkMetadata(metadataURI: string | undefined) {
  const stelai = useStelai();
  return useQuery({
    queryKey: stelaiKey(stelai, "ownWorkMetadata", metadataURI),
    queryFn: ({ signal }) => stelai.works.fetchMetadata({ metadataURI: metadataURI ?? "", signal }),
    enabled: metadataURI !== undefined,
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });
}

/** Where the operator is with its delivery. */
export function useDelivery(licenceId: bigint, isWanted: boolean) {
  const stelai = useStelai();
  return useQuery({
    queryKey: stelaiKey(stelai, LICENCE, licenceId, "delivery"),
    queryFn: ({ signal }) => stelai.market.getDelivery({ licenceId, signal }),
    enabled: isWanted,
    staleTime: 0,
    refetchInterval: ({ state }) => (state.data?.state === "ready" ? SELDOM : OFTEN),
    retry: false,
  });
}

/** What a dispute of it takes, in microcredits, from the chain. */
export function useBond(licenceId: bigint, isWanted = true) {
  const stelai = useStelai();
  return useQuery({
    queryKey: stelaiKey(stelai, LICENCE, licenceId, "bond"),
    queryFn: () => stelai.market.getBond({ licenceId }),
    enabled: isWanted,
    // It follows from the price, which never changes.
    staleTime: Number.POSITIVE_INFINITY,
    refetchInterval: ({ state }) => (state.data === undefined ? OFTEN : false),
  });
}
