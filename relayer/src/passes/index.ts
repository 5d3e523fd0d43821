import { desc, eq } from "drizzle-orm";
import type { CharacterRegistry } from "../chain/characters.ts";
import type { Chain } from "../chain/index.ts";
import type { Config } from "../config.ts";
import type { Logger } from "../log.ts";
import type { Metrics } from "../metrics.ts";
import { type Notices, renewed } from "../people/notices.ts";
import { createRounds, type Rounds } from "../rounds.ts";
import type { TransactionQueue } from "../settlement/transactions.ts";
import { type Store, tables } from "../store/index.ts";
import { type FinalRenewal, followPasses, pruneRenewals } from "./books.ts";
import { type KeeperOptions, keepPasses } from "./keeper.ts";
import { PassUses } from "./uses.ts";

const { renewals, transactions } = tables;

/** What became of the renewal of one period, as `GET /v1/admin/renewals` shows it. */
export type RenewalRecord = {
  characterId: bigint;
  account: string;
  /** When the period ended, and from when on it is tried again: chain time; null: not any more. */
  ended: bigint;
  nextTry: bigint | null;
  /** `Sent`, `Renewed`, or why not. */
  status: string;
  tries: number;
  /** What it cost, in microcredits. */
  price: bigint | null;
  transaction: string | null;
  updatedAt: string;
};

/** Passes here: the day's fair use of each, and the keeper that renews them (docs/PROTOCOL.md, "Renewals"). */
export type Passes = Omit<Rounds, "start"> & {
  start(): void;
  readonly uses: PassUses;
  /** What became of renewals, the newest first. */
  renewals(limit: number): Promise<RenewalRecord[]>;
  /** Forgets what is over; call now and then. */
  prune(): Promise<void>;
};

export type PassesOptions = {
  store: Store;
  chain: Chain;
  characters: Pick<CharacterRegistry, "all">;
  transactions: TransactionQueue;
  config: Pick<Config, "PASS_DAILY_REQUESTS" | "KEEPER_INTERVAL_MS"> & KeeperOptions["config"];
  log: Logger;
  metrics: Metrics;
  notices: Notices;
};

/** A renewal of longer ago is no news to its holder: the books are being filled. */
const NEWS_SECONDS = 2n * 86_400n;

/** The keeper of one operator; of several processes one works at a time. */
export function createPasses(options: PassesOptions): Passes {
  const { store, chain, characters, config, log, metrics, notices } = options;
  const uses = new PassUses(store.db, chain, config.PASS_DAILY_REQUESTS);
  const tell: Notices["tell"] = (notice) =>
    notices.tell(notice).catch((error: unknown) => log.error({ error, key: notice.key }, "a notice was lost"));

  const tellRenewed = async (done: readonly FinalRenewal[]): Promise<void> => {
    const served = new Set(characters.all().map(({ id }) => id));
    for (const { characterId, account, until, plan, price, start, transaction } of done) {
      const isNews = served.has(characterId) && start > chain.head().timestamp - NEWS_SECONDS;
      if (!isNews) continue;
      metrics.renewals.inc({ outcome: "Renewed" });
      await tell(renewed({ account, characterId, until }, { plan, price, transaction }));
    }
  };

  const round = async (): Promise<void> => {
    await options.transactions.work();
    await store.exclusively("renewals", async () => {
      await tellRenewed(await followPasses(options));
      await keepPasses({ ...options, tell });
    });
  };

  const rounds = createRounds({
    round,
    intervalMs: config.KEEPER_INTERVAL_MS,
    onError: (error) => log.error({ error }, "a round of renewals failed; it is repeated"),
  });

  return {
    uses,
    ...rounds,
    start: () => rounds.start(0),
    prune: async () => {
      await uses.prune();
      await pruneRenewals(store.db);
    },
    renewals: async (limit) => {
      const rows = await store.db
        .select({ renewal: renewals, attempts: transactions.attempts, hash: transactions.hash })
        .from(renewals)
        .leftJoin(transactions, eq(transactions.id, renewals.transactionId))
        .orderBy(desc(renewals.updatedAt), desc(renewals.ended))
        .limit(limit);
      return rows.map(({ renewal, attempts, hash }) => {
        const { characterId, account, ended, nextTry, status, tries, price, updatedAt } = renewal;
        const transaction = hash ?? attempts?.at(-1)?.hash ?? null;
        return {
          ...{ characterId, account, ended, nextTry, status, tries, price, transaction },
          updatedAt: updatedAt.toISOString(),
        };
      });
    },
  };
}
