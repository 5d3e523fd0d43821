/** What this browser keeps for synchronised conversations: the key, what was last sent, and the conversations. */
import type { Stelai } from "@stelai/sdk";
import type { Address } from "viem";
import { tellMerged } from "../../chat/changes.ts";
import type { Conversation } from "../../chat/conversation.ts";
import { deleteChainState, listChainKeys, readChainState, writeChainState } from "../../config/chainState.ts";
import type { HistoryKey } from "./key.ts";
import { saysTheSame } from "./merge.ts";
import { type Local, type Sides, type Synced, syncAll, syncCharacter } from "./sync.ts";

const CHAT = "chat:";

function prefixOf({ client }: Stelai, account: Address): string {
  return `history:${client.relayerUrl ?? ""} ${account.toLowerCase()} `;
}

/** The key, where synchronising is on in this browser. */
export async function readKey(stelai: Stelai, account: Address): Promise<HistoryKey | undefined> {
  return readChainState<HistoryKey>(`${prefixOf(stelai, account)}key`);
}

/** Whether it was turned off here because another browser deleted everything. */
export async function wasDeletedElsewhere(stelai: Stelai, account: Address): Promise<boolean> {
  return (await readChainState<boolean>(`${prefixOf(stelai, account)}deleted`)) ?? false;
}

/** Turns synchronising off because another browser deleted everything, and remembers why. */
export async function turnOffDeleted(stelai: Stelai, account: Address): Promise<void> {
  await turnOff(stelai, account);
  await writeChainState(`${prefixOf(stelai, account)}deleted`, true);
}

/** Keeps the key: synchronising is on. Its secret cannot be read out of what is stored. */
export async function keepKey(stelai: Stelai, account: Address, key: HistoryKey): Promise<void> {
  await deleteChainState(`${prefixOf(stelai, account)}deleted`);
  await writeChainState(`${prefixOf(stelai, account)}key`, key);
}

/** Forgets key and what was sent: synchronising is off in this browser. The conversations stay. */
export function turnOff(stelai: Stelai, account: Address): Promise<void> {
  return alone(() => forget(stelai, account));
}

async function forget(stelai: Stelai, account: Address): Promise<void> {
  for (const key of await listChainKeys(prefixOf(stelai, account))) await deleteChainState(key);
}

/** Deletes what the operator keeps of the conversations, and turns synchronising off. */
export async function deleteThere(stelai: Stelai, account: Address): Promise<void> {
  await alone(async () => {
    for (const { id } of await stelai.relayer.listHistory()) await stelai.relayer.deleteHistory({ id });
    await forget(stelai, account);
  });
}

/** Every conversation of this browser, by character. */
export async function readConversations(): Promise<{ characterId: string; conversation: Conversation }[]> {
  const found = await Promise.all(
    (await listChainKeys(CHAT)).map(async (key) => {
      const conversation = await readChainState<Conversation>(key);
      return { characterId: key.slice(CHAT.length), conversation };
    }),
  );
  return found.flatMap(({ characterId, conversation }) => {
    return conversation && conversation.turns.length > 0 ? [{ characterId, conversation }] : [];
  });
}

function localOf(stelai: Stelai, account: Address): Local {
  const prefix = `${prefixOf(stelai, account)}sent:`;
  const read = (characterId: string) => readChainState<Conversation>(CHAT + characterId);
  return {
    read,
    characters: async () => (await listChainKeys(CHAT)).map((key) => key.slice(CHAT.length)),
    write: async (characterId, conversation, before) => {
      const now = await read(characterId);
      if (now && !(before && saysTheSame(now, before))) return false;
      await writeChainState(CHAT + characterId, conversation);
      tellMerged(characterId);
      return true;
    },
    synced: (name) => readChainState<Synced>(prefix + name),
    remember: (name, synced) => writeChainState(prefix + name, synced),
  };
}

function sidesOf(stelai: Stelai, account: Address, key: HistoryKey): Sides {
  return { key, remote: stelai.relayer, local: localOf(stelai, account) };
}

/** One at a time, over all pages of this browser: two would write over each other's conflicts. */
function alone<T>(work: () => Promise<T>): Promise<T> {
  return navigator.locks.request("stelai-history", work) as Promise<T>;
}

/** Synchronises everything, unless it was turned off meanwhile. @returns How many conversations the operator keeps. */
export function syncEverything(stelai: Stelai, account: Address): Promise<number> {
  return alone(async () => {
    const key = await readKey(stelai, account);
    return key ? syncAll(sidesOf(stelai, account, key)) : 0;
  });
}

/** Sends the conversation with one character, which has changed here, unless it was turned off meanwhile. */
export function syncChanged(stelai: Stelai, account: Address, characterId: string): Promise<void> {
  return alone(async () => {
    const key = await readKey(stelai, account);
    if (key) await syncCharacter(sidesOf(stelai, account, key), characterId);
  });
}
