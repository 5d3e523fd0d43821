import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Address, isAddress, isHash } from "viem";

/** The indexer's settings, from the environment (see {@link readEnvironment}). */
export type Environment = {
  chainId: number;
  /** A node on this machine stands here several times (see `LOCAL_RPC_ENTRIES`). */
  rpcUrls: string[];
  /** Whether the node is on this machine. */
  isLocal: boolean;
  pollingIntervalMs: number;
  port: number;
  host: string;
  /** The operator's relayer, which knows the names that accounts chose; undefined: nobody has one. */
  relayerUrl: string | undefined;
  /** IPFS gateways that are asked for texts, in this order, without a slash at the end. */
  gateways: string[];
  /** How long a search waits for what is new, in milliseconds; then it is answered from what is there. */
  searchPatienceMs: number;
  /** Operators that are trusted to deliver what is sold, in small letters; none: every one is. */
  operators: Address[];
  startBlock: number;
  genesisHash: string;
  contracts: Record<(typeof CONTRACTS)[number], Address> & {
    /** Where credits are bought with ETH; undefined: not on this chain. */
    EthCheckout?: Address;
  };
  /** Postgres, or undefined for PGlite in `directory`. */
  databaseUrl: string | undefined;
  /** Where all PGlite databases are. */
  dataDir: string;
  /** Where this chain's PGlite database is. */
  directory: string;
  /** The database schema of this chain, these contracts and this code. */
  schema: string;
  /** The schema of views of whichever one is current; undefined: there is none. */
  viewsSchema: string | undefined;
  /** `index`: reads the chain, and answers. `serve`: answers from what another process has indexed. */
  mode: "index" | "serve";
};

const CONTRACTS = [
  "Stelai",
  "CreditStore",
  "Payouts",
  "Characters",
  "InferenceMeter",
  "CharacterAccess",
  "Reviews",
  "Works",
  "Licenses",
  "Resale",
  "WorkReviews",
  "CreditPlans",
  "Rewards",
  "OperatorReceivers",
  "AccessManager",
  "Reserve",
] as const;

/**
 * How often a node on this machine is named. Ponder begins with 20 requests a second for each entry, which suits
 * a public endpoint and holds back a local one.
 */
const LOCAL_RPC_ENTRIES = 16;

/** Which Postgres PGlite is. The files of another one cannot be opened: they are another directory. */
const PGLITE_POSTGRES = 18;

/** Thrown at start when a variable is missing or wrong. */
export class EnvironmentError extends Error {
  override readonly name = "EnvironmentError";
  readonly variable: string;
  constructor(variable: string, problem: string) {
    super(`${variable} ${problem}`);
    this.variable = variable;
  }
}

/**
 * Reads and checks what the indexer needs to know.
 *
 * - `RPC_URL`: one or more URLs of nodes, comma-separated; required.
 * - `CHAIN_ID`: required, and must be the deployment's.
 * - `DEPLOYMENT`: path of the deployment's JSON; required.
 * - `POLLING_INTERVAL_MS`: how often the head is looked for, at least 100; 1,000 by default.
 * - `DATABASE_URL`: Postgres; without it PGlite under `DATA_DIR` (`.ponder` by default).
 * - `VIEWS_SCHEMA`: a schema of views of the tables, which a new version of the code takes over once it has caught up. On
 *   Postgres alone.
 * - `MODE`: `index` by default; `serve` answers from `VIEWS_SCHEMA` and indexes nothing, in as many processes as wanted.
 * - `PORT`, `HOST`: where the API listens; 42069 on 127.0.0.1 by default.
 * - `RELAYER_URL`: the operator's relayer, for the names that accounts chose; without it nobody has one.
 * - `IPFS_GATEWAYS`: URLs of gateways, comma-separated, such as `https://example.org/ipfs`; `RELAYER_URL`'s by default.
 *   Without either, works and characters have no texts.
 * - `SEARCH_PATIENCE_MS`: how long a search waits for what is new before it is answered from what is there; 150 by default.
 * - `OPERATORS`: addresses of the operators that are trusted to deliver, comma-separated: search, lists and prices leave
 *   out offers that name any other attestor. Empty, as by default: every attestor counts, a seller's own too.
 *
 * @throws EnvironmentError naming the variable.
 */
export function readEnvironment(variables: NodeJS.ProcessEnv): Environment {
  const rpcUrls = required(variables, "RPC_URL").split(",").map(toRpcUrl);
  const isLocal = rpcUrls.every(isOnThisMachine);
  const chainId = integer("CHAIN_ID", required(variables, "CHAIN_ID"), 1, Number.MAX_SAFE_INTEGER);
  const deployment = readDeployment(required(variables, "DEPLOYMENT"));
  if (deployment.chainId !== chainId) {
    throw new EnvironmentError("CHAIN_ID", `is ${chainId}, but DEPLOYMENT is on chain ${deployment.chainId}.`);
  }
  const { genesisHash, startBlock, contracts } = deployment;
  const chain = genesisHash.slice(2, 14);
  const dataDir = variables.DATA_DIR || fileURLToPath(new URL(".ponder", import.meta.url));
  const relayerUrl = variables.RELAYER_URL ? toWebUrl("RELAYER_URL", variables.RELAYER_URL) : undefined;
  const databaseUrl = toDatabaseUrl(variables.DATABASE_URL);
  const viewsSchema = variables.VIEWS_SCHEMA || undefined;
  if (viewsSchema !== undefined && !/^[a-z_][a-z0-9_]{0,44}$/.test(viewsSchema)) {
    throw new EnvironmentError("VIEWS_SCHEMA", `is "${viewsSchema}", not small letters, digits and underscores.`);
  }
  if (viewsSchema !== undefined && databaseUrl === undefined) {
    throw new EnvironmentError("VIEWS_SCHEMA", "needs DATABASE_URL: PGlite belongs to one process.");
  }
  const mode = variables.MODE || "index";
  if (mode !== "index" && mode !== "serve")
    throw new EnvironmentError("MODE", `is "${mode}", neither index nor serve.`);
  if (mode === "serve" && viewsSchema === undefined) {
    throw new EnvironmentError(
      "VIEWS_SCHEMA",
      "is not set: MODE=serve answers from the views that another process writes.",
    );
  }
  const gateways = variables.IPFS_GATEWAYS || (relayerUrl && `${relayerUrl}/ipfs`);
  return {
    chainId,
    rpcUrls: isLocal ? rpcUrls.flatMap((url) => Array<string>(LOCAL_RPC_ENTRIES).fill(url)) : rpcUrls,
    isLocal,
    pollingIntervalMs: integer("POLLING_INTERVAL_MS", variables.POLLING_INTERVAL_MS || "1000", 100, 600_000),
    port: integer("PORT", variables.PORT || "42069", 1, 65_535),
    host: variables.HOST || "127.0.0.1",
    relayerUrl,
    gateways: gateways?.split(",").map((url) => toWebUrl("IPFS_GATEWAYS", url)) ?? [],
    searchPatienceMs: integer("SEARCH_PATIENCE_MS", variables.SEARCH_PATIENCE_MS || "150", 0, 60_000),
    operators: variables.OPERATORS ? variables.OPERATORS.split(",").map(toOperator) : [],
    startBlock,
    genesisHash,
    contracts,
    databaseUrl,
    ...{ viewsSchema, mode },
    dataDir,
    directory: join(dataDir, `${chainId}-${chain}-pg${PGLITE_POSTGRES}`),
    schema: `stelai_${chain}_${versionOf({ startBlock, contracts })}`,
  };
}

function required(variables: NodeJS.ProcessEnv, name: string): string {
  const value = variables[name];
  if (!value) throw new EnvironmentError(name, "is not set.");
  return value;
}

function integer(name: string, text: string, least: number, most: number): number {
  const value = Number(text);
  if (Number.isInteger(value) && value >= least && value <= most) return value;
  throw new EnvironmentError(name, `is "${text}", not a whole number from ${least} to ${most}.`);
}

function toRpcUrl(text: string): string {
  const url = URL.parse(text.trim());
  if (url && ["http:", "https:", "ws:", "wss:"].includes(url.protocol)) return text.trim();
  throw new EnvironmentError("RPC_URL", `holds "${text}", which is no http or ws URL.`);
}

/** Without the slash at its end. */
function toWebUrl(variable: string, text: string): string {
  const url = URL.parse(text.trim());
  if (url && ["http:", "https:"].includes(url.protocol)) return text.trim().replace(/\/+$/, "");
  throw new EnvironmentError(variable, `holds "${text}", which is no http URL.`);
}

function toOperator(text: string): Address {
  const address = text.trim();
  if (isAddress(address)) return address.toLowerCase() as Address;
  throw new EnvironmentError("OPERATORS", `holds "${text}", which is no address.`);
}

function isOnThisMachine(url: string): boolean {
  return ["127.0.0.1", "localhost", "[::1]"].includes(new URL(url).hostname);
}

function toDatabaseUrl(text: string | undefined): string | undefined {
  if (!text) return undefined;
  if (/^postgres(ql)?:$/.test(URL.parse(text)?.protocol ?? "")) return text;
  throw new EnvironmentError("DATABASE_URL", "is not a postgres:// URL.");
}

function readDeployment(path: string) {
  const wrong = (what: string) => new EnvironmentError("DEPLOYMENT", `(${path}) ${what}.`);
  let file: unknown;
  try {
    file = JSON.parse(readFileSync(path, "utf8"));
  } catch (error) {
    throw wrong(`cannot be read: ${error instanceof Error ? error.message : error}`);
  }
  const { chainId, genesisHash, startBlock, contracts } = Object(file) as Record<string, unknown>;
  if (!Number.isSafeInteger(chainId)) throw wrong("has no chainId");
  if (typeof genesisHash !== "string" || !isHash(genesisHash)) throw wrong("has no genesisHash");
  const start = Number(startBlock ?? Number.NaN);
  if (!Number.isSafeInteger(start) || start < 0) throw wrong("has no startBlock");
  const given = Object(contracts) as Record<string, unknown>;
  const addressOf = (name: string): Address => {
    const address = given[name];
    if (typeof address === "string" && isAddress(address)) return address;
    throw wrong(`has no address of ${name}`);
  };
  return {
    chainId: Number(chainId),
    genesisHash,
    startBlock: start,
    contracts: {
      ...(Object.fromEntries(CONTRACTS.map((name) => [name, addressOf(name)])) as Environment["contracts"]),
      ...(given.EthCheckout === undefined ? {} : { EthCheckout: addressOf("EthCheckout") }),
    },
  };
}

/** Ponder refuses a schema that other code filled, so what fills it is part of its name. */
function versionOf(sources: object): string {
  const hash = createHash("sha256").update(JSON.stringify(sources));
  const root = fileURLToPath(new URL(".", import.meta.url));
  const code = readdirSync(join(root, "src"), { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts") && !file.startsWith("api"))
    .map((file) => join(root, "src", file));
  const abis = createRequire(import.meta.url).resolve("@stelai/sdk/abis");
  for (const file of [...code, join(root, "ponder.schema.ts"), join(root, "ponder.config.ts"), abis].sort()) {
    hash.update("\0").update(readFileSync(file));
  }
  return hash.digest("hex").slice(0, 12);
}
