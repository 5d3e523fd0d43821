/** A conversation as it is encrypted: JSON with its character, amounts as decimal strings. */
import type { Conversation, Turn } from "../../chat/conversation.ts";

export interface HistoryRecord {
  readonly characterId: string;
  readonly conversation: Conversation;
  /** Everything said until then was deleted on purpose. Unix seconds; 0 when nothing was. */
  readonly clearedAt: number;
}

const VERSION = 1;

type Written = Omit<Turn, "cost" | "receipt"> & { cost?: string; receipt?: string };

/** Writes a record. */
export function encodeRecord({ characterId, conversation, clearedAt }: HistoryRecord): string {
  const turns = conversation.turns.map(({ cost, receipt, ...turn }): Written => {
    return {
      ...turn,
      ...(cost === undefined ? {} : { cost: String(cost) }),
      ...(receipt === undefined ? {} : { receipt: String(receipt) }),
    };
  });
  return JSON.stringify({ version: VERSION, characterId, clearedAt, turns, chosen: conversation.chosen });
}

/** Reads a record. @returns undefined when a newer version of the dApp wrote it. */
export function decodeRecord(text: string): HistoryRecord | undefined {
  const { version, characterId, clearedAt, turns, chosen } = JSON.parse(text) as {
    version: number;
    characterId: string;
    clearedAt: number;
    turns: Written[];
    chosen: Record<number, number>;
  };
  if (version !== VERSION) return undefined;
  const conversation: Conversation = {
    turns: turns.map(({ cost, receipt, ...turn }): Turn => {
      return {
        ...turn,
        ...(cost === undefined ? {} : { cost: BigInt(cost) }),
        ...(receipt === undefined ? {} : { receipt: BigInt(receipt) }),
      };
    }),
    chosen,
  };
  return { characterId, conversation, clearedAt };
}
