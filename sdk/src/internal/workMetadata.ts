/**
 * Reads a work's metadata as `workMetadataSchema` (wireMarket.ts) has it, without the schema library: an action must stay
 * small. It is a stranger's: what it shows is cleaned, and what it points at is on IPFS or nowhere.
 */
import type { Address, Hex } from "viem";
import { MODALITIES, QUALITIES } from "../pricing.ts";
import type { WorkMetadata } from "../wireMarket.ts";

/** Reads one value. @throws TypeError with its name and what is wrong with it. */
type Read<T> = (value: unknown, name: string) => T;
type Shape = Record<string, Read<unknown>>;
type Of<S extends Shape> = { [Key in keyof S]: ReturnType<S[Key]> };

/** Controls but line feed and tab, marks and overrides of direction, invisible blanks, line separators, half pairs. */
const UNFIT = /[\p{Cc}\p{Cs}\u00AD\u061C\u180E\u200B\u200E\u200F\u2028-\u202E\u2060-\u206F\uFEFF\uFFF9-\uFFFB]/gu;
/** Where the schema names no longest, this is it. */
const LONGEST = 256;
const CID = "(?:Qm[1-9A-HJ-NP-Za-km-z]{44}|b[a-z2-7]{58,90})";

function need(isFit: boolean, name: string, what: string): asserts isFit {
  if (!isFit) throw new TypeError(`${name} is ${what}`);
}

/** A stranger's text without what would have it read otherwise than it is written. */
export const cleanText = (words: string) =>
  words.replace(UNFIT, (mark) => (mark === "\n" || mark === "\t" ? mark : /\p{Cs}/u.test(mark) ? "\uFFFD" : ""));

function text(most = LONGEST, fewest = 0): Read<string> {
  return (value, name) => {
    need(typeof value === "string", name, "no text");
    const words = cleanText(value).trim();
    need(words.length >= fewest && words.length <= most, name, `not ${fewest} to ${most} characters long`);
    return words;
  };
}

function matching<T extends string>(pattern: RegExp, most = LONGEST): Read<T> {
  return (value, name) => {
    need(typeof value === "string" && value.length <= most && pattern.test(value), name, "not written as it should be");
    return value as T;
  };
}

function oneOf<const T>(values: readonly T[]): Read<T> {
  return (value, name) => {
    const found = values.find((each) => each === value);
    need(found !== undefined, name, "none of what it can be");
    return found;
  };
}

function integer(least = Number.MIN_SAFE_INTEGER, most = Number.MAX_SAFE_INTEGER): Read<number> {
  return (value, name) => {
    need(Number.isSafeInteger(value) && Number(value) >= least && Number(value) <= most, name, "no fit integer");
    return Number(value);
  };
}

/** An integer in a string, as large ones travel. */
function uint(bits: number): Read<bigint> {
  return (value, name) => {
    const isDecimal = typeof value === "string" && /^(0|[1-9][0-9]{0,77})$/.test(value);
    need(isDecimal && BigInt(value as string) >> BigInt(bits) === 0n, name, `no integer of ${bits} bits in a string`);
    return BigInt(value as string);
  };
}

function list<T>(read: Read<T>, most: number): Read<T[]> {
  return (value, name) => {
    need(Array.isArray(value) && value.length <= most, name, `no list of at most ${most}`);
    return value.map((each, at) => read(each, `${name}[${at}]`));
  };
}

const orNull =
  <T>(read: Read<T>): Read<T | null> =>
  (value, name) =>
    value === null ? null : read(value, name);

const or =
  <T>(read: Read<T>, absent: T): Read<T> =>
  (value, name) =>
    value === undefined ? absent : read(value, name);

/** An object with what it needs and what it may have; the rest is dropped. */
function object<S extends Shape, O extends Shape>(needs: S, may: O): Read<Of<S> & Partial<Of<O>>> {
  return (value, name) => {
    need(typeof value === "object" && value !== null, name, "no object");
    const found = value as Record<string, unknown>;
    const named = (key: string) => (name === "" ? key : `${name}.${key}`);
    const all = Object.entries(needs).map(([key, read]) => [key, read(found[key], named(key))] as const);
    const some = Object.entries(may)
      .filter(([key]) => found[key] !== undefined)
      .map(([key, read]) => [key, read(found[key], named(key))] as const);
    return Object.fromEntries([...all, ...some]) as Of<S> & Partial<Of<O>>;
  };
}

const hash: Read<Hex> = (value, name) => matching<Hex>(/^0x[0-9a-fA-F]{64}$/)(value, name).toLowerCase() as Hex;
const address = matching<Address>(/^0x[0-9a-fA-F]{40}$/);
const signature = matching<Hex>(/^0x([0-9a-fA-F]{2}){64,4096}$/, 8_194);
const cid = matching<string>(new RegExp(`^${CID}$`));
const modality = oneOf(["Image", "Video", "Voice", "Music"] as const satisfies readonly (typeof MODALITIES)[number][]);
const size = { width: integer(), height: integer() };

const preview = object(
  {
    uri: matching<string>(new RegExp(`^ipfs://${CID}$`)),
    // Nothing that could hold a script is shown.
    mediaType: matching<string>(/^(image\/(png|jpeg|webp|gif|avif)|video\/(mp4|webm)|audio\/(mpeg|wav|ogg|flac|mp4))$/),
  },
  size,
);

const file = object(
  {
    mediaType: oneOf([
      ...(["image/png", "image/jpeg", "image/webp", "video/mp4"] as const),
      ...(["audio/wav", "audio/mpeg", "audio/flac", "audio/ogg"] as const),
    ]),
    bytes: integer(),
    contentHash: hash,
    cid,
  },
  {
    ...size,
    seconds: ((value, name) => {
      need(Number.isFinite(value), name, "no number");
      return value as number;
    }) satisfies Read<number>,
    sampleRate: integer(),
    channels: integer(),
    peaks: list(integer(0, 100), 512),
  },
);

const receipt = object(
  {
    ...{ operator: address, tabId: uint(64), sequence: uint(64), request: hash, response: hash },
    ...{ characterId: uint(48), termsVersion: uint(40), milliunits: uint(48), quality: integer(0, 255) },
    ...{ amount: uint(40), fee: uint(40), servedAt: uint(64), previous: hash },
  },
  {},
);

const provenance = object(
  {
    ...{ version: oneOf([1]), generation: text(), operator: address, chainId: integer() },
    ...{ characterId: uint(48), termsVersion: uint(64), promptHash: hash, contentHash: hash },
    ...{ mediaType: text(), bytes: integer(), modality: oneOf(MODALITIES), quality: oneOf(QUALITIES) },
    ...{ seed: integer(), engine: object({ name: text(), label: text() }, {}), madeAt: integer() },
    receipt: orNull(object({ receipt, signature }, {})),
  },
  {},
);

const word: Read<string> = (value, name) => {
  const found = text(32, 1)(value, name).toLowerCase();
  need(/^[\p{L}\p{N}][\p{L}\p{N} '&-]*$/u.test(found), name, "not made of letters, digits, blanks, - & and '");
  return found;
};

const metadata: Read<WorkMetadata> = object(
  {
    version: oneOf([1]),
    kind: oneOf(["work"]),
    title: (value, name) => text(120, 1)(value, name).replace(/\s+/g, " "),
    description: or(text(4_000), ""),
    tags: or(list(word, 12), []),
    ...{ modality, file, preview, provenance: orNull(provenance) },
  },
  { poster: preview },
);

/**
 * What the bytes behind a work's address say.
 * @throws TypeError with what is wrong with them, in words.
 */
export function readWorkMetadata(bytes: Uint8Array): WorkMetadata {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    throw new TypeError("it is no JSON");
  }
  return metadata(value, "");
}
