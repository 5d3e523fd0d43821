/**
 * What works and public characters say of themselves: JSON on IPFS that the chain names by its address. It is fetched
 * beside indexing, so a gateway that is slow or down delays no block; until then everything here is null.
 */
import { join } from "node:path";
import type { Card, WorkMetadata } from "@stelai/sdk/wire";
import type { Address } from "viem";
import { NameStore } from "./names.ts";
import { readCard, readMetadata } from "./parse.ts";
import { type TextState, TextStore } from "./store.ts";

export type { TextState } from "./store.ts";

export type WorkTexts = { metadata: WorkMetadata | null; state: TextState };
export type CardTexts = { card: Card | null; state: TextState };
/** An account, and the name it chose with the operator; null: none, or not known yet. */
export type Person = { address: Address; name: string | null };

/** Told of what is known anew: an address of a text, or an account whose name is another. */
export type TextsListener = { text(uri: string): void; name(address: Address): void };

type Stores = { works: TextStore<WorkMetadata>; cards: TextStore<Card>; names: NameStore };

let stores: Stores | undefined;
const listeners = new Set<TextsListener>();

/**
 * Begins to fetch. Until then all texts wait.
 * @param gateways Asked for files, in this order.
 * @param relayerUrl Asked for names; undefined: nobody has one.
 * @param directory Where files are kept across restarts.
 */
export function startTexts({
  gateways,
  relayerUrl,
  directory,
}: {
  gateways: readonly string[];
  relayerUrl: string | undefined;
  directory: string;
}): void {
  if (stores) return;
  const changed = (uri: string) => {
    for (const listener of listeners) listener.text(uri);
  };
  const kept = { directory: join(directory, "texts"), gateways, changed };
  stores = {
    works: new TextStore({ ...kept, read: readMetadata }),
    cards: new TextStore({ ...kept, read: readCard }),
    names: new NameStore({
      relayerUrl,
      changed: (address) => {
        for (const listener of listeners) listener.name(address);
      },
    }),
  };
}

/** Has `listener` told of every change from now on. */
export function onTexts(listener: TextsListener): void {
  listeners.add(listener);
}

/** What the chain says of a work that its metadata must say too. */
export type WorkFacts = { metadataURI: string; contentHash: string; modality: string };

/**
 * A work's metadata, by the address that the chain names. Asking for one that is unknown has it fetched. That of another
 * file or kind, such as another work's, is unreadable: anyone can name any address.
 */
export function textsOf({ metadataURI, ...facts }: WorkFacts): WorkTexts {
  const { content, state } = stores?.works.get(metadataURI) ?? NOTHING;
  if (content !== null && !isOf(facts, content)) return { metadata: null, state: "unreadable" };
  return { metadata: content, state };
}

/** Whether metadata is of the very file that the chain names, and of its kind. */
export function isOf(
  { contentHash, modality }: Omit<WorkFacts, "metadataURI">,
  { file, modality: told }: Pick<WorkMetadata, "file" | "modality">,
): boolean {
  return file.contentHash.toLowerCase() === contentHash.toLowerCase() && told === modality;
}

/** A character's card, by the address that the chain names; as {@link textsOf}. */
export function cardOf(metadataURI: string): CardTexts {
  const { content, state } = stores?.cards.get(metadataURI) ?? NOTHING;
  return { card: content, state };
}

/** An account as screens name it. Asking for one that is unknown has its name fetched. */
export function personOf(address: Address): Person {
  return { address, name: stores?.names.get(address) ?? null };
}

const NOTHING = { content: null, state: "waiting" } as const;
