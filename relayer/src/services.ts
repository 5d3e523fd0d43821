import type { Address, Hex } from "viem";
import type { Chain } from "./chain/index.ts";
import type { CharacterRegistry } from "./chain/characters.ts";
import type { Config } from "./config.ts";
import type { Logger } from "./log.ts";
import type { Metering } from "./metering/index.ts";
import type { Metrics } from "./metrics.ts";
import type { OperatorAccount } from "./operator.ts";
import type { Persona } from "./providers/persona.ts";
import type { ChatProvider } from "./providers/provider.ts";
import type { Settlement } from "./settlement/index.ts";
import type { TransactionQueue } from "./settlement/transactions.ts";
import type { Store } from "./store/index.ts";

/** Bytes by content identifier: an embedded blockstore, or a Kubo node. */
export type ContentStore = {
  /** @returns undefined when it is not stored here. */
  get(cid: string): Promise<Uint8Array | undefined>;
  /** @returns the CIDv1 of the bytes. */
  put(bytes: Uint8Array): Promise<string>;
};

/** The minds of characters, encrypted at rest. */
export type PersonaStore = {
  /** The persona whose hash the chain names for the character; undefined when none was uploaded. */
  personaOf(characterId: bigint, personaHash: Hex): Promise<Persona | undefined>;
};

/** Who is signed in (SIWE). */
export type Sessions = {
  /**
   * The account of an `Authorization` header's bearer token; undefined without one.
   * @throws InvalidSessionError when the token is unknown or has lapsed.
   */
  accountOf(authorization: string | undefined): Promise<Address | undefined>;
};

/** What this operator does not serve. */
export type Blocklist = {
  isCharacterBlocked(characterId: bigint): Promise<boolean>;
  isAccountBlocked(account: Address): Promise<boolean>;
};

/** Everything a route may use; built once in `start.ts`, handed to `createApp`. */
export type Services = {
  readonly config: Config;
  readonly log: Logger;
  readonly metrics: Metrics;
  readonly store: Store;
  readonly chain: Chain;
  readonly operator: OperatorAccount;
  readonly provider: ChatProvider;
  readonly characters: CharacterRegistry;
  readonly metering: Metering;
  readonly transactions: TransactionQueue;
  readonly settlement: Settlement;
  readonly content: ContentStore;
  readonly personas: PersonaStore;
  readonly sessions: Sessions;
  readonly blocklist: Blocklist;
};
