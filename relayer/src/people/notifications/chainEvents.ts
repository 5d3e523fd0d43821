import { characterAccessAbi, charactersAbi, payoutsAbi, reviewsAbi } from "@stelai/sdk/abis";
import { and, eq, gte, lt, lte } from "drizzle-orm";
import { type Address, getAddress, type Hex, numberToHex, parseEventLogs, type RpcLog, toEventSelector } from "viem";
import { formatLog } from "viem/utils";
import type { CharacterRegistry } from "../../chain/characters.ts";
import type { Chain } from "../../chain/index.ts";
import type { Logger } from "../../log.ts";
import type { Store } from "../../store/index.ts";
import { facts } from "../../store/schema/operation.ts";
import { chainEvents, type PayoutShare } from "../../store/schema/social.ts";
import type { Accounts } from "../accounts.ts";
import type { Profiles } from "../profiles/profiles.ts";
import type { Versions } from "../versions.ts";
import { CREDIT_ABI, CREDIT_EVENTS, creditEntries } from "./creditEvents.ts";
import type { Entry, Feed } from "./feed.ts";
import { MARKET_ABI, MARKET_EVENTS, marketEntries } from "./marketEvents.ts";

/** Blocks of one `eth_getLogs`. */
const SPAN = 2_000n;
const POSITION = "people.events";
const PLANS = ["Lifetime", "Monthly", "Annual"];

const ABI = [...charactersAbi, ...characterAccessAbi, ...reviewsAbi, ...payoutsAbi];
const NAMES = [
  ...(["CharacterCreated", "PersonaChanged", "AllowListChanged", "InviteRedeemed"] as const),
  ...(["PassBought", "Reviewed", "Replied", "Earned"] as const),
] as const;
const TOPICS = [...ABI, ...MARKET_ABI, ...CREDIT_ABI]
  .filter((item) => item.type === "event")
  .filter(({ name }) => [...NAMES, ...MARKET_EVENTS, ...CREDIT_EVENTS].some((one) => one === name))
  .map((item) => toEventSelector(item));

/** What an event changes here. */
type Effect = {
  entries: Entry[];
  change?: { characterId: bigint; kind: "published" | "persona" };
  payout?: { share: PayoutShare; day: string };
};
type Seen = { source: string; blockNumber: bigint; blockHash: Hex; at: bigint; effect: Effect };

export type ChainEventsOptions = {
  store: Pick<Store, "db" | "transaction" | "exclusively">;
  chain: Pick<Chain, "client" | "contracts" | "head" | "startBlock" | "finalityBlocks">;
  registry: Pick<CharacterRegistry, "get">;
  feed: Feed;
  versions: Versions;
  profiles: Pick<Profiles, "followersOf">;
  accounts: Pick<Accounts, "known">;
  log: Pick<Logger, "warn">;
};

/**
 * Turns events of the chain into notifications and versions. What was handled is in the database, so that each event
 * counts once however many processes look and however often they begin anew; blocks that are not final are read again,
 * and what a reorganisation removed is taken back.
 */
export class ChainEvents {
  readonly #options: ChainEventsOptions;
  #timer: NodeJS.Timeout | undefined;
  #looking: Promise<void> | undefined;
  #stopped = false;
  #looked = "";

  constructor(options: ChainEventsOptions) {
    this.#options = options;
  }

  /** Looks whenever the head has changed, until {@link stop}. */
  start(milliseconds: number): void {
    const again = () => {
      if (this.#stopped) return;
      this.#timer = setTimeout(async () => {
        const { number, timestamp } = this.#options.chain.head();
        const head = `${number} ${timestamp}`;
        if (head !== this.#looked) {
          try {
            await this.look();
            this.#looked = head;
          } catch (error) {
            this.#options.log.warn({ error }, "events for people cannot be read; it is tried again");
          }
        }
        again();
      }, milliseconds);
    };
    again();
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#timer);
    await this.#looking?.catch(() => {});
  }

  /** Handles what is new, unless another process does so right now. */
  async look(): Promise<void> {
    await this.#looking?.catch(() => {});
    this.#looking ??= this.#options.store
      .exclusively(POSITION, () => this.#look())
      .then(() => {})
      .finally(() => {
        this.#looking = undefined;
      });
    return this.#looking;
  }

  async #look(): Promise<void> {
    const { chain } = this.#options;
    const head = chain.head().number;
    const final = head - BigInt(chain.finalityBlocks);
    // A chain that went back further than what counts as final is read again from there.
    let from = min((await this.#position()) ?? chain.startBlock, head);
    for (;;) {
      const to = min(from + SPAN - 1n, head);
      await this.#handle(from, to, to === head);
      const next = min(to, final) + 1n;
      await this.#remember(next > from ? next : from);
      if (to === head) return;
      from = to + 1n;
    }
  }

  async #handle(from: bigint, to: bigint, isHead: boolean): Promise<void> {
    const { store, feed, versions } = this.#options;
    const current = new Map((await this.#logs(from, to)).map((log) => [sourceOf(log), log]));
    const inRange = isHead
      ? gte(chainEvents.blockNumber, from)
      : and(gte(chainEvents.blockNumber, from), lte(chainEvents.blockNumber, to));
    const known = await store.db.select().from(chainEvents).where(inRange);
    const gone = known.filter(({ source }) => !current.has(source));
    const moved = known.filter(({ source, blockHash }) => (current.get(source)?.blockHash ?? blockHash) !== blockHash);
    const handled = new Set(known.map(({ source }) => source));
    const added: Seen[] = [];
    const times = new Map<string, bigint>();
    for (const [source, log] of current) {
      if (handled.has(source)) continue;
      const place = placeOf(log);
      const at = times.get(place.blockHash) ?? (await this.#timeOf(log));
      times.set(place.blockHash, at);
      added.push({ source, ...place, at, effect: await this.#effectOf(log, source, at) });
    }
    if (gone.length === 0 && added.length === 0 && moved.length === 0) return;
    await store.transaction(async (tx) => {
      for (const { source, payout } of gone) {
        await feed.takeBack(source, tx);
        await versions.takeBack(source, tx);
        if (payout !== null) await feed.removePayout(payout, tx);
        await tx.delete(chainEvents).where(eq(chainEvents.source, source));
      }
      for (const { source } of moved) {
        const { blockNumber, blockHash } = placeOf(current.get(source));
        await tx.update(chainEvents).set({ blockNumber, blockHash }).where(eq(chainEvents.source, source));
      }
      for (const { source, blockNumber, blockHash, at, effect } of added) {
        const payout = effect.payout?.share ?? null;
        const fresh = await tx
          .insert(chainEvents)
          .values({ source, blockNumber, blockHash, payout })
          .onConflictDoNothing()
          .returning({ source: chainEvents.source });
        if (fresh.length === 0) continue;
        await feed.write(effect.entries, tx);
        if (effect.change !== undefined) {
          await versions.note(effect.change.characterId, effect.change.kind, at, source, tx);
        }
        if (effect.payout !== undefined) await feed.addPayout(effect.payout.share, effect.payout.day, timeOf(at), tx);
      }
    });
  }

  async #logs(from: bigint, to: bigint): Promise<readonly RpcLog[]> {
    const { Characters, CharacterAccess, Reviews, Payouts } = this.#options.chain.contracts;
    const { Licenses, Resale, WorkReviews, CreditPlans, Rewards } = this.#options.chain.contracts;
    return this.#options.chain.client.request({
      method: "eth_getLogs",
      params: [
        {
          address: [
            ...[Characters, CharacterAccess, Reviews, Payouts, Licenses, Resale, WorkReviews],
            ...[CreditPlans, Rewards],
          ],
          topics: [TOPICS],
          fromBlock: numberToHex(from),
          toBlock: numberToHex(to),
        },
      ],
    });
  }

  async #timeOf(log: RpcLog): Promise<bigint> {
    const block = await this.#options.chain.client.getBlock({ blockNumber: BigInt(log.blockNumber ?? "0x0") });
    return block.timestamp;
  }

  async #effectOf(log: RpcLog, source: string, seconds: bigint): Promise<Effect> {
    const [event] = parseEventLogs({ abi: ABI, eventName: [...NAMES], logs: [formatLog(log)] });
    const none: Effect = { entries: [] };
    if (event === undefined) {
      const ofCredits = await creditEntries(this.#options, log, source, seconds);
      return { entries: ofCredits ?? (await marketEntries(this.#options.chain, log, source, seconds)) };
    }
    const at = timeOf(seconds);
    if (event.eventName === "Earned") return this.#earned(event.args, seconds);
    const { characterId } = event.args;
    const character = await this.#options.registry.get(characterId);
    const entry = (account: Address, kind: Entry["kind"], data: Entry["data"]): Entry => {
      return { account, kind, characterId, data, source, at };
    };
    switch (event.eventName) {
      case "CharacterCreated": {
        const change = { characterId, kind: "published" } as const;
        if (character?.visibility !== "Public") return { entries: [], change };
        const followers = await this.#options.profiles.followersOf(event.args.creator);
        const data = { owner: event.args.creator };
        return { entries: followers.map((one) => entry(one, "character_published", data)), change };
      }
      case "PersonaChanged": {
        const change = { characterId, kind: "persona" } as const;
        if (character === undefined) return { entries: [], change };
        const data = { change: "persona" };
        return {
          entries: await this.#options.versions.changed(characterId, character.owner, data, source, at),
          change,
        };
      }
    }
    if (character === undefined) return none;
    const { owner } = character;
    switch (event.eventName) {
      case "AllowListChanged": {
        // Putting somebody on the list of a character that everybody may use tells nothing, and costs its owner little.
        if (!event.args.allowed || character.visibility !== "Private") return none;
        const known = await this.#options.accounts.known(event.args.accounts);
        const invited = known.filter((one) => one !== owner);
        return { entries: invited.map((one) => ({ ...entry(one, "invited", { owner }), once: "ever" })) };
      }
      case "InviteRedeemed": {
        if (character.visibility !== "Private") return none;
        return { entries: [{ ...entry(owner, "invited", { owner, account: event.args.account }), once: "ever" }] };
      }
      case "PassBought": {
        const { account, payer, plan, start, until } = event.args;
        if (account === payer) return none;
        const data = { from: payer, plan: PLANS[plan] ?? "", start: String(start), until: String(until) };
        return { entries: [entry(account, "gift", data)] };
      }
      case "Reviewed": {
        const { author, rating } = event.args;
        return author === owner ? none : { entries: [entry(owner, "review", { author, rating })] };
      }
      case "Replied": {
        const { author } = event.args;
        if (author === owner) return none;
        // Answering again costs next to nothing, and is no news.
        return { entries: [{ ...entry(author, "reply", { owner: event.args.owner }), once: "day" }] };
      }
    }
  }

  /** What an account is told of a day's earnings: what is left of them after the commission. */
  async #earned(args: { payee: bigint; amount: bigint; commission: bigint }, seconds: bigint): Promise<Effect> {
    if (args.payee >> 160n !== 0n) return { entries: [] };
    const account = getAddress(numberToHex(args.payee, { size: 20 }));
    if ((await this.#options.accounts.known([account])).length === 0) return { entries: [] };
    const day = new Date(Number(seconds) * 1_000).toISOString().slice(0, 10);
    const share = { source: `payout:${day}`, account, amount: String(args.amount - args.commission) };
    return { entries: [], payout: { share, day } };
  }

  async #position(): Promise<bigint | undefined> {
    const [row] = await this.#options.store.db.select().from(facts).where(eq(facts.key, POSITION));
    return row === undefined ? undefined : BigInt(row.value);
  }

  /** Events of blocks before this one stay for good, and need not be known any more. */
  async #remember(position: bigint): Promise<void> {
    const value = String(position);
    await this.#options.store.transaction(async (tx) => {
      await tx.insert(facts).values({ key: POSITION, value }).onConflictDoUpdate({ target: facts.key, set: { value } });
      await tx.delete(chainEvents).where(lt(chainEvents.blockNumber, position));
    });
  }
}

function sourceOf(log: RpcLog): string {
  return `${log.transactionHash}:${BigInt(log.logIndex ?? "0x0")}`;
}

function placeOf(log: RpcLog | undefined): { blockNumber: bigint; blockHash: Hex } {
  return { blockNumber: BigInt(log?.blockNumber ?? "0x0"), blockHash: log?.blockHash ?? "0x" };
}

/** A local chain's clock may be ahead of ours: nothing is told from the future. */
function timeOf(seconds: bigint): Date {
  return new Date(Math.min(Number(seconds) * 1_000, Date.now()));
}

function min(a: bigint, b: bigint): bigint {
  return a < b ? a : b;
}
