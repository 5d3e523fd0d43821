import { type Address, type Hex, numberToHex, pad, type RpcLog } from "viem";
import type { Logger } from "../log.ts";
import type { Chain, Head } from "./index.ts";

/** Logs that came, and logs that a reorganisation took back. */
export type LogChange = { added: readonly RpcLog[]; removed: readonly RpcLog[] };

/** What to watch. */
export type Watched = {
  address: Address;
  topics: (Hex | Hex[] | null)[];
  /** Called after each look that saw a change; a throw repeats it with the next look. */
  onChange: (change: LogChange) => Promise<void>;
};

/**
 * Thrown when the node is behind what it, or another one behind the same URL, said before: its newest block is one that was
 * seen, with others after it. What it does not know yet would look as if it was taken back, so nothing is read of it.
 */
export class LaggingNodeError extends Error {
  override readonly name = "LaggingNodeError";
}

/** How many of the newest heads are remembered: a node that is further behind is not told from a reorganisation. */
const REMEMBERED = 1_000;

/** Blocks of one `eth_getLogs`. */
const SPAN = 2_000n;

/**
 * Follows logs by polling: each look reads again the blocks that are not final yet, so a reorganisation shows as
 * logs that are gone. What was seen of final blocks is forgotten.
 */
export class Watcher {
  readonly #chain: Chain;
  readonly #log: Logger;
  readonly #watched: { spec: Watched; seen: Map<string, RpcLog>; from: bigint }[];
  #timer: NodeJS.Timeout | undefined;
  #looking: Promise<void> | undefined;
  #stopped = false;
  #lookedAt = 0;
  /** Hashes of the heads of earlier looks, by number, the newest last. */
  readonly #heads = new Map<bigint, Hex>();
  #newest = 0n;

  /** @param from The first block to read. */
  constructor(chain: Chain, log: Logger, watched: readonly Watched[], from: bigint) {
    this.#chain = chain;
    this.#log = log;
    this.#watched = watched.map((spec) => ({ spec, seen: new Map(), from }));
  }

  /** Looks every `milliseconds` until {@link stop}. */
  start(milliseconds: number): void {
    const again = () => {
      if (this.#stopped) return;
      this.#timer = setTimeout(async () => {
        await this.look().catch((error: unknown) => this.#log.warn({ error }, "the chain cannot be read"));
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

  /** The block up to which every change was handled, the ones that may still go back not counted. */
  position(): bigint {
    const [least] = this.#watched.map(({ from }) => from).sort((a, b) => (a < b ? -1 : 1));
    return least ?? 0n;
  }

  /** When the head was read of the last look that came to its end (ms since 1970); 0 before the first. */
  lookedAt(): number {
    return this.#lookedAt;
  }

  /** Reads what is new now; a look that has begun already may have missed it, so another one follows. */
  async look(): Promise<void> {
    await this.#looking?.catch(() => {});
    this.#looking ??= this.#look().finally(() => {
      this.#looking = undefined;
    });
    return this.#looking;
  }

  async #look(): Promise<void> {
    const head = await this.#chain.refresh();
    this.#requireProgress(head);
    for (const one of this.#watched) {
      const current = new Map<string, RpcLog>();
      for (let from = one.from; from <= head.number; from += SPAN) {
        const to = from + SPAN - 1n < head.number ? from + SPAN - 1n : head.number;
        const logs = await this.#chain.client.request({
          method: "eth_getLogs",
          params: [
            {
              address: one.spec.address,
              topics: one.spec.topics,
              fromBlock: numberToHex(from),
              toBlock: numberToHex(to),
            },
          ],
        });
        for (const log of logs) current.set(`${log.blockHash}:${log.logIndex}`, log);
      }
      const added = [...current].filter(([key]) => !one.seen.has(key)).map(([, log]) => log);
      const removed = [...one.seen].filter(([key]) => !current.has(key)).map(([, log]) => log);
      if (added.length > 0 || removed.length > 0) await one.spec.onChange({ added, removed });
      const final = head.number - BigInt(this.#chain.finalityBlocks);
      if (final >= one.from) one.from = final + 1n;
      one.seen = new Map([...current].filter(([, log]) => BigInt(log.blockNumber ?? "0x0") >= one.from));
    }
    this.#lookedAt = head.seenAt;
  }

  /** @throws LaggingNodeError. A chain for development may be wound back. */
  #requireProgress({ number, hash }: Head): void {
    if (!this.#chain.isLocal && number < this.#newest && this.#heads.get(number) === hash) {
      throw new LaggingNodeError(`The node is at block ${number}, and block ${this.#newest} was seen before.`);
    }
    this.#newest = number;
    this.#heads.delete(number);
    this.#heads.set(number, hash);
    const oldest = this.#heads.keys().next().value;
    if (this.#heads.size > REMEMBERED && oldest !== undefined) this.#heads.delete(oldest);
  }
}

/** An address as an indexed topic. */
export function addressTopic(address: Address): Hex {
  return pad(address.toLowerCase() as Hex, { size: 32 });
}
