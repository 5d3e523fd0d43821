import type { Stelai } from "@stelai/sdk";
import { stelaiKey, useStelai } from "@stelai/sdk/react";
import { useQuery } from "@tanstack/react-query";
import { type Address, isAddressEqual } from "viem";
import { readContract } from "viem/actions";
import { chainNow } from "../stelai/chainNow.ts";
import { useWallet } from "../wallet/WalletProvider.tsx";
import { type MyTab, sortTabs, tabKey, tabState } from "./myTabs.ts";

const TABS = `query Tabs($payer: String!) {
  tabs(where: { payer: $payer }, orderBy: "openedAt", orderDirection: "desc", limit: 100) {
    items { operator tabId cap spent bonus expiry closing closed refund }
  }
}`;

interface Indexed {
  operator: Address;
  tabId: string;
  cap: string;
  spent: string;
  bonus: string;
  expiry: string;
  closing: boolean;
  closed: boolean;
  refund: string | null;
}

const THAW = {
  type: "function",
  name: "THAW",
  inputs: [],
  outputs: [{ type: "uint64" }],
  stateMutability: "view",
} as const;

export interface MyTabs {
  readonly tabs: readonly MyTab[];
  /** False when the index did not answer: then only tabs whose key is in this browser are known. */
  readonly complete: boolean;
}

async function loadTabs(stelai: Stelai, payer: Address, signal: AbortSignal): Promise<MyTabs> {
  const { publicClient, deployment } = stelai.client;
  const address = deployment.contracts.InferenceMeter;
  const [sessions, index, now, thaw] = await Promise.all([
    stelai.tab.listSessions({ payer }),
    stelai.indexer
      .graphql<{ tabs: { items: Indexed[] } }>({ query: TABS, variables: { payer: payer.toLowerCase() }, signal })
      .catch(() => undefined),
    chainNow(stelai),
    readContract(publicClient, { address, abi: [THAW], functionName: "THAW" }),
  ]);
  const indexed = new Map(index?.tabs.items.map((item) => [tabKey(item.operator, BigInt(item.tabId)), item]));
  const here = new Map(sessions.map((session) => [tabKey(session.operator, session.tabId), session]));
  const tabs = await Promise.all(
    [...new Set([...here.keys(), ...indexed.keys()])].map(async (key): Promise<MyTab | undefined> => {
      const row = indexed.get(key);
      const session = here.get(key);
      const operator = session?.operator ?? row?.operator;
      if (!operator) return undefined;
      const tabId = session?.tabId ?? BigInt(row?.tabId ?? 0);
      // The chain says where money is; what is closed does not change any more.
      const onChain = row?.closed
        ? {
            cap: BigInt(row.cap),
            spent: BigInt(row.spent),
            bonus: BigInt(row.bonus),
            expiry: BigInt(row.expiry),
            closing: true,
            sessionKey: undefined,
          }
        : await stelai.tab.getTab({ operator, tabId });
      const { cap, spent, bonus, expiry, sessionKey } = onChain;
      const usable = session && (!sessionKey || isAddressEqual(sessionKey, session.account.address));
      return {
        key,
        operator,
        tabId,
        session: usable ? session : undefined,
        cap,
        spent,
        bonus,
        expiry,
        state: row?.closed ? "closed" : tabState(onChain, now, thaw),
        reclaimAt: expiry + thaw,
        refund: row?.refund ? BigInt(row.refund) : undefined,
      };
    }),
  );
  return { tabs: sortTabs(tabs.filter((tab) => tab !== undefined)), complete: index !== undefined };
}

/** Every tab that the connected wallet pays: those whose session key is in this browser, and those the index knows. */
export function useMyTabs() {
  const stelai = useStelai();
  const { address } = useWallet();
  return useQuery({
    queryKey: stelaiKey(stelai, "myTabs", address),
    queryFn: ({ signal }) => (address ? loadTabs(stelai, address, signal) : { tabs: [], complete: true }),
    enabled: address !== undefined,
    refetchInterval: 10_000,
  });
}
