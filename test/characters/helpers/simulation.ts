import { toQuantity } from "ethers";
import type { NetworkConnection } from "hardhat/types/network";

/** Numbers that are the same for the same seed (mulberry32). */
export function random(seed: number) {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  return {
    below: (limit: number) => Math.floor(next() * limit),
    chance: (share: number) => next() < share,
    of<T>(items: readonly T[]): T {
      const item = items[Math.floor(next() * items.length)];
      if (item === undefined) throw new Error("Nothing to choose from.");
      return item;
    },
  };
}

/** A transaction that waits for its block, and whether it must go through there. */
export interface Sent {
  readonly hash: string;
  readonly what: string;
  readonly goesThrough: boolean;
}

/** Sends from any account without signing, and mines many transactions as one block at a chosen second. */
export function crowd({ provider }: NetworkConnection<string>) {
  const request = async <T>(method: string, ...params: unknown[]) => (await provider.request({ method, params })) as T;
  return {
    /** Lets accounts send, with ETH for their gas. */
    async admit(accounts: readonly string[]) {
      for (const account of accounts) {
        await request("hardhat_impersonateAccount", account);
        await request("hardhat_setBalance", account, toQuantity(10n ** 21n));
      }
    },
    send: (from: string, to: unknown, data: string, gas = 700_000) =>
      request<string>("eth_sendTransaction", { from, to: String(to), data, gas: toQuantity(gas) }),
    setAutomine: (on: boolean) => request("evm_setAutomine", on),
    /** Mines what was sent and compares what became of it with what must. */
    async mine(timestamp: number, sent: readonly Sent[]) {
      await request("evm_setNextBlockTimestamp", timestamp);
      await request("evm_mine");
      for (const { hash, what, goesThrough } of sent) {
        const receipt = await request<{ status: string } | null>("eth_getTransactionReceipt", hash);
        if (receipt === null) throw new Error(`was not mined: ${what}`);
        if ((receipt.status === "0x1") !== goesThrough) {
          throw new Error(`${goesThrough ? "was refused" : "went through"}: ${what}`);
        }
      }
    },
  };
}
