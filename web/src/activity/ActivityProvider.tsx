import { useQueryClient } from "@tanstack/react-query";
import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useRef, useState } from "react";
import type { Hex } from "viem";
import { getBlockNumber } from "viem/actions";
import { useConfig } from "wagmi";
import { useAppConfig } from "../config/ConfigContext.ts";
import { deleteChainState, listChainState, writeChainState } from "../config/chainState.ts";
import type { Message } from "../i18n/index.ts";
import { type Activity, isDecided, isOpen, type Observation, observe } from "./activity.ts";
import { look } from "./look.ts";

const PREFIX = "activity:";
const LOCAL_POLL_MS = 1_000;
const POLL_MS = 4_000;

const seconds = () => Math.floor(Date.now() / 1000);

export interface Activities {
  /** Newest first. */
  readonly items: readonly Activity[];
  /**
   * Remembers an act, asks the wallet for it, and follows the transaction from then on.
   * @param request Resolves to the transaction's hash; when it rejects, the act is forgotten and the error passed on.
   */
  send(intent: Message, request: () => Promise<Hex>): Promise<Hex>;
  /** Follows a transaction that is already sent, by a sponsor for instance. */
  track(entry: { intent: Message; hash: Hex }): Promise<void>;
  /** Resolves once the chain has decided: confirmed, replaced, cancelled or failed. */
  outcome(hash: Hex): Promise<Activity>;
  /** Asks the chain again now. */
  recheck(id: string): Promise<void>;
  /** Takes it off the list; the chain is not touched. */
  forget(id: string): void;
}

const ActivityContext = createContext<Activities | undefined>(undefined);

/** Follows every transaction of this browser until it is final, across pages and reloads. */
export function ActivityProvider({ children }: { children: ReactNode }) {
  const { chain } = useAppConfig();
  const wagmi = useConfig();
  const client = useMemo(() => wagmi.getClient({ chainId: chain.id }), [wagmi, chain.id]);
  const queries = useQueryClient();
  const [items, setItems] = useState<readonly Activity[]>([]);
  // Observations come from timers and wallets: they build on the newest list, not on the one last drawn.
  const latest = useRef<readonly Activity[]>([]);
  const waiting = useRef(new Map<Hex, ((activity: Activity) => void)[]>());

  const put = useCallback((next: readonly Activity[]) => {
    latest.current = next;
    setItems(next);
  }, []);

  const store = useCallback(
    (activity: Activity) => {
      const others = latest.current.filter(({ id }) => id !== activity.id);
      put([activity, ...others].sort((a, b) => b.startedAt - a.startedAt));
      void writeChainState(PREFIX + activity.id, activity);
      if (activity.hash && isDecided(activity)) {
        for (const resolve of waiting.current.get(activity.hash) ?? []) resolve(activity);
        waiting.current.delete(activity.hash);
      }
    },
    [put],
  );

  const forget = useCallback(
    (id: string) => {
      put(latest.current.filter((activity) => activity.id !== id));
      void deleteChainState(PREFIX + id);
    },
    [put],
  );

  const learn = useCallback(
    (id: string, observations: readonly Observation[]) => {
      const before = latest.current.find((activity) => activity.id === id);
      if (!before) return;
      const after = observations.reduce(observe, before);
      if (after === before) return;
      store(after);
      // What the chain has decided changes balances: they are read anew (UX 1.6).
      if (isDecided(after) && after.state !== before.state) void queries.invalidateQueries();
    },
    [queries, store],
  );

  const check = useCallback(
    async (activity: Activity) => {
      const head = await getBlockNumber(client, { cacheTime: 0 });
      const seen = await look(client, activity, head, seconds());
      learn(activity.id, [...seen, { kind: "head", blockNumber: head, finalityBlocks: chain.finalityBlocks }]);
    },
    [chain.finalityBlocks, client, learn],
  );

  const begin = useCallback(
    (intent: Message): string => {
      const at = seconds();
      const id = crypto.randomUUID();
      store({ id, intent, state: "wallet", startedAt: at, seenAt: at });
      return id;
    },
    [store],
  );

  const sent = useCallback(
    async (id: string, hash: Hex) => {
      const fromBlock = await getBlockNumber(client).catch(() => 0n);
      learn(id, [{ kind: "sent", hash, fromBlock, at: seconds() }]);
    },
    [client, learn],
  );

  const activities = useMemo<Activities>(
    () => ({
      items,
      async send(intent, request) {
        const id = begin(intent);
        try {
          const hash = await request();
          await sent(id, hash);
          return hash;
        } catch (error) {
          forget(id);
          throw error;
        }
      },
      async track({ intent, hash }) {
        await sent(begin(intent), hash);
      },
      outcome(hash) {
        const decided = latest.current.find((activity) => activity.hash === hash && isDecided(activity));
        if (decided) return Promise.resolve(decided);
        return new Promise((resolve) => waiting.current.set(hash, [...(waiting.current.get(hash) ?? []), resolve]));
      },
      async recheck(id) {
        const activity = latest.current.find((item) => item.id === id);
        if (activity) await check(activity);
      },
      forget,
    }),
    [items, begin, sent, forget, check],
  );

  useEffect(() => {
    void listChainState<Activity>(PREFIX).then((stored) => {
      const here = new Set(latest.current.map(({ id }) => id));
      // A prompt does not outlive the page that raised it.
      const kept = stored.filter(({ id, state }) => !here.has(id) && state !== "wallet");
      put([...latest.current, ...kept].sort((a, b) => b.startedAt - a.startedAt));
    });
  }, [put]);

  const anyOpen = items.some(isOpen);
  useEffect(() => {
    if (!anyOpen) return undefined;
    let running = false;
    const tick = async () => {
      if (running) return;
      running = true;
      // A node that does not answer says nothing about a transaction: it is asked again with the next tick.
      await Promise.allSettled(latest.current.filter(isOpen).map(check));
      running = false;
    };
    void tick();
    const timer = window.setInterval(() => void tick(), chain.isLocal ? LOCAL_POLL_MS : POLL_MS);
    return () => window.clearInterval(timer);
  }, [anyOpen, chain.isLocal, check]);

  return <ActivityContext.Provider value={activities}>{children}</ActivityContext.Provider>;
}

/** The transactions of this browser, and how to add to them. */
export function useActivity(): Activities {
  const activities = useContext(ActivityContext);
  if (!activities) throw new Error("useActivity outside of ActivityProvider");
  return activities;
}
