import { stelaiKey, useStelai } from "@stelai/sdk/react";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useWallet } from "../../wallet/WalletProvider.tsx";
import { LICENCE } from "../useLicence.ts";

const PAGE = 24;

/** What the account holds licences of, a page at a time, from the index. */
export function useMyLicences() {
  const stelai = useStelai();
  const { address } = useWallet();
  return useInfiniteQuery({
    queryKey: stelaiKey(stelai, LICENCE, "mine", address),
    queryFn: ({ pageParam, signal }) =>
      stelai.market.listLicences({
        ...{ account: address, limit: PAGE, signal },
        ...(pageParam === undefined ? {} : { after: pageParam }),
      }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next ?? undefined,
    enabled: address !== undefined,
    refetchInterval: 10_000,
  });
}
