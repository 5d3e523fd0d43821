import { readFileSync } from "node:fs";
import { dirname, extname, resolve } from "node:path";
import {
  addressOf,
  isSplit,
  MODALITIES,
  type Modality,
  payeeOf,
  type Share,
  sortShares,
  splitOf,
  type Terms,
  VISIBILITIES,
  type Visibility,
} from "@stelai/sdk";
import { type Card, cardSchema, personaSchema, styleSchema } from "@stelai/sdk/wire";
import { type Address, getAddress, isAddress } from "viem";
import * as z from "zod";
import { parseDecimal } from "../amounts.ts";
import { UsageError } from "../failures.ts";
import { checked, type FileDocument, readDocument, readText } from "./document.ts";

/** A character as its file describes it, whole and checked; nothing has been sent anywhere. */
export type CharacterFile = {
  modality: Modality;
  visibility: Visibility;
  /** Without its picture's address, which storing it gives. */
  card: Card;
  picture: Picture | undefined;
  /** A persona, or a tool's style; undefined when the file names none. */
  persona: Record<string, unknown> | undefined;
  /** Microcredits. */
  terms: Terms;
  /** Addresses of operators, or URLs of their relayers; undefined when the file says nothing. */
  operators: readonly OperatorReference[] | undefined;
  /** Who earns; undefined when the file says nothing: then the owner does. */
  payee: { payee: bigint; shares: readonly Share[] } | undefined;
};

export type Picture = { file: string; bytes: Uint8Array<ArrayBuffer>; type: string };
export type OperatorReference = { address: Address } | { relayerUrl: string };

const PRICE = "must be credits from 0 to 1,099,511 with at most six decimals, such as 0.25";
const price = z
  .union([z.number(), z.string()], PRICE)
  .transform((value, context) => {
    const micro = parseDecimal(String(value), 6);
    if (micro !== undefined && micro >> 40n === 0n) return micro;
    context.addIssue({ code: "custom", message: PRICE });
    return z.NEVER;
  })
  .optional();

const account = z
  .string()
  .refine((text) => isAddress(text, { strict: false }), "must be an address")
  .transform((text) => getAddress(text));

const operator = z.string().transform((text, context): OperatorReference => {
  if (isAddress(text, { strict: false })) return { address: getAddress(text) };
  if (URL.canParse(text) && /^https?:$/.test(new URL(text).protocol)) return { relayerUrl: text.replace(/\/+$/, "") };
  context.addIssue({ code: "custom", message: "must be the URL of an operator's relayer, or an operator's address" });
  return z.NEVER;
});

const share = z.strictObject({
  to: account,
  percent: z.union([z.number(), z.string()]).transform((value, context) => {
    const bps = parseDecimal(String(value).replace(/%$/, ""), 2);
    if (bps !== undefined && bps > 0n && bps <= 10_000n) return Number(bps);
    context.addIssue({ code: "custom", message: "must be a percentage from 0.01 to 100" });
    return z.NEVER;
  }),
});

const { image: _image, ...cardFields } = cardSchema.shape;
/** A mind or a style in the file itself, or the path of its file. */
const mind = z
  .union([z.string().min(1), z.record(z.string(), z.unknown())], "must be a path, or its fields")
  .optional();

const fileSchema = z.strictObject({
  ...cardFields,
  modality: z.enum(MODALITIES, `must be one of ${MODALITIES.join(", ")}`).default("Chat"),
  visibility: z.enum(VISIBILITIES, `must be one of ${VISIBILITIES.join(", ")}`).default("Public"),
  picture: z.string().min(1).optional(),
  persona: mind,
  style: mind,
  prices: z
    .strictObject({ perInference: price, perUnit: price, monthly: price, annual: price, lifetime: price })
    .default({}),
  operators: z.array(operator).min(1, "must name at least one, or be left out").max(16).optional(),
  splits: z.array(share).min(1).max(32).optional(),
});

/**
 * Reads a character's file and the files that it names, which are looked for beside it.
 * @throws UsageError naming each line and field that is wrong.
 */
export function readCharacterFile(file: string): CharacterFile {
  const document = readDocument(file);
  const read = checked(document, fileSchema);
  const { modality, visibility, picture, persona, style, prices, operators, splits, ...card } = read;
  const wrong = (field: string, words: string) =>
    new UsageError(`${file} cannot be used:\n  line ${document.lineOf([field])}: ${field}: ${words}`);
  const isChat = modality === "Chat";
  if (isChat && style !== undefined) throw wrong("style", "a character that chats has a persona instead");
  if (isChat && card.tool !== undefined) throw wrong("tool", "only what makes images, videos, speech or music has one");
  if (!isChat && persona !== undefined) throw wrong("persona", "a tool has a style instead");
  if (visibility === "Private" && picture !== undefined) {
    throw wrong("picture", "a private character has none: pictures are stored where everybody can read them");
  }
  const folder = dirname(resolve(file));
  const shares = splits && sharesOf(splits, (words) => wrong("splits", words));
  const given = isChat ? persona : style;
  return {
    modality,
    visibility,
    card,
    picture:
      picture === undefined ? undefined : readPicture(resolve(folder, picture), (words) => wrong("picture", words)),
    persona: given === undefined ? undefined : readMind(document, isChat, given, card, folder),
    terms: {
      ...{ perInference: prices.perInference ?? 0n, perUnit: prices.perUnit ?? 0n },
      ...{ monthly: prices.monthly ?? 0n, annual: prices.annual ?? 0n, lifetime: prices.lifetime ?? 0n },
    },
    operators,
    payee: shares && payeeFor(shares),
  };
}

/** Who a payee is, in words. */
export function payeeWords(payee: bigint): string {
  return isSplit(payee) ? `split ${short(`0x${payee.toString(16).padStart(64, "0")}`)}` : (addressOf(payee) ?? "");
}

/** A hash that a person only has to tell from others. */
export function short(hash: string): string {
  return `${hash.slice(0, 10)}…${hash.slice(-4)}`;
}

function sharesOf(splits: readonly { to: Address; percent: number }[], wrong: (words: string) => UsageError): Share[] {
  const shares = sortShares(splits.map(({ to, percent }) => ({ recipient: payeeOf(to), bps: percent })));
  const sum = shares.reduce((total, { bps }) => total + bps, 0);
  if (sum !== 10_000) throw wrong(`the shares come to ${sum / 100} %, not to 100 %`);
  if (shares.some(({ recipient }, at) => recipient === shares[at + 1]?.recipient)) {
    throw wrong("each account has one share");
  }
  return shares;
}

/** All to one account is no split. */
function payeeFor(shares: readonly Share[]): { payee: bigint; shares: readonly Share[] } {
  const [first] = shares;
  return shares.length === 1 && first ? { payee: first.recipient, shares: [] } : { payee: splitOf(shares), shares };
}

/** What pictures begin with. */
const PICTURES: readonly (readonly [type: string, at: number, mark: readonly number[]])[] = [
  ["image/png", 0, [0x89, 0x50, 0x4e, 0x47]],
  ["image/jpeg", 0, [0xff, 0xd8, 0xff]],
  ["image/webp", 8, [0x57, 0x45, 0x42, 0x50]],
];

function readPicture(file: string, wrong: (words: string) => UsageError): Picture {
  let bytes: Uint8Array<ArrayBuffer>;
  try {
    bytes = new Uint8Array(readFileSync(file));
  } catch {
    throw wrong(`${file} cannot be read: there is no such file`);
  }
  const type = PICTURES.find(([, at, mark]) => mark.every((byte, index) => bytes[at + index] === byte))?.[0];
  if (type === undefined) throw wrong(`${file} is no picture: give a PNG, JPEG or WebP`);
  return { file, bytes, type };
}

/** A persona or style: in the file, in a file of its own, or a text that says who the character is. */
function readMind(
  document: FileDocument,
  isChat: boolean,
  given: string | Record<string, unknown>,
  card: Card,
  folder: string,
): Record<string, unknown> {
  const field = isChat ? "persona" : "style";
  const named = { name: card.name, ...(isChat ? {} : { kind: "style" }) };
  const schema = isChat ? personaSchema : styleSchema;
  // What is hashed is what was written, not what the schema makes of it.
  if (typeof given !== "string") {
    const mind = { ...named, ...given };
    checked({ ...document, data: mind, lineOf: (path) => document.lineOf([field, ...path]) }, schema);
    return mind;
  }
  const file = resolve(folder, given);
  if (/^\.(ya?ml|json)$/i.test(extname(file))) {
    const own = readDocument(file);
    const mind = { ...named, ...(own.data as object) };
    checked({ ...own, data: mind }, schema);
    return mind;
  }
  const text = readText(file).trim();
  const { greeting, openers } = card;
  const mind = isChat
    ? {
        ...named,
        systemPrompt: text,
        ...(greeting === undefined ? {} : { greeting }),
        ...(openers.length === 0 ? {} : { openers: openers.slice(0, 3) }),
      }
    : { ...named, instructions: text };
  checked({ file, data: mind, lineOf: () => 1 }, schema);
  return mind;
}
