/** How far the index is behind the chain's head, and how fast it builds itself from nothing. */
import { type Abi, type Address, erc20Abi, getAbiItem, type Log, zeroAddress } from "viem";
import { chainBlock, indexHead } from "../../indexer/head.ts";
import { accessManagerAbi } from "../../indexer/src/accessManager.ts";
import { startIndexer, type TestIndexer } from "../../indexer/test/indexer.ts";
import { type World, worldOf } from "../../indexer/test/world.ts";
import { startPostgres } from "../../relayer/test/postgres.ts";
import { startChain } from "../../test/harness/chain.ts";
import { fill, prepare } from "./indexer/traffic.ts";

/** What DESIGN section 11 asks for; `lag` and the ratio at most, events at least: of the embedded database and of Postgres. */
export const reach = {
  "lag.blocks": 1,
  "lag.ms": 1_500,
  "backfill.events.per.second": 2_000,
  "backfill.ratio.to.getlogs": 9,
  "postgres.backfill.events.per.second": 2_000,
  "postgres.backfill.ratio.to.getlogs": 9,
};

/** Rounds of 5 events, see {@link fill}. */
const ROUNDS = 3_000;
/** More than Ponder leaves to live indexing at the end of a chain. */
const EMPTY_BLOCKS = 70;
const LAG_SAMPLES = 40;
/**
 * How often the index builds itself from nothing: the best is told, with the median beside it, since others share the
 * machine; the ratio is the median.
 */
const BACKFILLS = 3;
/** How often the logs are fetched raw before each backfill, and after it: machines change their pace. */
const BARE_RUNS = 3;
/** As `npm start` sets it. */
const POLLING_INTERVAL_MS = "500";

export async function run(): Promise<Record<string, number>> {
  const chain = await startChain();
  const w = worldOf(chain);
  try {
    await prepare(w);
    await fill(w, ROUNDS);
    await finish(w);
    const embedded = await backfills(w, async () => ({}));
    const lag = await withIndexer(w, {}, ({ url }) => measureLag(w, url));
    // What the lag was measured by is part of the chain now.
    await finish(w);
    const postgres = await startPostgres();
    try {
      const shared = await backfills(w, async () => ({ DATABASE_URL: await postgres.database() }));
      const named = Object.entries(shared).map(([key, value]) => [`postgres.${key}`, value] as const);
      return { "lag.blocks": lag.blocks, "lag.ms": lag.milliseconds, ...embedded, ...Object.fromEntries(named) };
    } finally {
      await postgres.stop();
    }
  } finally {
    await chain.stop();
  }
}

/** Leaves nothing of the chain to live indexing. One by one: blocks that the node mines in bulk do not keep their hashes. */
async function finish({ chain }: World): Promise<void> {
  for (let block = 0; block < EMPTY_BLOCKS; block++) await chain.request("evm_mine");
}

/** Indexes that build themselves from nothing, each on a database of its own. */
async function backfills(
  w: World,
  database: () => Promise<{ DATABASE_URL?: string }>,
): Promise<Record<string, number>> {
  const found: { rate: number; ratio: number }[] = [];
  for (let run = 0; run < BACKFILLS; run++) found.push(await backfill(w, await database()));
  const rates = found.map(({ rate }) => rate);
  return {
    "backfill.events.per.second": Math.max(...rates),
    "backfill.events.per.second.median": median(rates),
    "backfill.ratio.to.getlogs": median(found.map(({ ratio }) => ratio)),
  };
}

/** One of them: its events a second, and its time held against the median of raw readings before and after it. */
async function backfill(w: World, database: { DATABASE_URL?: string }): Promise<{ rate: number; ratio: number }> {
  const bare: { events: number; seconds: number }[] = [];
  const readBare = async () => {
    for (let run = 0; run < BARE_RUNS; run++) bare.push(await bareBackfill(w));
  };
  await readBare();
  const seconds = await withIndexer(w, database, async ({ output }) => backfillSeconds(output()));
  await readBare();
  const { events } = bare[0] ?? { events: Number.NaN };
  return { rate: events / seconds, ratio: seconds / median(bare.map((run) => run.seconds)) };
}

/** What is measured of an index once it holds all of the chain. */
async function withIndexer<T>(
  w: World,
  database: { DATABASE_URL?: string },
  measure: (indexer: TestIndexer) => Promise<T>,
): Promise<T> {
  const indexer = await startIndexer(w.chain, { POLLING_INTERVAL_MS, ...database });
  try {
    await indexer.caughtUp();
    return await measure(indexer);
  } finally {
    await indexer.stop();
  }
}

/**
 * The same events by the plainest client: `eth_getLogs` once for each source of `indexer/ponder.config.ts`, with its
 * logs decoded, and the times of their blocks one by one. No operator has a receiver here.
 */
async function bareBackfill({ publicClient, contracts, chain }: World): Promise<{ events: number; seconds: number }> {
  const begin = performance.now();
  const { Reserve, CreditStore, AccessManager, EthCheckout, ...others } = contracts;
  const range = { fromBlock: BigInt(chain.deployment.startBlock), toBlock: "latest" } as const;
  const sources: readonly { abi: Abi; address: Address }[] = [
    ...[CreditStore, ...Object.values(others)],
    { abi: accessManagerAbi, address: AccessManager.address },
    ...(EthCheckout.address === zeroAddress ? [] : [EthCheckout]),
  ];
  const found: Pick<Log<bigint, number, false>, "blockNumber">[] = [];
  for (const { abi, address } of sources) {
    const events = abi.filter((item) => item.type === "event");
    found.push(...(await publicClient.getLogs({ ...range, address, events })));
  }
  const event = getAbiItem({ abi: erc20Abi, name: "Transfer" });
  for (const args of [{ to: CreditStore.address }, { from: CreditStore.address }]) {
    found.push(...(await publicClient.getLogs({ ...range, address: Reserve.address, event, args })));
  }
  for (const blockNumber of new Set(found.map((log) => log.blockNumber))) await publicClient.getBlock({ blockNumber });
  return { events: found.length, seconds: (performance.now() - begin) / 1_000 };
}

/** From the indexer's own log, so that starting Node and the database does not count. */
function backfillSeconds(log: string): number {
  const timeOf = (message: string) => {
    const line = log.split("\n").find((each) => each.includes(`"msg":"${message}`));
    if (line === undefined) throw new Error(`The indexer never said "${message}".`);
    return (JSON.parse(line) as { time: number }).time;
  };
  return (timeOf("Completed backfill indexing") - timeOf("Started backfill indexing")) / 1_000;
}

/**
 * A chain that mines a block every second, with a transfer in each: how long after a block is there the index holds
 * it, and how many blocks it is behind whenever one is looked for. The 95th percentile of both.
 */
async function measureLag(w: World, indexerUrl: string): Promise<{ blocks: number; milliseconds: number }> {
  const { Stelai } = w.contracts;
  const behind: number[] = [];
  const times: number[] = [];
  for (let sample = 0; sample < LAG_SAMPLES; sample++) {
    const second = new Promise((resolve) => setTimeout(resolve, 1_000));
    const { blockNumber } = await w.mined(
      w.alice.wallet.writeContract({ ...Stelai, functionName: "transfer", args: [w.bob.address, 1n] }),
    );
    const mined = performance.now();
    behind.push((await distance(w, indexerUrl)) ?? 0);
    while (((await indexHead(indexerUrl))?.number ?? 0) < Number(blockNumber)) {
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    times.push(performance.now() - mined);
    behind.push((await distance(w, indexerUrl)) ?? 0);
    await second;
  }
  return { blocks: percentile95(behind), milliseconds: percentile95(times) };
}

async function distance(w: World, indexerUrl: string): Promise<number | undefined> {
  const [head, indexed] = await Promise.all([chainBlock(w.chain.rpcUrl), indexHead(indexerUrl)]);
  return head && indexed ? Math.max(0, head.number - indexed.number) : undefined;
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (place: number) => sorted[Math.floor(place)] ?? Number.NaN;
  return (at((values.length - 1) / 2) + at(values.length / 2)) / 2;
}

function percentile95(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.ceil(values.length * 0.95) - 1] ?? Number.NaN;
}
