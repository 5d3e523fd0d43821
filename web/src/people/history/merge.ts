/** Two states of one conversation, from two browsers, made one: nothing that was said on either is lost. */
import { branches, type Conversation, type Turn } from "../../chat/conversation.ts";
import type { HistoryRecord } from "./record.ts";

/** How far an answer had come, for which of two copies is the newer. */
const RANK: Readonly<Record<Turn["state"], number>> = { streaming: 0, failed: 1, stopped: 2, done: 3 };

/**
 * Whether two turns below the same parent are the same message, seen at two moments: said at the same time by the same
 * side, one text the beginning of the other. Ids are counted in each browser and say nothing.
 */
function isSame(one: Turn, other: Turn): boolean {
  if (one.role !== other.role || one.at !== other.at) return false;
  if (one.role === "user") return one.content === other.content;
  return one.content.startsWith(other.content) || other.content.startsWith(one.content);
}

/** Of two copies of a message, what came later: the longer text, then the further state, then what knows its cost. */
function newer(one: Turn, other: Turn): Turn {
  const order =
    one.content.length - other.content.length ||
    RANK[one.state] - RANK[other.state] ||
    Number(one.cost !== undefined) - Number(other.cost !== undefined);
  const [from, less] = order >= 0 ? [one, other] : [other, one];
  const { spoken: _, ...next } = { ...less, ...from, id: one.id, parent: one.parent };
  // Of two readings of the same words either does, but every browser has to choose the same one.
  const [spoken] = [from, less].flatMap((it) => (it.content === from.content ? (it.spoken ?? []) : [])).sort();
  return spoken === undefined ? next : { ...next, spoken };
}

/**
 * Adds to `kept` what `added` has and it has not; ids stay as `kept` counts them.
 * @returns `kept` itself when there was nothing to add.
 */
export function merge(kept: Conversation, added: Conversation): Conversation {
  const turns = [...kept.turns];
  const ids = new Map<number, number>([[0, 0]]);
  let last = Math.max(0, ...turns.map(({ id }) => id));
  let isChanged = false;
  // Parents have smaller ids than what follows them.
  for (const turn of [...added.turns].sort((a, b) => a.id - b.id)) {
    const parent = ids.get(turn.parent) ?? 0;
    const at = turns.findIndex((other) => other.parent === parent && isSame(other, turn));
    const same = turns[at];
    if (same) {
      ids.set(turn.id, same.id);
      const next = newer(same, turn);
      if (!isEqual(next, same)) {
        turns[at] = next;
        isChanged = true;
      }
    } else {
      ids.set(turn.id, ++last);
      turns.push({ ...turn, id: last, parent });
      isChanged = true;
    }
  }
  if (!isChanged) return kept;
  return { turns, chosen: chosenIn(turns, kept.chosen, ids, added.chosen) };
}

/** Which branches are shown: where the two differ, the one that was spoken on last. */
function chosenIn(
  turns: readonly Turn[],
  kept: Conversation["chosen"],
  ids: ReadonlyMap<number, number>,
  added: Conversation["chosen"],
): Conversation["chosen"] {
  const lastIn = (id: number): number =>
    turns.reduce((latest, turn) => {
      return turn.id === id || turn.parent === id
        ? Math.max(latest, turn.id === id ? turn.at : lastIn(turn.id))
        : latest;
    }, 0);
  const chosen = { ...kept };
  for (const [from, to] of Object.entries(added)) {
    const [parent, child] = [ids.get(Number(from)), ids.get(to)];
    if (parent === undefined || child === undefined) continue;
    const other = chosen[parent];
    if (other === undefined || lastIn(child) >= lastIn(other)) chosen[parent] = child;
  }
  return chosen;
}

function isEqual(one: Turn, other: Turn): boolean {
  const keys = new Set([...Object.keys(one), ...Object.keys(other)]) as Set<keyof Turn>;
  return [...keys].every((key) => one[key] === other[key]);
}

/** What is left of a conversation when everything said until a moment is deleted. @param at Unix seconds. */
export function clearedUntil(conversation: Conversation, at: number): Conversation {
  if (!conversation.turns.some((turn) => turn.at <= at)) return conversation;
  const byId = new Map(conversation.turns.map((turn) => [turn.id, turn]));
  const left = conversation.turns.filter((turn) => turn.at > at);
  const ids = new Set(left.map(({ id }) => id));
  // What was said after it, to something that is gone, follows what is left before that.
  const parentOf = ({ parent }: Turn): number => {
    const above = byId.get(parent);
    return above === undefined || ids.has(parent) ? (above ? parent : 0) : parentOf(above);
  };
  const chosen = Object.entries(conversation.chosen).filter(([parent, child]) => {
    return ids.has(child) && (parent === "0" || ids.has(Number(parent)));
  });
  return { turns: left.map((turn) => ({ ...turn, parent: parentOf(turn) })), chosen: Object.fromEntries(chosen) };
}

/**
 * What is worth keeping elsewhere: no answer that still comes, and no question that nothing answers, since that may
 * yet be taken back.
 */
export function answered(conversation: Conversation): Conversation {
  const isLoose = (turn: Turn): boolean =>
    turn.state === "streaming" ||
    (turn.role === "user" && branches(conversation, turn.id).every((child) => isLoose(child)));
  const turns = conversation.turns.filter((turn) => !isLoose(turn));
  return turns.length === conversation.turns.length ? conversation : { ...conversation, turns };
}

/** Whether two conversations say the same; which branch is shown is each browser's own. */
export function saysTheSame(one: Conversation, other: Conversation): boolean {
  return (
    one.turns.length === other.turns.length &&
    one.turns.every((turn, at) => {
      const beside = other.turns[at];
      return beside !== undefined && isEqual(turn, beside);
    })
  );
}

/** Two records of one conversation made one, as `kept` counts it. */
export function mergeRecords(kept: HistoryRecord, added: HistoryRecord): HistoryRecord {
  const clearedAt = Math.max(kept.clearedAt, added.clearedAt);
  const conversation = merge(clearedUntil(kept.conversation, clearedAt), clearedUntil(added.conversation, clearedAt));
  return { ...kept, conversation, clearedAt };
}
