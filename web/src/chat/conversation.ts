/**
 * A conversation as a tree: editing a message or asking again for an answer adds a branch and loses nothing. What is
 * shown, and sent, is the path to one leaf.
 */
export type Role = "user" | "assistant";

/** `streaming` ends in one of the others; the person's own messages are always `done`. */
export type TurnState = "streaming" | "done" | "stopped" | "failed";

export interface Turn {
  readonly id: number;
  /** The turn it follows; 0 for the first. */
  readonly parent: number;
  readonly role: Role;
  readonly content: string;
  readonly state: TurnState;
  /** Microcredits charged; undefined while unknown, zero for a free or failed answer. */
  readonly cost?: bigint | undefined;
  /** Whether a pass covered it. */
  readonly included?: boolean | undefined;
  /** Number of the receipt within its tab. */
  readonly receipt?: bigint | undefined;
  /** Why it failed, in words. */
  readonly failure?: string | undefined;
  /** Id of the generation that reads it out, once somebody asked for that. */
  readonly spoken?: string | undefined;
  /** Unix time in seconds. */
  readonly at: number;
}

export interface Conversation {
  readonly turns: readonly Turn[];
  /** Which branch is shown: the chosen child of each turn that has several. */
  readonly chosen: Readonly<Record<number, number>>;
}

export const EMPTY: Conversation = { turns: [], chosen: {} };

/** The turns that follow `parent`, oldest first. */
export function branches({ turns }: Conversation, parent: number): readonly Turn[] {
  return turns.filter((turn) => turn.parent === parent);
}

/** What is shown: from the first turn along the chosen branches; the newest where none was chosen. */
export function path(conversation: Conversation): readonly Turn[] {
  const shown: Turn[] = [];
  for (let parent = 0; ; ) {
    const options = branches(conversation, parent);
    const turn = options.find(({ id }) => id === conversation.chosen[parent]) ?? options.at(-1);
    if (!turn) return shown;
    shown.push(turn);
    parent = turn.id;
  }
}

/** Adds a turn below `parent` and shows its branch. */
export function add(conversation: Conversation, turn: Omit<Turn, "id">): { conversation: Conversation; turn: Turn } {
  const id = Math.max(0, ...conversation.turns.map((other) => other.id)) + 1;
  const added = { ...turn, id };
  return {
    conversation: {
      turns: [...conversation.turns, added],
      chosen: { ...conversation.chosen, [turn.parent]: id },
    },
    turn: added,
  };
}

/** Changes one turn. */
export function change(conversation: Conversation, id: number, changes: Partial<Omit<Turn, "id">>): Conversation {
  const turns = conversation.turns.map((turn) => (turn.id === id ? { ...turn, ...changes } : turn));
  return { ...conversation, turns };
}

/** Takes back a turn that nothing follows, as if it had not been added. */
export function remove(conversation: Conversation, id: number): Conversation {
  const gone = conversation.turns.find((turn) => turn.id === id);
  if (!gone || branches(conversation, id).length > 0) return conversation;
  const turns = conversation.turns.filter((turn) => turn.id !== id);
  const { [gone.parent]: chosen, ...others } = conversation.chosen;
  const keep = chosen === undefined || chosen === id ? others : conversation.chosen;
  return { turns, chosen: keep };
}

/** Shows another branch beside `id`: the one before (-1) or after (+1). */
export function step(conversation: Conversation, id: number, by: -1 | 1): Conversation {
  const turn = conversation.turns.find((one) => one.id === id);
  if (!turn) return conversation;
  const options = branches(conversation, turn.parent);
  const next = options[options.findIndex((one) => one.id === id) + by];
  return next ? { ...conversation, chosen: { ...conversation.chosen, [turn.parent]: next.id } } : conversation;
}

/** The messages to send so that an answer follows the turn `id`; failed and empty answers are left out. */
export function messagesTo(conversation: Conversation, id: number): { role: Role; content: string }[] {
  const byId = new Map(conversation.turns.map((turn) => [turn.id, turn]));
  const messages: { role: Role; content: string }[] = [];
  for (let turn = byId.get(id); turn; turn = byId.get(turn.parent)) {
    if (turn.content !== "") messages.unshift({ role: turn.role, content: turn.content });
  }
  return messages;
}

/** What all answers cost, those of hidden branches included. */
export function totalCost({ turns }: Conversation): bigint {
  return turns.reduce((sum, turn) => sum + (turn.cost ?? 0n), 0n);
}

/** How many answers a pass covered, those of hidden branches included. */
export function countIncluded({ turns }: Conversation): number {
  return turns.filter(({ included }) => included).length;
}

/** After a reload nothing streams any more: what had come stays. */
export function settled(conversation: Conversation): Conversation {
  const turns = conversation.turns.map((turn) =>
    turn.state === "streaming" ? { ...turn, state: "stopped" as const } : turn,
  );
  return { ...conversation, turns };
}

/** The shown path as Markdown, to keep. */
export function toMarkdown(conversation: Conversation, names: { person: string; character: string }): string {
  return path(conversation)
    .map((turn) => `**${turn.role === "user" ? names.person : names.character}**\n\n${turn.content}\n`)
    .join("\n");
}
