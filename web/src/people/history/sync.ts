/** Brings the conversations of this browser and those at the operator to the same state. */
import { HistoryConflictError, NotFoundError } from "@stelai/sdk";
import type { Conversation } from "../../chat/conversation.ts";
import { nameOf, open, seal } from "./cipher.ts";
import { type HistoryKey, OtherKeyError } from "./key.ts";
import { answered, mergeRecords, saysTheSame } from "./merge.ts";
import { decodeRecord, encodeRecord, type HistoryRecord } from "./record.ts";

/** How often another device may come between before the rest waits for the next time. */
const TRIES = 5;

/** The operator's side: the SDK's `relayer` has it. */
export interface Remote {
  listHistory(): Promise<readonly { id: string; version: number }[]>;
  getHistory(entry: { id: string }): Promise<{ version: number; data: string }>;
  putHistory(entry: { id: string; replaces: number | null; data: string }): Promise<{ version: number }>;
}

/** What was last the same on both sides. */
export interface Synced {
  readonly version: number;
  /** The record as it was written, in clear: this browser keeps the conversation in clear, too. */
  readonly record: string;
}

/** This browser's side. */
export interface Local {
  /** Ids of characters that were talked to here. */
  characters(): Promise<readonly string[]>;
  read(characterId: string): Promise<Conversation | undefined>;
  /** Puts a merged conversation in the place of `before`. @returns False when it has changed meanwhile. */
  write(characterId: string, conversation: Conversation, before: Conversation | undefined): Promise<boolean>;
  synced(name: string): Promise<Synced | undefined>;
  remember(name: string, synced: Synced): Promise<void>;
}

export interface Sides {
  readonly key: HistoryKey;
  readonly remote: Remote;
  readonly local: Local;
}

/** Thrown when everything was deleted at the operator by another browser: nothing is sent there again unasked. */
export class DeletedElsewhereError extends Error {
  override readonly name = "DeletedElsewhereError";
}

/**
 * Synchronises every conversation of either side.
 * @returns How many the operator keeps now.
 * @throws OtherKeyError, DeletedElsewhereError, or what the relayer says.
 */
export async function syncAll(sides: Sides): Promise<number> {
  const { key, remote, local } = sides;
  const listed = new Map((await remote.listHistory()).map(({ id, version }) => [id, version]));
  const names = new Map<string, string>();
  for (const characterId of await local.characters()) names.set(await nameOf(key, characterId), characterId);
  if (listed.size === 0) {
    for (const name of names.keys()) if (await local.synced(name)) throw new DeletedElsewhereError();
  }
  let kept = 0;
  for (const name of new Set([...listed.keys(), ...names.keys()])) {
    if (await syncOne(sides, name, names.get(name), listed.get(name))) kept++;
  }
  return kept;
}

/** Synchronises the conversation with one character after it changed here. */
export async function syncCharacter(sides: Sides, characterId: string): Promise<void> {
  const name = await nameOf(sides.key, characterId);
  // Written over what was there last: that another device came between is told by the conflict.
  await syncOne(sides, name, characterId, (await sides.local.synced(name))?.version);
}

/** @returns Whether the operator keeps it now. */
async function syncOne(
  sides: Sides,
  name: string,
  knownAs: string | undefined,
  listedVersion: number | undefined,
): Promise<boolean> {
  const { key, remote, local } = sides;
  let version = listedVersion;
  for (let tried = 0; tried < TRIES; tried++) {
    const last = await local.synced(name);
    const theirs = await theirsOf(sides, name, version, last);
    if (theirs === "newer") return true;
    const characterId = knownAs ?? theirs?.record.characterId;
    if (characterId === undefined) return theirs !== undefined;
    const stored = await local.read(characterId);
    const ours = oursOf(characterId, stored, last);
    const before = last && decodeRecord(last.record);
    // Deleted there, and unchanged here since: it stays deleted.
    if (!theirs && before && isSame(before, sendable(ours))) return false;
    const merged = theirs ? mergeRecords(theirs.record, ours) : ours;
    const isNewHere = !stored || !saysTheSame(merged.conversation, stored);
    // It has changed here meanwhile: once more, with what it is now.
    if (isNewHere && !(await local.write(characterId, merged.conversation, stored))) continue;
    const next = sendable(merged);
    const record = encodeRecord(next);
    if (theirs && isSame(theirs.record, next)) {
      await local.remember(name, { version: theirs.version, record });
      return true;
    }
    if (!theirs && next.conversation.turns.length === 0) return false;
    const data = await seal(key, name, record);
    try {
      const written = await remote.putHistory({ id: name, replaces: theirs?.version ?? null, data });
      await local.remember(name, { version: written.version, record });
      return true;
    } catch (error) {
      if (!(error instanceof HistoryConflictError)) throw error;
      version = Number.NaN; // another one: it is read anew
    }
  }
  return version !== undefined;
}

/** What the operator has; undefined when nothing, `newer` when a newer dApp wrote it. */
async function theirsOf(
  { key, remote }: Sides,
  name: string,
  version: number | undefined,
  last: Synced | undefined,
): Promise<{ version: number; record: HistoryRecord } | "newer" | undefined> {
  if (version === undefined) return undefined;
  if (version === last?.version) {
    const record = decodeRecord(last.record);
    return record ? { version, record } : "newer";
  }
  let entry: Awaited<ReturnType<Remote["getHistory"]>>;
  try {
    entry = await remote.getHistory({ id: name });
  } catch (error) {
    if (error instanceof NotFoundError) return undefined;
    throw error;
  }
  const plain = await open(key, name, entry.data).catch((cause: unknown) => {
    throw new OtherKeyError("another key encrypted this", { cause });
  });
  const record = decodeRecord(plain);
  return record ? { version: entry.version, record } : "newer";
}

/** What this browser has. Where nothing is left of what was last sent, it was deleted here on purpose. */
function oursOf(characterId: string, stored: Conversation | undefined, last: Synced | undefined): HistoryRecord {
  const before = last && decodeRecord(last.record);
  const sent = before?.conversation.turns ?? [];
  const conversation = stored ?? { turns: [], chosen: {} };
  const isLeft = conversation.turns.some((turn) => sent.some(({ at, role }) => at === turn.at && role === turn.role));
  const wasCleared = stored !== undefined && sent.length > 0 && !isLeft;
  const clearedAt = before?.clearedAt ?? 0;
  return { characterId, conversation, clearedAt: wasCleared ? Math.max(...sent.map(({ at }) => at)) : clearedAt };
}

function isSame(one: HistoryRecord, other: HistoryRecord): boolean {
  return one.clearedAt === other.clearedAt && saysTheSame(one.conversation, other.conversation);
}

function sendable(record: HistoryRecord): HistoryRecord {
  return { ...record, conversation: answered(record.conversation) };
}
