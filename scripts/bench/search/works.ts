/** Many works that differ as works do: words by how often they are used, creators who made one or a hundred. */
import { createHash } from "node:crypto";
import { CID } from "multiformats/cid";
import * as raw from "multiformats/codecs/raw";
import { create } from "multiformats/hashes/digest";
import { keccak256, toHex } from "viem";

const MODALITIES = ["Image", "Video", "Voice", "Music"] as const;
const TIERS = ["Personal", "Commercial", "Exclusive"] as const;
const SHA2_256 = 0x12;
const WORDS = 6_000;
const TAGS = 240;
const CREATORS = 700;
const DAY = 86_400;

type Row = Record<string, string | number | boolean | null>;
/** Rows by the index's tables. */
export type Rows = Record<"work" | "offer" | "licence" | "work_payer" | "work_review", Row[]>;

/** What the index and its gateway are filled with. */
export type Market = {
  rows: Rows;
  /** JSON by CID. */
  files: Map<string, string>;
  names: Map<string, string>;
  titles: string[];
};

/** The same number from 0 to 1 for the same seed and turn, on every machine (mulberry32). */
export function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** So many works, made by `now` (Unix seconds). */
export function marketOf(count: number, now: number): Market {
  const random = randomFrom(7);
  const below = (most: number) => Math.floor(random() * most);
  // Few words make most of a text, and most words stand in few.
  const rare = (most: number) => Math.floor(most * random() ** 3);
  const vocabulary = wordsFrom(random);
  const word = () => vocabulary[rare(WORDS)] ?? "";
  const text = (length: number) => Array.from({ length }, word).join(" ");
  const creators = Array.from({ length: CREATORS }, (_, index) => addressOf(`creator ${index}`));
  const names = new Map(creators.map((creator) => [creator, text(2)]));
  const rows: Rows = { work: [], offer: [], licence: [], work_payer: [], work_review: [] };
  const files = new Map<string, string>();
  const titles: string[] = [];

  for (let id = 1; id <= count; id++) {
    const modality = MODALITIES[below(4)] ?? "Image";
    const creator = creators[rare(CREATORS)] ?? "";
    const title = text(2 + below(4));
    titles.push(title);
    const tags = [...new Set(Array.from({ length: 2 + below(5) }, () => vocabulary[rare(TAGS)] ?? ""))];
    const metadata = metadataOf({ id, title, description: text(15 + below(60)), tags, modality });
    const cid = cidOf(metadata);
    files.set(cid, metadata);
    const createdAt = now - below(400 * DAY);
    const sold = rare(8);
    const reviews = sold === 0 ? 0 : below(sold);
    const ratings = Array.from({ length: reviews }, () => 2 + below(4));
    const firstOffer = rows.offer.length + 1;
    for (let place = 0; place < 1 + below(3); place++) {
      const price = String((1 + rare(900)) * 1_000_000);
      const terms = {
        price,
        supply: "0",
        sold: String(place === 0 ? sold : 0),
        duration: below(3) === 0 ? "2592000" : "0",
      };
      const offer = { ...terms, tier: TIERS[place] ?? "Personal", attestor: creator, terms_hash: hashOf("terms") };
      const own = { id: String(rows.offer.length + 1), work_id: String(id), payee: creator, epoch: 1, closed: false };
      rows.offer.push({ ...offer, ...own, ...where(createdAt) });
    }
    const price = rows.offer[firstOffer - 1]?.price ?? "0";
    for (let sale = 0; sale < sold; sale++) {
      const payer = addressOf(`payer ${id} ${sale}`);
      const at = Math.min(now, createdAt + below(60 * DAY));
      const parties = { holder: payer, payer, recipient: payer, seller: creator, payee: creator };
      const state = {
        status: "Released",
        since: String(at),
        due_at: null,
        expiry: "0",
        moves: 0,
        earned: price,
        bond: null,
      };
      const order = { id: String(rows.licence.length + 1), offer_id: String(firstOffer), work_id: String(id) };
      const terms = { tier: "Personal", price, commission_bps: 250, evidence_uri: null, last_resale: null };
      rows.licence.push({ ...order, ...terms, ...parties, ...state, ...where(at) });
      rows.work_payer.push({ work_id: String(id), payer, paid: price, refunded: "0" });
      const rating = ratings[sale];
      if (rating === undefined) continue;
      const review = {
        work_id: String(id),
        author: payer,
        id: `${id}-${sale}`,
        rating,
        text_uri: "",
        licence_id: order.id,
      };
      const none = { edited_at: null, reply_text_uri: null, reply_at: null, reply_by: null };
      rows.work_review.push({ ...review, ...none, ...where(at) });
    }
    rows.work.push({
      ...{
        id: String(id),
        creator,
        owner: creator,
        owner_since: String(createdAt),
        modality,
        metadata_uri: `ipfs://${cid}`,
      },
      ...{ content_hash: hashOf(`file ${id}`), receipt: below(2) === 0 ? hashOf(`receipt ${id}`) : null },
      ...{
        payee: creator,
        owner_payee: creator,
        royalty_payee: creator,
        royalty_bps: 500,
        allows_derivatives: below(2) === 0,
      },
      ...{ derivative_bps: 1_000, depth: 0, derivatives: 0, epoch: 1, suspended: false, created_at: String(createdAt) },
      ...{ created_block: "1", created_transaction: hashOf(`work ${id}`), updated_at: String(createdAt), sold },
      ...{ earned: "0", royalties: "0", reviews, stars: ratings.reduce((sum, rating) => sum + rating, 0) },
      ...{
        exclusive: "0",
        exclusive_until: "0",
        perpetual: 0,
        dated: 0,
        first_dated: "0",
        dated_until: "0",
        last_resale: null,
      },
    });
  }
  return { rows, files, names, titles };
}

function metadataOf({
  id,
  modality,
  ...words
}: Record<"title" | "description" | "modality", string> & { id: number; tags: string[] }) {
  const contentHash = hashOf(`file ${id}`);
  return JSON.stringify({
    ...{ version: 1, kind: "work", ...words, modality },
    file: {
      mediaType: "image/png",
      bytes: 1_000_000,
      width: 1024,
      height: 1024,
      contentHash,
      cid: cidOf(`file ${id}`),
    },
    preview: { uri: `ipfs://${cidOf(`preview ${id}`)}`, mediaType: "image/webp", width: 512, height: 512 },
    provenance: null,
  });
}

/** Invented words, the most used ones first: pronounceable, and with beginnings in common as words have. */
function wordsFrom(random: () => number): string[] {
  const pick = (letters: string[]) => letters[Math.floor(random() * letters.length)] ?? "";
  const heads = "b br c ch cl d dr f fl g gr h j k l m n p pr qu r s sh st t th tr v w z".split(" ");
  const cores = "a e i o u ai ea oo ou".split(" ");
  const tails = ["", "", "", "l", "m", "n", "nd", "r", "rn", "s", "st", "t"];
  const words = new Set<string>();
  while (words.size < WORDS) {
    const length = 1 + Math.floor(random() * 3);
    words.add(Array.from({ length }, () => pick(heads) + pick(cores) + pick(tails)).join(""));
  }
  return [...words];
}

function where(at: number) {
  return { block: "1", timestamp: String(at), transaction: hashOf(`at ${at}`) };
}

function hashOf(text: string): string {
  return keccak256(toHex(text));
}

function addressOf(text: string): string {
  return hashOf(text).slice(0, 42);
}

function cidOf(text: string): string {
  return CID.createV1(raw.code, create(SHA2_256, createHash("sha256").update(text).digest())).toString();
}
