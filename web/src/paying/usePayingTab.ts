import type { TabSession } from "@stelai/sdk";
import { useOperator, useSessionSnapshot, useSessions, useTab } from "@stelai/sdk/react";
import { useChainNow } from "../stelai/chainNow.ts";
import { bonusStanding } from "../tabs/myTabs.ts";
import { useWallet } from "../wallet/WalletProvider.tsx";

/** The tab that pays here, if there is one. */
export interface PayingTab {
  /** Undefined while it is being looked for. */
  readonly status: "loading" | "none" | "open" | "expired" | "closing";
  readonly session: TabSession | undefined;
  /** Microcredits; undefined while not known. */
  readonly cap: bigint | undefined;
  /** Served so far, verified here. */
  readonly used: bigint | undefined;
  /** What is left to spend. */
  readonly left: bigint | undefined;
  /** How much of that is bonus, which is spent first. */
  readonly bonusLeft: bigint | undefined;
  /** Unix time in seconds. */
  readonly expiry: bigint | undefined;
  /** Asks for the sessions again, after one was opened. */
  readonly refresh: () => Promise<unknown>;
}

/** The newest tab of the connected wallet with the relayer's operator, as far as its session key is in this browser. */
export function usePayingTab(): PayingTab {
  const { address, isReconnecting } = useWallet();
  const operator = useOperator();
  const sessions = useSessions(address, { enabled: address !== undefined });
  const mine = sessions.data
    ?.filter((session) => session.operator.toLowerCase() === operator.data?.operator.toLowerCase())
    .sort((a, b) => Number(b.tabId - a.tabId));
  const session = address ? mine?.[0] : undefined;
  const tab = useTab(session && { operator: session.operator, tabId: session.tabId }, { refetchInterval: 5_000 });
  const snapshot = useSessionSnapshot(session);
  const refresh = async () => {
    await sessions.refetch();
    await tab.refetch();
  };
  const now = useChainNow();
  const known = tab.data;
  const used = snapshot?.served;
  const cap = known?.cap;
  const left = cap !== undefined && used !== undefined ? cap - used : undefined;
  const bonusLeft = known && used !== undefined ? bonusStanding(known.bonus, used) : undefined;
  const expired = known !== undefined && known.expiry <= now;
  const isLoading = isReconnecting || (address !== undefined && (sessions.isPending || operator.isPending));
  const status = isLoading
    ? "loading"
    : !session
      ? "none"
      : !known
        ? "loading"
        : known.closing
          ? known.cap === known.spent
            ? "none"
            : "closing"
          : expired
            ? "expired"
            : "open";
  return { status, session, cap, used, left, bonusLeft, expiry: known?.expiry, refresh };
}
