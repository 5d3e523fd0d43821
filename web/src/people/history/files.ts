/** Conversations as files to keep. */
import { type Conversation, toMarkdown } from "../../chat/conversation.ts";
import { encodeRecord } from "./record.ts";

export interface Named {
  readonly characterId: string;
  /** The character's. */
  readonly name: string;
  readonly conversation: Conversation;
}

/** Every branch of every conversation, amounts in microcredits as decimal strings. */
export function asJson(all: readonly Named[]): string {
  const conversations = all.map(({ name, characterId, conversation }) => {
    const { turns, chosen } = JSON.parse(encodeRecord({ characterId, conversation, clearedAt: 0 })) as Conversation;
    return { characterId, name, turns, chosen };
  });
  return JSON.stringify({ conversations }, null, 2);
}

/** What is shown of each conversation, under the character's name. @param person What the person is called. */
export function asMarkdown(all: readonly Named[], person: string): string {
  return all
    .map(({ name, conversation }) => `# ${name}\n\n${toMarkdown(conversation, { person, character: name })}`)
    .join("\n");
}
