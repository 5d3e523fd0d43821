/** A local chain's well-known test account, which the demo wallet signs with. */
export interface DemoAccount {
  readonly name: string;
  readonly privateKey: `0x${string}`;
}

export interface ChainConfig {
  readonly id: number;
  readonly name: string;
  readonly rpcUrl: string;
  /** Hash of block 0: tells one local chain from the next under the same id. */
  readonly genesisHash: `0x${string}`;
  /** The first block that can hold an event of ours. */
  readonly startBlock: bigint;
  /** Blocks on top of a transaction's own after which it counts as final. */
  readonly finalityBlocks: number;
  readonly isLocal: boolean;
  readonly demoAccounts: readonly DemoAccount[];
  /** Address of a block explorer, without a trailing slash, where there is one. */
  readonly explorerUrl?: string | undefined;
}

/** The deployed contracts, by the SDK's names for them (`Deployment`). */
export const CONTRACTS = [
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

/** The contracts that not every chain has. */
export const OPTIONAL_CONTRACTS = ["EthCheckout"] as const;

type Everywhere = (typeof CONTRACTS)[number];
type Somewhere = (typeof OPTIONAL_CONTRACTS)[number];
export type ContractName = Everywhere | Somewhere;

/** What the host tells the page at run time, in `/config.json`. */
export interface AppConfig {
  readonly chain: ChainConfig;
  readonly contracts: Readonly<Record<Everywhere, `0x${string}`> & Partial<Record<Somewhere, `0x${string}`>>>;
  readonly relayerUrl: string;
  readonly indexerUrl: string;
  readonly walletConnectProjectId?: string | undefined;
}

/** Thrown when `/config.json` is there but cannot be used; `path` names the field. */
export class InvalidConfigError extends Error {
  override readonly name = "InvalidConfigError";
  readonly path: string;
  readonly expected: string;

  constructor(path: string, expected: string) {
    super(`/config.json: ${path} should be ${expected}`);
    this.path = path;
    this.expected = expected;
  }
}

type Check<T> = (value: unknown, path: string) => T;

const text: Check<string> = (value, path) => {
  if (typeof value !== "string" || value === "") throw new InvalidConfigError(path, "a non-empty text");
  return value;
};

const hex =
  (bytes: number): Check<`0x${string}`> =>
  (value, path) => {
    if (typeof value !== "string" || !new RegExp(`^0x[0-9a-fA-F]{${bytes * 2}}$`).test(value)) {
      throw new InvalidConfigError(path, `${bytes} bytes in hexadecimal, with 0x`);
    }
    return value as `0x${string}`;
  };

/** An http(s) address without its trailing slash, so that paths can be appended. */
const address: Check<string> = (value, path) => {
  const given = text(value, path);
  if (!URL.canParse(given) || !/^https?:$/.test(new URL(given).protocol)) {
    throw new InvalidConfigError(path, "an http or https address");
  }
  return given.replace(/\/+$/, "");
};

const count =
  (least: number): Check<number> =>
  (value, path) => {
    if (typeof value !== "number" || !Number.isSafeInteger(value) || value < least) {
      throw new InvalidConfigError(path, `a whole number, at least ${least}`);
    }
    return value;
  };

const fields: Check<Record<string, unknown>> = (value, path) => {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new InvalidConfigError(path, "an object");
  }
  return value as Record<string, unknown>;
};

function optional<T>(check: Check<T>, value: unknown, path: string): T | undefined {
  return value === undefined || value === null || value === "" ? undefined : check(value, path);
}

function demoAccounts(value: unknown, isLocal: boolean): DemoAccount[] {
  if (value === undefined) return [];
  if (!Array.isArray(value)) throw new InvalidConfigError("chain.demoAccounts", "a list");
  // Published keys sign real money away: they are refused anywhere but on a local chain.
  if (!isLocal) throw new InvalidConfigError("chain.demoAccounts", "absent unless chain.isLocal");
  return value.map((entry, index) => {
    const path = `chain.demoAccounts[${index}]`;
    const { name, privateKey } = fields(entry, path);
    return { name: text(name, `${path}.name`), privateKey: hex(32)(privateKey, `${path}.privateKey`) };
  });
}

/**
 * Reads the host's configuration. Unknown fields are ignored, so that an older page works with a newer host.
 * @throws {InvalidConfigError} naming the first field that is missing or wrong.
 */
export function parseConfig(value: unknown): AppConfig {
  const root = fields(value, "the file");
  const chain = fields(root.chain, "chain");
  const contracts = fields(root.contracts, "contracts");
  const isLocal = chain.isLocal === true;
  return {
    chain: {
      id: count(1)(chain.id, "chain.id"),
      name: text(chain.name, "chain.name"),
      rpcUrl: address(chain.rpcUrl, "chain.rpcUrl"),
      genesisHash: hex(32)(chain.genesisHash, "chain.genesisHash"),
      startBlock: BigInt(count(0)(chain.startBlock, "chain.startBlock")),
      finalityBlocks: count(0)(chain.finalityBlocks, "chain.finalityBlocks"),
      isLocal,
      demoAccounts: demoAccounts(chain.demoAccounts, isLocal),
      explorerUrl: optional(address, chain.explorerUrl, "chain.explorerUrl"),
    },
    contracts: Object.fromEntries(
      [...CONTRACTS, ...OPTIONAL_CONTRACTS.filter((name) => contracts[name])].map((name) => [
        name,
        hex(20)(contracts[name], `contracts.${name}`),
      ]),
    ) as AppConfig["contracts"],
    relayerUrl: address(root.relayerUrl, "relayerUrl"),
    indexerUrl: address(root.indexerUrl, "indexerUrl"),
    walletConnectProjectId: optional(text, root.walletConnectProjectId, "walletConnectProjectId"),
  };
}
