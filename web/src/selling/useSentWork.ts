import { worksAbi } from "@stelai/sdk/abis";
import { stelaiKey, useStelai } from "@stelai/sdk/react";
import { useQuery } from "@tanstack/react-query";
import { type Hex, isAddressEqual, parseEventLogs, TransactionReceiptNotFoundError } from "viem";
import { getTransactionReceipt } from "viem/actions";

/** What became of a transaction that lists a work. */
export type SentWork =
  | { readonly state: "waiting" }
  | { readonly state: "refused" }
  | { readonly state: "listed"; readonly workId: bigint };

/** Follows a transaction that was sent before this page was opened; undefined without one. */
export function useSentWork(sent: Hex | undefined): SentWork | undefined {
  const stelai = useStelai();
  const { client } = stelai;
  const { data } = useQuery<SentWork>({
    queryKey: stelaiKey(stelai, "sentWork", sent),
    enabled: sent !== undefined,
    refetchInterval: (query) => (query.state.data?.state === "waiting" ? 2_000 : false),
    queryFn: async () => {
      try {
        const { status, logs } = await getTransactionReceipt(client.publicClient, { hash: sent ?? "0x" });
        if (status === "reverted") return { state: "refused" };
        const { Works } = client.deployment.contracts;
        const created = parseEventLogs({ abi: worksAbi, eventName: "WorkCreated", logs });
        const ours = created.find(({ address }) => isAddressEqual(address, Works));
        return ours ? { state: "listed", workId: ours.args.workId } : { state: "refused" };
      } catch (error) {
        if (error instanceof TransactionReceiptNotFoundError) return { state: "waiting" };
        throw error;
      }
    },
  });
  return sent === undefined ? undefined : (data ?? { state: "waiting" });
}
