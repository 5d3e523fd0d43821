import { decodeSettled, type RowOutcome, type Stelai } from "@stelai/sdk";
import { inferenceMeterAbi } from "@stelai/sdk/abis";
import { type Address, getAbiItem, type Hash, type PublicClient } from "viem";

/** One transaction that settled rows of an operator. */
export type SettledBatch = {
  block: bigint;
  transaction: Hash;
  rows: number;
  /** Rows that were not paid, by why. */
  skipped: RowOutcome[];
  gasUsed: bigint;
  /** In wei of the chain's coin. */
  cost: bigint;
};

/** Where an operator's settlement stands, by its own seals and by the chain. Amounts in microcredits. */
export type SettlementState = {
  operator: Address;
  seals: number;
  sealed: bigint;
  settled: bigint;
  /** Sealed and not settled. */
  waiting: bigint;
  waitingSeals: number;
  batches: SettledBatch[];
};

const SETTLED = getAbiItem({ abi: inferenceMeterAbi, name: "Settled" });
/** How many blocks one `eth_getLogs` asks for. */
const BLOCKS = 10_000n;
/** How many seals one page has. */
const PAGE = 500;

/**
 * Follows one operator's settlement: each look reads what is new of its published seals and of the chain's events. A seal
 * waits while its tab's total on the chain is below it.
 */
export class SettlementWatch {
  readonly #stelai: Stelai;
  readonly #client: PublicClient;
  readonly #operator: Address;
  /** The highest total that was sealed of each tab, and how many seals lead to it. */
  readonly #sealed = new Map<bigint, bigint[]>();
  readonly #settled = new Map<bigint, bigint>();
  readonly #batches: SettledBatch[] = [];
  #after: bigint | undefined;
  #seals = 0;
  #from: bigint;

  constructor(stelai: Stelai, client: PublicClient, operator: Address) {
    this.#stelai = stelai;
    this.#client = client;
    this.#operator = operator;
    this.#from = stelai.client.deployment.startBlock;
  }

  /** @returns where it stands, and the batches that are new since the last look. */
  async look(): Promise<SettlementState> {
    await this.#readSeals();
    const batches = await this.#readBatches();
    this.#batches.push(...batches);
    let [sealed, settled, waitingSeals] = [0n, 0n, 0];
    for (const [tab, totals] of this.#sealed) {
      const spent = this.#settled.get(tab) ?? 0n;
      sealed += totals.at(-1) ?? 0n;
      settled += spent;
      waitingSeals += totals.filter((total) => total > spent).length;
    }
    const operator = this.#operator;
    return { operator, seals: this.#seals, sealed, settled, waiting: sealed - settled, waitingSeals, batches };
  }

  async #readSeals(): Promise<void> {
    for (;;) {
      const { seals, next } = await this.#stelai.relayer.getSeals({ after: this.#after, limit: PAGE });
      for (const { voucher } of seals) {
        const totals = this.#sealed.get(voucher.tabId) ?? [];
        if (totals.includes(voucher.cumulative)) continue;
        totals.push(voucher.cumulative);
        this.#sealed.set(voucher.tabId, totals);
        this.#seals += 1;
      }
      if (next === null) return;
      this.#after = next;
    }
  }

  async #readBatches(): Promise<SettledBatch[]> {
    const head = await this.#client.getBlockNumber({ cacheTime: 0 });
    const batches: SettledBatch[] = [];
    for (; this.#from <= head; this.#from += BLOCKS) {
      const toBlock = this.#from + BLOCKS - 1n < head ? this.#from + BLOCKS - 1n : head;
      const logs = await this.#client.getLogs({
        address: this.#stelai.client.deployment.contracts.InferenceMeter,
        event: SETTLED,
        args: { operator: this.#operator },
        strict: true,
        fromBlock: this.#from,
        toBlock,
      });
      for (const log of logs) {
        const rows = decodeSettled(log.args.rows);
        for (const row of rows) if (row.outcome === "Paid") this.#settled.set(row.tabId, row.cumulative);
        const { gasUsed, effectiveGasPrice } = await this.#client.getTransactionReceipt({ hash: log.transactionHash });
        batches.push({
          block: log.blockNumber,
          transaction: log.transactionHash,
          rows: rows.length,
          skipped: rows.flatMap(({ outcome }) => (outcome === "Paid" ? [] : [outcome])),
          gasUsed,
          cost: gasUsed * effectiveGasPrice,
        });
      }
    }
    this.#from = head + 1n;
    return batches;
  }
}
