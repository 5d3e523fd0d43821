/**
 * How long the index takes to answer somebody who types: every beginning of what they type is a question, with the
 * facets of all that is found, over HTTP, until the answer's JSON is parsed.
 *
 * So many works would take hours through the chain. Their rows are written into the tables of an index that was started
 * and stopped; started again, it reads them as it reads any, and fetches their texts from a gateway on this machine.
 */
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startIndexer, type TestIndexer } from "../../indexer/test/indexer.ts";
import { startPostgres } from "../../relayer/test/postgres.ts";
import { startChain, type TestChain } from "../../test/harness/chain.ts";
import { fillPglite, fillPostgres, serve } from "./search/fill.ts";
import { type Market, marketOf, randomFrom } from "./search/works.ts";

/** What DESIGN section 11 asks for. */
export const reach = { "p50.ms": 30, "p95.ms": 100, "postgres.p50.ms": 30, "postgres.p95.ms": 100 };

const WORKS = 10_000;
/** What people type, each letter of it a question. */
const PHRASES = 120;
/** As it is by default. */
const SEARCH_PATIENCE_MS = "150";
/** Milliseconds between blocks meanwhile, after each of which the index looks whether anything is new. */
const BLOCK_TIME = 1_000;

export async function run(): Promise<Record<string, number>> {
  const chain = await startChain();
  const market = marketOf(WORKS, Math.floor(Date.now() / 1_000));
  const beside = await serve(market);
  try {
    const pglite = await onPglite(chain, market, beside.url);
    const postgres = await onPostgres(chain, market, beside.url);
    return {
      ...{ "p50.ms": percentile(pglite, 0.5), "p95.ms": percentile(pglite, 0.95) },
      ...{ "postgres.p50.ms": percentile(postgres, 0.5), "postgres.p95.ms": percentile(postgres, 0.95) },
    };
  } finally {
    beside.server.close();
    beside.server.closeAllConnections();
    await chain.stop();
  }
}

async function onPglite(chain: TestChain, market: Market, besideUrl: string): Promise<number[]> {
  const folder = mkdtempSync(join(tmpdir(), "stelai-bench-"));
  const variables = { DATA_DIR: folder, RELAYER_URL: besideUrl, SEARCH_PATIENCE_MS };
  try {
    console.error("Making tables.");
    await withIndexer(chain, variables, (indexer) => indexer.caughtUp());
    const directory = readdirSync(folder).find((name) => name.startsWith(`${chain.deployment.chainId}-`)) ?? "";
    await fillPglite(join(folder, directory), market.rows);
    console.error("Starting on the filled tables.");
    return await withIndexer(chain, variables, (indexer) => measure(chain, indexer, market));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function onPostgres(chain: TestChain, market: Market, besideUrl: string): Promise<number[]> {
  const folder = mkdtempSync(join(tmpdir(), "stelai-bench-"));
  const postgres = await startPostgres();
  try {
    const url = await postgres.database();
    const variables = { DATA_DIR: folder, RELAYER_URL: besideUrl, SEARCH_PATIENCE_MS, DATABASE_URL: url };
    console.error("Making tables.");
    await withIndexer(chain, variables, (indexer) => indexer.caughtUp());
    await fillPostgres(url, market.rows);
    console.error("Starting on the filled tables.");
    return await withIndexer(chain, variables, (indexer) => measure(chain, indexer, market));
  } finally {
    await postgres.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function withIndexer<Result>(
  chain: TestChain,
  variables: Record<string, string>,
  use: (indexer: TestIndexer) => Promise<Result>,
): Promise<Result> {
  const indexer = await startIndexer(chain, variables);
  try {
    return await use(indexer);
  } finally {
    await indexer.stop();
  }
}

/** Milliseconds of every question, while blocks are mined. */
async function measure(chain: TestChain, indexer: TestIndexer, market: Market): Promise<number[]> {
  await untilComplete(indexer);
  console.error("All works are there with their texts; asking.");
  // One may be under way when the chain stops.
  const mine = () => void chain.request("evm_mine").catch(() => undefined);
  const blocks = setInterval(mine, BLOCK_TIME);
  const times: number[] = [];
  try {
    for (const query of questions(market)) {
      const began = performance.now();
      const response = await fetch(`${indexer.url}/search/works?${query}`);
      const { facets } = (await response.json()) as { facets?: object };
      times.push(performance.now() - began);
      if (!facets) throw new Error(`No answer to ${query}: ${response.status}.`);
    }
  } finally {
    clearInterval(blocks);
  }
  return times;
}

/** Waits until all works are there, with their texts. */
async function untilComplete(indexer: TestIndexer): Promise<void> {
  const end = Date.now() + 180_000;
  for (let offset = 0; offset < WORKS; ) {
    const response = await fetch(`${indexer.url}/search/works?sort=newest&limit=100&offset=${offset}`);
    const { total, results } = (await response.json()) as { total: number; results: { title: string | null }[] };
    if (total === WORKS && results.every(({ title }) => title !== null)) offset += 100;
    else if (Date.now() > end) throw new Error(`Of ${WORKS} works ${total} were found:\n${indexer.output()}`);
    else await new Promise((resolve) => setTimeout(resolve, 500));
  }
}

/** Every beginning of words from titles as they are typed, a quarter of them with a filter chosen before. */
function* questions({ titles }: Market): Generator<URLSearchParams> {
  const random = randomFrom(11);
  const filters = ["modality=Image", "tier=Commercial", "licence=Perpetual", "max=50000000", "rating=3", "sort=rating"];
  for (let phrase = 0; phrase < PHRASES; phrase++) {
    const title = titles[Math.floor(random() * titles.length)] ?? "";
    const text = title.split(" ").slice(0, 3).join(" ");
    const filter = random() < 0.25 ? (filters[Math.floor(random() * filters.length)] ?? "") : "";
    for (let length = 1; length <= text.length; length++) {
      const query = new URLSearchParams(filter);
      query.set("q", text.slice(0, length));
      yield query;
    }
  }
}

function percentile(values: readonly number[], part: number): number {
  return values.toSorted((a, b) => a - b)[Math.ceil(values.length * part) - 1] ?? Number.NaN;
}
