import type { OrderView } from "@stelai/sdk";
import { stelaiKey, useStelai } from "@stelai/sdk/react";
import { useQuery } from "@tanstack/react-query";
import { useWallet } from "../wallet/WalletProvider.tsx";

const LARGEST_PAGE = 100;

/** The newest licence of a work that the connected account holds, open orders too; undefined without one. */
export function useMyLicence(workId: bigint): OrderView | undefined {
  const stelai = useStelai();
  const { address } = useWallet();
  const { data } = useQuery({
    queryKey: stelaiKey(stelai, "myLicenceOf", String(workId), address),
    queryFn: ({ signal }) => stelai.market.listLicences({ account: address, limit: LARGEST_PAGE, signal }),
    enabled: address !== undefined,
    staleTime: 10_000,
  });
  return data?.orders.find((order) => order.workId === workId && order.status !== "Refunded");
}
