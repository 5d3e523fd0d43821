import { inferenceMeterAbi } from "@stelai/sdk/abis";
import { and, eq, lt, sql } from "drizzle-orm";
import { type Address, decodeEventLog, type RpcLog, toEventSelector } from "viem";
import type { Chain } from "../chain/index.ts";
import { addressTopic, type Watched } from "../chain/watcher.ts";
import type { Config } from "../config.ts";
import type { Generations } from "../generations/types.ts";
import type { Logger } from "../log.ts";
import type { Metering } from "../metering/index.ts";
import type { OperatorAccount } from "../operator.ts";
import type { Quotas } from "../people/quotas.ts";
import { Vault } from "../people/vault.ts";
import { createRounds } from "../rounds.ts";
import { type Store, tables } from "../store/index.ts";
import { KeyBook } from "./book.ts";
import { KeyClosing } from "./closing.ts";
import { KeySigning } from "./signing.ts";

export { contextOfKey, keysOfAccount } from "./book.ts";

/** What session keys are sealed under: the purpose of their vault. */
export const KEYS_VAULT = "budget keys";

/** How often it is looked for tabs to close after a key was ended here, in milliseconds. */
const CLOSE_MS = 10_000;

const { tabs } = tables;
const OPENED = toEventSelector("TabOpened(address,uint64,address,address,uint40,uint64)");

/** Budget keys: bearer tokens for clients that can send nothing else (docs/PROTOCOL.md, "Budget keys"). */
export type Keys = {
  readonly book: KeyBook;
  readonly signing: KeySigning;
  /** Gives keys the tabs that were opened for them. */
  readonly watched: Watched;
  /** Ends keys of an account, one or all: at once for new requests, and what waits is cancelled; then their tabs close. */
  revoke(account: Address, id?: string): Promise<void>;
  /** Signs what a process that died left unsigned, closes what is due, forgets what was never used. */
  tend(): Promise<void>;
  /** Waits until nothing is being signed any more. */
  stop(): Promise<void>;
};

export type KeysOptions = {
  config: Config;
  store: Store;
  chain: Chain;
  operator: OperatorAccount;
  metering: Metering;
  generations: Pick<Generations, "list" | "cancel">;
  quotas: Pick<Quotas, "within" | "addressKey">;
  /** There is something to settle. */
  nudge: () => void;
  log: Logger;
};

/** The budget keys of one operator. */
export function createKeys(options: KeysOptions): Keys {
  const { config, store, chain, operator, metering, generations, quotas, nudge, log } = options;
  const now = () => chain.head().timestamp;
  const vault = new Vault(KEYS_VAULT, [config.MASTER_KEY, ...config.PREVIOUS_MASTER_KEYS]);
  const book = new KeyBook({ store, vault, operator: operator.address, tabs: metering.tabs, now, quotas, config });
  const signing = new KeySigning({ book, metering, now, log });
  const closing = new KeyClosing({ store, operator: operator.address, signing, now, nudge, log });
  const closings = createRounds({
    round: () => closing.work(),
    intervalMs: CLOSE_MS,
    onError: (error) => log.warn({ error }, "tabs of budget keys could not be closed; it is repeated"),
  });

  const cancelWaiting = async (tabId: bigint): Promise<void> => {
    for (let before: string | undefined; ; ) {
      const { rows, next } = await generations.list({ tabId }, { status: "queued", limit: 100, before });
      for (const { id } of rows) await generations.cancel(id);
      if (next === null) return;
      before = next;
    }
  };

  /** What was charged and not signed because the process ended in between. */
  const signLeft = async (): Promise<void> => {
    const left = await store.db
      .select({ tabId: tabs.tabId })
      .from(tabs)
      .where(
        and(
          eq(tabs.operator, operator.address),
          ...[eq(tabs.closed, false), lt(tabs.signed, tabs.cumulative), sql`${tabs.broken} is null`],
          sql`${tabs.heldKey} in (lower(${tabs.sessionKey}), lower(${tabs.previousKey}))`,
        ),
      );
    for (const { tabId } of left) {
      await signing.acknowledge(tabId).catch((error: unknown) => {
        // The next round tries again; a key that cannot be opened holds nothing else up.
        log.error({ tab: tabId.toString(), error }, "a voucher of a budget key could not be signed");
      });
    }
  };

  return {
    ...{ book, signing },
    watched: {
      address: chain.contracts.InferenceMeter,
      topics: [OPENED, addressTopic(operator.address)],
      onChange: async ({ added, removed }) => {
        await book.unbind(removed.map((log) => openingOf(log).tabId));
        await book.bindOpened(added.map(openingOf));
      },
    },
    revoke: async (account, id) => {
      const ended = await book.revoke(account, id);
      for (const tabId of ended) await cancelWaiting(tabId);
      // Others' tabs may be due, too: whoever ends a key waits for none of it.
      closings.nudge();
    },
    tend: async () => {
      await signLeft();
      await closings.work();
      await book.prune();
    },
    stop: async () => {
      await closings.stop();
      await signing.settled();
    },
  };
}

function openingOf({ topics, data }: RpcLog): { tabId: bigint; sessionKey: Address } {
  const { args } = decodeEventLog({ abi: inferenceMeterAbi, eventName: "TabOpened", topics: topics as never, data });
  return { tabId: args.tabId, sessionKey: args.sessionKey };
}
