import { type AccessBook, createAccessBook } from "../chain/access.ts";
import type { CharacterRegistry } from "../chain/characters.ts";
import type { Chain } from "../chain/index.ts";
import type { Config } from "../config.ts";
import type { ContentStore } from "../content/index.ts";
import { Cards } from "../inference/cards.ts";
import { meterDigests } from "../metering/digest.ts";
import { operatorFrom } from "../operator.ts";
import type { Database } from "../store/index.ts";
import { Accounts } from "./accounts.ts";
import { PrivateCards } from "./cards.ts";
import { ChainCharacters, type CharacterSource } from "./characterSource.ts";
import { History } from "./history.ts";
import { Knowledge } from "./knowledge/knowledge.ts";
import { Moderation } from "./moderation.ts";
import { Personas } from "./personas.ts";
import { creatorNames } from "./profiles/creators.ts";
import { EnsNames } from "./profiles/ens.ts";
import { Profiles } from "./profiles/profiles.ts";
import { Quotas } from "./quotas.ts";
import { SignIn } from "./signIn.ts";
import { Vault } from "./vault.ts";

/** Who people are here, what they may do in a day, and what is kept of them. */
export type People = {
  readonly sessions: SignIn;
  /** Who may use what. */
  readonly access: AccessBook;
  readonly personas: Personas;
  readonly cards: PrivateCards;
  readonly knowledge: Knowledge;
  readonly accounts: Accounts;
  readonly profiles: Profiles;
  readonly history: History;
  readonly blocklist: Moderation;
  readonly quotas: Quotas;
  readonly characters: CharacterSource;
  /** Forgets what has passed its retention; call now and then. */
  prune(): Promise<void>;
};

export type PeopleOptions = {
  config: Pick<
    Config,
    "MASTER_KEY" | "PREVIOUS_MASTER_KEYS" | "OPERATOR_PRIVATE_KEY" | "REPORT_RETENTION_DAYS" | "webOrigins"
  >;
  db: Database;
  chain: Pick<Chain, "id" | "client" | "contracts" | "startBlock" | "head">;
  content: ContentStore;
  registry: Pick<CharacterRegistry, "all" | "get">;
};

/** Builds the services of this folder over one database and chain. */
export function createPeople({ config, db, chain, content, registry }: PeopleOptions): People {
  const characters = new ChainCharacters(chain.client, chain.contracts.Characters, chain.startBlock);
  const vaultFor = (purpose: string) => new Vault(purpose, [config.MASTER_KEY, ...config.PREVIOUS_MASTER_KEYS]);
  const cards = new PrivateCards({ db, vault: vaultFor("cards"), characters });
  const accounts = {
    operator: operatorFrom(config.OPERATOR_PRIVATE_KEY).address,
    digests: meterDigests(chain.id, chain.contracts.InferenceMeter),
    chainNow: () => chain.head().timestamp,
  };
  const { webOrigins } = config;
  const sessions = new SignIn({ db, client: chain.client, chainId: chain.id, webOrigins, accounts });
  const blocklist = new Moderation(db, config.REPORT_RETENTION_DAYS);
  const quotas = new Quotas(db, config.MASTER_KEY);
  return {
    sessions,
    access: createAccessBook(chain),
    personas: new Personas({ db, vault: vaultFor("personas"), characters, content, cards }),
    cards,
    knowledge: new Knowledge({ db, vault: vaultFor("knowledge"), onChange: async () => {} }),
    accounts: new Accounts(db),
    profiles: new Profiles({
      db,
      ens: new EnsNames(chain.client, chain.id),
      creators: creatorNames(db, registry, new Cards(content, cards)),
    }),
    history: new History(db),
    blocklist,
    quotas,
    characters,
    prune: async () => {
      await sessions.prune();
      await quotas.prune();
      await blocklist.prune();
    },
  };
}
