/**
 * What works and public characters say of themselves: JSON on IPFS that the chain names by its address. It is fetched
 * beside indexing, so a gateway that is slow or down delays no block; until then everything here is null.
 */
import type { Card, WorkMetadata } from "@stelai/sdk/wire";
import type { Address } from "viem";

/**
 * Where the text behind an address stands: `waiting` for its turn or its next try, `fetched`, `unreachable` (no gateway
 * has it; asked again now and then), or `unreadable` (it is there, and is not what it should be).
 */
export type TextState = "waiting" | "fetched" | "unreachable" | "unreadable";

export type WorkTexts = { metadata: WorkMetadata | null; state: TextState };
export type CardTexts = { card: Card | null; state: TextState };
/** An account, and the name it chose with the operator; null: none, or not known yet. */
export type Person = { address: Address; name: string | null };

/** A work's metadata, by the address that the chain names. Asking for one that is unknown has it fetched. */
export function textsOf(_metadataURI: string): WorkTexts {
  return { metadata: null, state: "waiting" };
}

/** A character's card, as {@link textsOf}. */
export function cardOf(_metadataURI: string): CardTexts {
  return { card: null, state: "waiting" };
}

/** An account as screens name it. Asking for one that is unknown has its name fetched. */
export function personOf(address: Address): Person {
  return { address, name: null };
}
