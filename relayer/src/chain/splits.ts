import { payoutsAbi } from "@stelai/sdk/abis";
import { type Address, numberToHex, parseEventLogs, type RpcLog, toEventSelector } from "viem";
import type { Chain } from "./index.ts";
import type { Watched } from "./watcher.ts";

/** Who is named in splits. One never changes: its name is the hash of its shares. */
export type SplitBook = {
  /**
   * Whether what a payee earns reaches an account: it is the account, or a split that names it, itself or by way of
   * another one. A split that was registered a moment ago and is not known yet may name anybody: then it is true.
   */
  reaches(payee: bigint, account: Address): boolean;
  /** Reads all that are registered now. Call once before serving. */
  load(): Promise<void>;
  /** What the watcher tells it. */
  readonly watched: Watched;
};

/** Blocks of one `eth_getLogs`. */
const SPAN = 10_000n;
const REGISTERED = toEventSelector("SplitRegistered(uint256,(uint256,uint16)[])");

/** The splits of a chain. */
export function createSplitBook(chain: Pick<Chain, "client" | "contracts" | "startBlock" | "refresh">): SplitBook {
  const recipients = new Map<bigint, readonly bigint[]>();
  const address = chain.contracts.Payouts;
  const learn = (logs: readonly RpcLog[]): void => {
    for (const { args } of parseEventLogs({ abi: payoutsAbi, eventName: "SplitRegistered", logs: logs as never })) {
      recipients.set(
        args.split,
        args.shares.map(({ recipient }) => recipient),
      );
    }
  };

  return {
    reaches: (payee, account) => {
      const wanted = BigInt(account);
      const seen = new Set<bigint>();
      // Splits may share splits: each is looked at once.
      const open = [payee];
      for (let next = open.pop(); next !== undefined; next = open.pop()) {
        if (next === wanted) return true;
        if (next >> 160n === 0n || seen.has(next)) continue;
        seen.add(next);
        const named = recipients.get(next);
        if (named === undefined) return true;
        open.push(...named);
      }
      return false;
    },
    load: async () => {
      const head = (await chain.refresh()).number;
      for (let from = chain.startBlock; from <= head; from += SPAN) {
        const to = from + SPAN - 1n < head ? from + SPAN - 1n : head;
        learn(
          await chain.client.request({
            method: "eth_getLogs",
            params: [{ address, topics: [REGISTERED], fromBlock: numberToHex(from), toBlock: numberToHex(to) }],
          }),
        );
      }
    },
    // What a reorganisation takes back is no mistake to know: the name stays the hash of the same shares.
    watched: { address, topics: [REGISTERED], onChange: async ({ added }) => learn(added) },
  };
}
