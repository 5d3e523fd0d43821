import type { Statement, StatementEntry } from "@stelai/sdk";
import type { Address, Hex } from "viem";
import type { Bill } from "./rows.ts";

/** Names the format of an exported statement, and its version. */
const FORMAT = "stelai-statement/1";

/** The chain and the meter that a statement is checked against. */
export interface Meter {
  readonly chainId: number;
  readonly genesisHash: Hex;
  readonly inferenceMeter: Address;
}

/** A statement outside of the relayer, complete for anyone to check against the chain. */
export interface StatementFile extends Meter {
  readonly operator: Address;
  readonly tabId: bigint;
  readonly bill: Bill;
}

/** What is wrong with a file. */
export class StatementFileError extends Error {
  override readonly name = "StatementFileError";
  readonly problem: "notJson" | "otherFormat" | "field" | "otherChain";
  /** Where, for `field`. */
  readonly path: string;

  constructor(problem: StatementFileError["problem"], path = "") {
    super(`${problem} ${path}`);
    this.problem = problem;
    this.path = path;
  }
}

/** The statement with every signature, as JSON; integers as decimal strings. */
export function toFile({ bill, ...about }: StatementFile): string {
  const plain = (_key: string, value: unknown) => (typeof value === "bigint" ? value.toString() : value);
  return `${JSON.stringify({ format: FORMAT, ...about, ...bill }, plain, 2)}\n`;
}

type Read<T> = (value: unknown, path: string) => T;
type Fields<T> = { [name in keyof T]-?: Read<T[name]> };

const wrong = (path: string) => new StatementFileError("field", path);

const integer =
  (bits: number): Read<bigint> =>
  (value, path) => {
    if (typeof value !== "string" || !/^(0|[1-9][0-9]{0,77})$/.test(value)) throw wrong(path);
    const read = BigInt(value);
    if (read >> BigInt(bits) !== 0n) throw wrong(path);
    return read;
  };
const hex =
  (pattern: RegExp): Read<Hex> =>
  (value, path) => {
    if (typeof value !== "string" || !pattern.test(value)) throw wrong(path);
    return value as Hex;
  };
const text: Read<string> = (value, path) => {
  if (typeof value !== "string") throw wrong(path);
  return value;
};
const byte: Read<number> = (value, path) => {
  if (!Number.isInteger(value) || (value as number) < 0 || (value as number) > 255) throw wrong(path);
  return value as number;
};
const list =
  <T>(item: Read<T>): Read<T[]> =>
  (value, path) => {
    if (!Array.isArray(value)) throw wrong(path);
    return value.map((one, at) => item(one, `${path}[${at}]`));
  };
const orNull =
  <T>(read: Read<T>): Read<T | null> =>
  (value, path) =>
    value === null ? null : read(value, path);
const object =
  <T>(fields: Fields<T>): Read<T> =>
  (value, path) => {
    if (typeof value !== "object" || value === null) throw wrong(path);
    const given = value as Record<string, unknown>;
    const read = Object.entries<Read<unknown>>(fields).map(([name, field]) => [
      name,
      field(given[name], path ? `${path}.${name}` : name),
    ]);
    return Object.fromEntries(read) as T;
  };

const address = hex(/^0x[0-9a-fA-F]{40}$/);
const hash = hex(/^0x[0-9a-f]{64}$/);
const signature = hex(/^0x([0-9a-fA-F]{2}){64,4096}$/);
const [uint40, uint48, uint64] = [integer(40), integer(48), integer(64)];

type SignedReceipt = NonNullable<StatementEntry["receipt"]>;
type Seal = Statement["seals"][number];

const readReceipt = object<SignedReceipt["receipt"]>({
  operator: address,
  tabId: uint64,
  sequence: uint64,
  request: hash,
  response: hash,
  characterId: uint48,
  termsVersion: uint40,
  milliunits: uint48,
  quality: byte,
  amount: uint40,
  fee: uint40,
  servedAt: uint64,
  previous: hash,
});

const readBill = object<Bill>({
  entries: list(
    object<StatementEntry>({
      requestId: hash,
      characterId: uint48,
      at: uint64,
      receipt: orNull(object<SignedReceipt>({ receipt: readReceipt, signature })),
      request: orNull(
        object<NonNullable<StatementEntry["request"]>>({
          body: hash,
          maxCost: uint40,
          termsVersion: uint40,
          deadline: uint64,
          signature,
        }),
      ),
      error: orNull(object<NonNullable<StatementEntry["error"]>>({ code: text, message: text })),
    }),
  ),
  seals: list(
    object<Seal>({
      voucher: object<Seal["voucher"]>({
        operator: address,
        tabId: uint64,
        base: uint40,
        cumulative: uint40,
        lines: hash,
        receipts: hash,
      }),
      lines: list(
        object<Seal["lines"][number]>({ characterId: uint48, amount: uint40, inferences: uint48, milliunits: uint48 }),
      ),
      signature,
      sealSignature: signature,
    }),
  ),
});

/**
 * Reads an exported statement. Whether it is true is for the check to say; here only that it is one, of this chain.
 * @throws {StatementFileError}
 */
export function fromFile(content: string, here: Meter): StatementFile {
  let given: unknown;
  try {
    given = JSON.parse(content);
  } catch {
    throw new StatementFileError("notJson");
  }
  const about = given as Record<string, unknown> | null;
  if (typeof about !== "object" || about?.format !== FORMAT) throw new StatementFileError("otherFormat");
  const { genesisHash, inferenceMeter } = here;
  const isHere =
    about.chainId === here.chainId &&
    hash(about.genesisHash, "genesisHash") === genesisHash.toLowerCase() &&
    address(about.inferenceMeter, "inferenceMeter").toLowerCase() === inferenceMeter.toLowerCase();
  if (!isHere) throw new StatementFileError("otherChain");
  return {
    ...here,
    operator: address(about.operator, "operator"),
    tabId: uint64(about.tabId, "tabId"),
    bill: readBill(about, ""),
  };
}
