import { worksAbi } from "@stelai/sdk/abis";
import { and, eq, inArray } from "drizzle-orm";
import { type Address, getAbiItem, getAddress, type Hex } from "viem";
import type { Chain } from "../chain/index.ts";
import type { ChainWork } from "../chain/market.ts";
import { type Database, tables } from "../store/index.ts";

const { facts, workFiles } = tables;

/** Blocks of one `eth_getLogs`, and rows of one statement. */
const SPAN = 10_000n;
const ROWS = 1_000;
const POSITION = "work files";
const CREATED = getAbiItem({ abi: worksAbi, name: "WorkCreated" });

/**
 * The files that works were created of, and by whom: what the chain said is kept, and read on from there. What a
 * reorganisation took back stays, for at worst a file is kept for nothing.
 */
export class WorkFiles {
  readonly #db: Database;
  readonly #chain: Chain;

  constructor(db: Database, chain: Chain) {
    this.#db = db;
    this.#chain = chain;
  }

  /**
   * Of the works on the chain right now those that one of these accounts created of one of these files.
   * @throws RangeError when the node does not have the whole chain: what it leaves out may be created all the same.
   */
  async find(creators: readonly Address[], contentHashes: readonly Hex[]): Promise<ChainWork[]> {
    await this.#follow();
    const isCreator = inArray(
      workFiles.creator,
      creators.map((creator) => getAddress(creator)),
    );
    return this.#db
      .select()
      .from(workFiles)
      .where(and(isCreator, inArray(workFiles.contentHash, [...contentHashes])));
  }

  /** Blocks that are not final are read again the next time. Whatever is done twice comes to the same. */
  async #follow(): Promise<void> {
    const { client, contracts, startBlock, finalityBlocks, head } = this.#chain;
    const [known] = await this.#db.select().from(facts).where(eq(facts.key, POSITION));
    let from = known === undefined ? startBlock : BigInt(known.value);
    const newest = await this.#newest();
    requireBlock(newest, max(head().number, from - 1n));
    const final = newest - BigInt(finalityBlocks);
    while (from <= newest) {
      const to = min(from + SPAN - 1n, newest);
      // Asked in one batch, so of one node, which leaves out in silence what it does not have.
      const [logs, has] = await Promise.all([
        client.getLogs({ address: contracts.Works, event: CREATED, strict: true, fromBlock: from, toBlock: to }),
        this.#newest(),
      ]);
      requireBlock(has, to);
      const rows = logs.map(({ args: { creator, contentHash } }) => ({ creator, contentHash }));
      for (let at = 0; at < rows.length; at += ROWS) {
        await this.#db
          .insert(workFiles)
          .values(rows.slice(at, at + ROWS))
          .onConflictDoNothing();
      }
      const position = min(to, final) + 1n;
      if (position > from) await this.#remember(position);
      from = to + 1n;
    }
  }

  #newest(): Promise<bigint> {
    return this.#chain.client.getBlockNumber({ cacheTime: 0 });
  }

  async #remember(position: bigint): Promise<void> {
    const value = String(position);
    await this.#db
      .insert(facts)
      .values({ key: POSITION, value })
      .onConflictDoUpdate({ target: facts.key, set: { value } });
  }
}

function requireBlock(has: bigint, needed: bigint): void {
  if (has < needed) throw new RangeError(`the node is at block ${has}, behind block ${needed}`);
}

function min(a: bigint, b: bigint): bigint {
  return a < b ? a : b;
}

function max(a: bigint, b: bigint): bigint {
  return a > b ? a : b;
}
