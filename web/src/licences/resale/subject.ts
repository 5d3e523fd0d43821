import type { TokenReference } from "@stelai/sdk";
import { stelaiKey, useInvalidate, useStelai } from "@stelai/sdk/react";
import { useQuery } from "@tanstack/react-query";
import { LICENCE } from "../useLicence.ts";

/** What is sold second-hand: a licence, or a work itself. */
export interface Subject {
  readonly token: TokenReference;
  readonly workId: bigint;
  /** The work's, in its creator's words. */
  readonly title: string;
}

/** Whether it is the work itself. */
export function isWork({ token }: Subject): boolean {
  return "workId" in token;
}

const OFTEN = 5_000;

const partsOf = (token: TokenReference) =>
  "workId" in token ? (["work", token.workId] as const) : (["licence", token.licenceId] as const);

/** Where it is for sale, from the chain; null when it is not. @param follows Looks again every few seconds. */
export function useListing(token: TokenReference, follows = false) {
  const stelai = useStelai();
  return useQuery({
    queryKey: stelaiKey(stelai, LICENCE, "listing", ...partsOf(token)),
    queryFn: async () => {
      const listing = await stelai.market.getListing(token);
      return listing?.isListed ? listing : null;
    },
    staleTime: 0,
    refetchInterval: follows ? OFTEN : 30_000,
  });
}

/** A work as the chain has it: who owns it, and its royalty. */
export function useWork(workId: bigint) {
  const stelai = useStelai();
  return useQuery({
    queryKey: stelaiKey(stelai, LICENCE, "work", workId),
    queryFn: () => stelai.works.getWork({ workId }),
    staleTime: 10_000,
  });
}

/** Licences of a work that are for sale, by the index. */
export function useListedLicences(workId: bigint) {
  const stelai = useStelai();
  return useQuery({
    queryKey: stelaiKey(stelai, LICENCE, "listed", workId),
    queryFn: async ({ signal }) => {
      const { orders } = await stelai.market.listWorkOrders({ workId, isListed: true, limit: 100, signal });
      return orders.filter(({ listing }) => listing !== null);
    },
    staleTime: 10_000,
  });
}

/** Reads anew what is for sale. */
export function useRefreshListings(): () => void {
  const invalidate = useInvalidate();
  return () => void invalidate(LICENCE);
}
