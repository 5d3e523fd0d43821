/**
 * The catalogues that search answers from: works and public characters in memory, following tables and texts. Whatever
 * is asked for is as new as the tables, but for the moment that reading them takes.
 */
import { setImmediate as breathe } from "node:timers/promises";
import type { Address } from "viem";
import { readEnvironment } from "../../../environment.ts";
import { CharacterCatalogue } from "../../search/characters.ts";
import { WorkCatalogue } from "../../search/works.ts";
import { onTexts, startTexts } from "../../texts/index.ts";
import { chainHead } from "../clock.ts";
import { type CharacterRows, characterEntry, readCharacters } from "./characters.ts";
import { BUCKET, bucketPrints, changedIn, fingerprints } from "./fingerprints.ts";
import { readWorks, turnOf, type WorkRows, workEntry } from "./works.ts";

export const works = new WorkCatalogue();
export const characters = new CharacterCatalogue();
/** What hits are made of. */
export const workRows = new Map<bigint, WorkRows>();
export const characterRows = new Map<bigint, CharacterRows>();

/** Milliseconds between looks while nobody asks. */
const PAUSE = 1_000;
/** Without a new block it is looked all the same every so many times: a block may be replaced by another of its time. */
const LOOKS_TO_CERTAINTY = 5;

/** What tells works from characters here. */
type Kind<Rows> = {
  rows: Map<bigint, Rows>;
  read: (first: bigint, last: bigint, now: bigint) => Promise<Map<bigint, Rows>>;
  put: (rows: Rows, now: bigint) => void;
  remove: (id: number) => void;
  /** What the tables were when they were read, altogether and by bucket. */
  seen: { print: string; buckets: Map<number, string> };
};

const kinds: { works: Kind<WorkRows>; characters: Kind<CharacterRows> } = {
  works: {
    rows: workRows,
    read: readWorks,
    put: putWork,
    remove: (id) => works.remove(id),
    seen: { print: "", buckets: new Map() },
  },
  characters: {
    rows: characterRows,
    read: readCharacters,
    put: putCharacter,
    remove: (id) => characters.remove(id),
    seen: { print: "", buckets: new Map() },
  },
};

let seenAt = { checkpoint: "", now: 0n };
let looks = 0;
/** Whether all of the tables was read once. */
let wasRead = false;
let looking: Promise<void> | undefined;
/** The look after that one: it sees what was written while that one read. */
let lookingNext: Promise<void> | undefined;
/** Milliseconds that a question waits for what is new; then it is answered from what is there. */
let patience = 0;
/** By the address of a text, and of an account: whose entries hold it. */
const uses = new Map<string, { works: Set<bigint>; characters: Set<bigint> }>();
/** When time alone changes a work. */
const turns = new Map<bigint, bigint>();

/** Begins to follow. */
export function follow(): void {
  const { gateways, relayerUrl, dataDir, searchPatienceMs } = readEnvironment(process.env);
  patience = searchPatienceMs;
  onTexts({ text: putAgain, name: putAgain });
  startTexts({ gateways, relayerUrl, directory: dataDir });
  const again = () => {
    // A database that does not answer now is asked again.
    look()
      .catch(() => undefined)
      .finally(() => setTimeout(again, PAUSE).unref());
  };
  again();
}

/**
 * Waits until the catalogues hold what the tables do, but not long, and not for a database that fails: then what was read
 * last is as good as it gets. Returns the time as `chainNow` says it.
 * @throws what the database does as long as nothing was read yet: nothing found would be untrue
 */
export async function untilFresh(): Promise<bigint> {
  if (!wasRead) {
    await look();
    return seenAt.now;
  }
  let timer: NodeJS.Timeout | undefined;
  const enough = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, patience);
  });
  await Promise.race([look().catch(() => undefined), enough]);
  clearTimeout(timer);
  return seenAt.now;
}

/** One at a time: whoever asks during one shares the next. */
function look(): Promise<void> {
  if (looking !== undefined) {
    lookingNext ??= looking
      .catch(() => undefined)
      .then(() => {
        lookingNext = undefined;
        return look();
      });
    return lookingNext;
  }
  looking = lookNow().finally(() => {
    looking = undefined;
  });
  return looking;
}

async function lookNow(): Promise<void> {
  const head = await chainHead();
  const isNew = head.checkpoint !== seenAt.checkpoint;
  seenAt = head;
  for (const [id, turn] of turns) {
    const rows = turn <= head.now ? workRows.get(id) : undefined;
    if (rows) putWork(rows, head.now);
  }
  looks += 1;
  if (wasRead && !isNew && looks % LOOKS_TO_CERTAINTY !== 0) return;
  const prints = await fingerprints();
  if (prints.works !== kinds.works.seen.print) {
    await catchUp(kinds.works, await bucketPrints("works"), head.now);
    kinds.works.seen.print = prints.works;
  }
  if (prints.characters !== kinds.characters.seen.print) {
    await catchUp(kinds.characters, await bucketPrints("characters"), head.now);
    kinds.characters.seen.print = prints.characters;
  }
  wasRead = true;
}

/** Reads what changed. What was read counts as seen at once, so a failure later reads no more than is left. */
async function catchUp<Rows>(kind: Kind<Rows>, found: ReadonlyMap<number, string>, now: bigint): Promise<void> {
  const { buckets } = kind.seen;
  for (const bucket of changedIn(buckets, found)) {
    const first = BigInt(bucket * BUCKET);
    const last = first + BigInt(BUCKET - 1);
    const fresh = await kind.read(first, last, now);
    for (let id = first; id <= last; id += 1n) {
      const rows = fresh.get(id);
      if (rows) {
        kind.rows.set(id, rows);
        kind.put(rows, now);
      } else if (kind.rows.delete(id)) {
        kind.remove(Number(id));
      }
    }
    const print = found.get(bucket);
    if (print === undefined) buckets.delete(bucket);
    else buckets.set(bucket, print);
    // Others' questions are answered in between.
    await breathe();
  }
}

function putWork(rows: WorkRows, now: bigint): void {
  const { id, metadataURI, creator } = rows.work;
  usesOf(metadataURI).works.add(id);
  usesOf(creator).works.add(id);
  const turn = turnOf(rows, now);
  if (turn === null) turns.delete(id);
  else turns.set(id, turn);
  works.put(workEntry(rows, now));
}

function putCharacter(rows: CharacterRows): void {
  const { id, metadataURI, creator } = rows.character;
  usesOf(metadataURI).characters.add(id);
  usesOf(creator).characters.add(id);
  characters.put(characterEntry(rows));
}

/** What is known of a text or an account is another. */
function putAgain(what: string | Address): void {
  const using = uses.get(what);
  for (const id of using?.works ?? []) {
    const rows = workRows.get(id);
    if (rows) putWork(rows, seenAt.now);
  }
  for (const id of using?.characters ?? []) {
    const rows = characterRows.get(id);
    if (rows) putCharacter(rows);
  }
}

function usesOf(what: string) {
  const known = uses.get(what) ?? { works: new Set<bigint>(), characters: new Set<bigint>() };
  uses.set(what, known);
  return known;
}
