import { randomUUID } from "node:crypto";
import type { BudgetKey, NewBudgetKey } from "@stelai/sdk/wire";
import { and, desc, eq, inArray, isNotNull, isNull, lt, lte, notExists, notInArray, or, sql } from "drizzle-orm";
import { type Address, getAddress, type Hex } from "viem";
import { generatePrivateKey, privateKeyToAddress } from "viem/accounts";
import { sameAddress } from "../chain/index.ts";
import type { Config } from "../config.ts";
import { NotFoundError } from "../errors.ts";
import { available } from "../http.ts";
import { TabNotFoundError } from "../metering/errors.ts";
import { isKeyHeld, type TabBook } from "../metering/tabs.ts";
import type { Quotas } from "../people/quotas.ts";
import type { Vault } from "../people/vault.ts";
import { type Database, type Store, tables } from "../store/index.ts";
import {
  ClosedApiKeyError,
  ExpiredApiKeyError,
  InvalidApiKeyError,
  keysPage,
  TooManyKeysError,
  WrongTabError,
} from "./errors.ts";
import { hashOfToken, isWhole, newToken, prefixOf } from "./token.ts";
import { type KeyRow, keyView, type TabSide } from "./view.ts";

const { budgetKeys, tabs } = tables;

/** How precisely it is known when a key was used last, and how many of those that are remembered. */
const USED_MS = 60_000;
const MAX_REMEMBERED = 20_000;
/** How long a key waits for its tab: for as long as an opening that was sent may still be mined. */
const UNFUNDED_MS = 7 * 86_400_000;
/** The most keys that are listed: the newest. */
const MAX_LISTED = 500;

export type KeyBookOptions = {
  store: Store;
  vault: Vault;
  operator: Address;
  tabs: TabBook;
  /** The chain's time. */
  now: () => bigint;
  quotas: Pick<Quotas, "within" | "addressKey">;
  config: Pick<
    Config,
    "BUDGET_KEYS_PER_ACCOUNT" | "BUDGET_KEYS_PER_DAY" | "BUDGET_KEYS_PER_NETWORK_PER_DAY" | "webOrigins" | "publicUrl"
  >;
};

/** The budget keys of one operator. All of their state is in the database: what one process revokes, all refuse. */
export class KeyBook {
  readonly #options: KeyBookOptions;
  readonly #used = new Map<string, number>();

  constructor(options: KeyBookOptions) {
    this.#options = options;
  }

  /**
   * A new key, which is told this once, and the address of its session key, for which its account then opens a tab.
   * @param networkAddress Where it is asked for: accounts cost nothing.
   * @throws TooManyKeysError, DailyLimitError
   */
  async create(account: Address, name: string, networkAddress: string): Promise<NewBudgetKey> {
    const { store, vault, operator, config } = this.#options;
    const token = newToken();
    const sessionKey = generatePrivateKey();
    const id = randomUUID();
    const sessionAddress = lower(privateKeyToAddress(sessionKey));
    const row: KeyRow = {
      ...{ id, operator, account, name, sessionAddress, tabId: null },
      ...{ keyHash: hashOfToken(token), prefix: prefixOf(token) },
      ...vault.seal(sessionKey, contextOfKey({ id, sessionAddress })),
      ...{ createdAt: new Date(), lastUsedAt: null, revokedAt: null },
    };
    await store.transaction(async (tx) => {
      // One at a time for each account: what is counted is what is there.
      await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`budget keys ${account}`}, 0))`);
      const live = await tx.$count(
        budgetKeys,
        and(this.#isOf(account), isNull(budgetKeys.revokedAt), notExists(this.#ended())),
      );
      if (live >= config.BUDGET_KEYS_PER_ACCOUNT) throw new TooManyKeysError(config.BUDGET_KEYS_PER_ACCOUNT);
      await this.#count(tx, account, networkAddress);
      // Of those that were revoked without ever having a tab as many stay as an account may have: an opening that was sent may
      // still be mined, and then it takes the key to close it.
      const unused = and(this.#isOf(account), isNull(budgetKeys.tabId), isNotNull(budgetKeys.revokedAt));
      const kept = tx
        .select({ id: budgetKeys.id })
        .from(budgetKeys)
        .where(unused)
        .orderBy(desc(budgetKeys.createdAt))
        .limit(config.BUDGET_KEYS_PER_ACCOUNT);
      await tx.delete(budgetKeys).where(and(unused, notInArray(budgetKeys.id, kept)));
      await tx.insert(budgetKeys).values(row);
    });
    return { ...keyView(row, undefined, this.#options.now()), key: token };
  }

  /** An account's keys, newest first, those that were revoked among them. */
  async list(account: Address): Promise<BudgetKey[]> {
    const rows = await this.#select(this.#isOf(account)).orderBy(desc(budgetKeys.createdAt)).limit(MAX_LISTED);
    return rows.map(({ key, tab }) => keyView(key, tab ?? undefined, this.#options.now()));
  }

  /** @throws NotFoundError for another account's, too. */
  async get(account: Address, id: string): Promise<BudgetKey> {
    const { key, tab } = await this.require(account, id);
    return keyView(key, tab, this.#options.now());
  }

  /** @throws NotFoundError */
  async require(account: Address, id: string): Promise<{ key: KeyRow; tab: TabSide | undefined }> {
    const [row] = await this.#select(and(this.#isOf(account), eq(budgetKeys.id, id)));
    if (row === undefined) throw new NotFoundError("This account has no such key.");
    return { key: row.key, tab: row.tab ?? undefined };
  }

  /** @throws NotFoundError */
  async rename(account: Address, id: string, name: string): Promise<void> {
    const changed = await this.#options.store.db
      .update(budgetKeys)
      .set({ name })
      .where(and(this.#isOf(account), eq(budgetKeys.id, id)))
      .returning({ id: budgetKeys.id });
    if (changed.length === 0) throw new NotFoundError("This account has no such key.");
  }

  /**
   * Ends one for good, or all of an account's: from now on nobody asks for anything with it. Waits for what is just put
   * into the queue.
   * @returns the tabs of those that were not ended before.
   * @throws NotFoundError
   */
  async revoke(account: Address, id?: string): Promise<bigint[]> {
    const isMeant = and(this.#isOf(account), id === undefined ? undefined : eq(budgetKeys.id, id));
    const ended = await this.#options.store.db
      .update(budgetKeys)
      .set({ revokedAt: sql`now()` })
      .where(and(isMeant, isNull(budgetKeys.revokedAt)))
      .returning({ tabId: budgetKeys.tabId });
    if (id !== undefined && ended.length === 0) await this.require(account, id);
    return ended.flatMap(({ tabId }) => tabId ?? []);
  }

  /** Names are what people entered; the rest stays with the tabs, which are money. */
  async forgetNames(account: Address): Promise<void> {
    await this.#options.store.db.update(budgetKeys).set({ name: "" }).where(this.#isOf(account));
  }

  /**
   * The key that a client sent: also one whose time is over may read what was made with it.
   * @throws InvalidApiKeyError for one that is unknown or was revoked.
   */
  async find(token: string): Promise<KeyRow> {
    const [key] = isWhole(token)
      ? await this.#options.store.db
          .select()
          .from(budgetKeys)
          .where(and(eq(budgetKeys.operator, this.#options.operator), eq(budgetKeys.keyHash, hashOfToken(token))))
      : [];
    if (key === undefined) {
      throw new InvalidApiKeyError("This API key is not one of this operator's. Check that it was copied whole.");
    }
    if (key.revokedAt !== null) throw new InvalidApiKeyError("This API key was revoked. Make another one.");
    return key;
  }

  /**
   * That a key may ask for more, free or not: its tab is open and its time not over. One without a tab may have what is free.
   * @throws ExpiredApiKeyError, InvalidApiKeyError
   */
  async requireOpen({ tabId }: KeyRow): Promise<void> {
    const { now, config } = this.#options;
    const tab = tabId === null ? undefined : await this.#options.tabs.find(tabId);
    if (tab === undefined) return;
    const page = keysPage(config);
    if (tab.expiry <= now()) throw new ExpiredApiKeyError(page);
    if (tab.closed || tab.closing || !isKeyHeld(tab)) throw new ClosedApiKeyError(page);
  }

  /** Notes that a key asked for something, once a minute. */
  async used({ id }: KeyRow): Promise<void> {
    const now = Date.now();
    if ((this.#used.get(id) ?? 0) > now - USED_MS) return;
    this.#used.delete(id);
    this.#used.set(id, now);
    const oldest = this.#used.keys().next().value;
    if (this.#used.size > MAX_REMEMBERED && oldest !== undefined) this.#used.delete(oldest);
    await this.#options.store.db
      .update(budgetKeys)
      .set({ lastUsedAt: new Date(now) })
      .where(eq(budgetKeys.id, id));
  }

  /** The session key of a key's tab, in the clear: to sign with, and to be kept nowhere. */
  sessionKeyOf(key: KeyRow): Hex {
    return this.#options.vault.open(key, contextOfKey(key)) as Hex;
  }

  /** The key whose tab this is. */
  async ofTab(tabId: bigint): Promise<KeyRow | undefined> {
    const { store, operator } = this.#options;
    const [key] = await store.db
      .select()
      .from(budgetKeys)
      .where(and(eq(budgetKeys.operator, operator), eq(budgetKeys.tabId, tabId)));
    return key;
  }

  /**
   * Gives a key the tab that its account opened for it, as the chain has it now. The same again changes nothing.
   * @throws TabNotFoundError, WrongTabError when it is another account's, for another session key, or a second one.
   */
  async bind(key: KeyRow, tabId: bigint): Promise<void> {
    const { store, operator } = this.#options;
    const tab = await available("The chain", this.#options.tabs.sync(tabId));
    if (tab === undefined) throw new TabNotFoundError(tabId);
    if (!sameAddress(tab.payer, key.account)) throw new WrongTabError(`Tab ${tabId} was opened by another account.`);
    if (!sameAddress(tab.sessionKey, key.sessionAddress)) {
      throw new WrongTabError(
        `Tab ${tabId} has another session key than this key's, ${getAddress(key.sessionAddress)}.`,
      );
    }
    await store.transaction(async (tx) => {
      const [bound] = await tx
        .update(budgetKeys)
        .set({ tabId })
        .where(and(eq(budgetKeys.id, key.id), or(isNull(budgetKeys.tabId), eq(budgetKeys.tabId, tabId))))
        .returning({ id: budgetKeys.id });
      if (bound === undefined) {
        throw new WrongTabError("This key has its tab already. Close the second one: ask the chain to, then reclaim.");
      }
      await tx
        .update(tabs)
        .set({ heldKey: key.sessionAddress })
        .where(and(eq(tabs.operator, operator), eq(tabs.tabId, tabId)));
    });
  }

  /** Gives the keys for which these session keys' tabs were opened their tabs; what is not theirs is let be. */
  async bindOpened(opened: readonly { sessionKey: Address; tabId: bigint }[]): Promise<void> {
    const wanted = await this.#waitingFor(opened.map(({ sessionKey }) => lower(sessionKey)));
    for (const { sessionKey, tabId } of opened) {
      const key = wanted.find(({ sessionAddress }) => sessionAddress === lower(sessionKey));
      if (key === undefined) continue;
      await this.bind(key, tabId).catch((error: unknown) => {
        // Anyone may open one that names this session key.
        if (!(error instanceof WrongTabError || error instanceof TabNotFoundError)) throw error;
      });
    }
  }

  /** Takes back tabs whose opening the chain took back: it may come again under another number. */
  async unbind(tabIds: readonly bigint[]): Promise<void> {
    if (tabIds.length === 0) return;
    await this.#options.store.db
      .update(budgetKeys)
      .set({ tabId: null })
      .where(and(eq(budgetKeys.operator, this.#options.operator), inArray(budgetKeys.tabId, [...tabIds])));
  }

  /** Forgets keys that never had a tab. */
  async prune(now = Date.now()): Promise<void> {
    await this.#options.store.db
      .delete(budgetKeys)
      .where(
        and(
          eq(budgetKeys.operator, this.#options.operator),
          isNull(budgetKeys.tabId),
          lt(budgetKeys.createdAt, new Date(now - UNFUNDED_MS)),
        ),
      );
  }

  /** Each leaves rows behind, and a tab that the operator closes: nobody makes and ends them without end. */
  async #count(tx: Database, account: Address, networkAddress: string): Promise<void> {
    const { quotas, config } = this.#options;
    const { BUDGET_KEYS_PER_DAY: ofAccount, BUDGET_KEYS_PER_NETWORK_PER_DAY: ofNetwork } = config;
    const subject = quotas.addressKey(networkAddress);
    await quotas.within(tx).take(
      [
        { scope: "keys.account", subject: account, amount: 1n, limit: BigInt(ofAccount) },
        { scope: "keys.address", subject, amount: 1n, limit: BigInt(ofNetwork) },
      ],
      "As many API keys were made today, by you or from your network, as may be in a day. Use one that is there, or make " +
        "another one tomorrow.",
    );
  }

  async #waitingFor(sessionKeys: readonly Address[]): Promise<KeyRow[]> {
    if (sessionKeys.length === 0) return [];
    const { store, operator } = this.#options;
    return store.db
      .select()
      .from(budgetKeys)
      .where(
        and(
          eq(budgetKeys.operator, operator),
          isNull(budgetKeys.tabId),
          inArray(budgetKeys.sessionAddress, [...sessionKeys]),
        ),
      );
  }

  #select(where: ReturnType<typeof and>) {
    return this.#options.store.db
      .select({ key: budgetKeys, tab: tabs })
      .from(budgetKeys)
      .leftJoin(tabs, and(eq(tabs.operator, budgetKeys.operator), eq(tabs.tabId, budgetKeys.tabId)))
      .where(where);
  }

  /** The tab of a key if that is over: the key counts for nothing any more. */
  #ended() {
    return this.#options.store.db
      .select({ one: sql`1` })
      .from(tabs)
      .where(
        and(
          ...[eq(tabs.operator, budgetKeys.operator), eq(tabs.tabId, budgetKeys.tabId)],
          or(lte(tabs.expiry, this.#options.now()), eq(tabs.closed, true), eq(tabs.closing, true)),
        ),
      );
  }

  #isOf(account: Address) {
    return and(eq(budgetKeys.operator, this.#options.operator), eq(budgetKeys.account, account));
  }
}

/** What a session key is sealed for. */
export function contextOfKey({ id, sessionAddress }: Pick<KeyRow, "id" | "sessionAddress">): string {
  return `${id} ${sessionAddress}`;
}

/** Everything kept of an account's keys, for its export. */
export async function keysOfAccount(db: Database, account: Address) {
  const { id, name, prefix, tabId, createdAt, lastUsedAt, revokedAt } = budgetKeys;
  return db
    .select({ id, name, prefix, tabId, createdAt, lastUsedAt, revokedAt })
    .from(budgetKeys)
    .where(eq(budgetKeys.account, account));
}

function lower(address: Address): Address {
  return address.toLowerCase() as Address;
}
