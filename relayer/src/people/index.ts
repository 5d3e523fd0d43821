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
import { Moderators } from "./moderators.ts";
import { Feed } from "./notifications/feed.ts";
import { Mail } from "./notifications/mail.ts";
import { Push, type PushTransport } from "./notifications/push.ts";
import { Personas } from "./personas.ts";
import { creatorNames } from "./profiles/creators.ts";
import { EnsNames } from "./profiles/ens.ts";
import { Profiles } from "./profiles/profiles.ts";
import { Quotas } from "./quotas.ts";
import { SignIn } from "./signIn.ts";
import { SpendingLimits } from "./spendingLimits.ts";
import { Vault } from "./vault.ts";
import { Talks, Versions } from "./versions.ts";
import { Votes } from "./votes.ts";

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
  readonly feed: Feed;
  readonly push: Push;
  readonly mail: Mail;
  readonly versions: Versions;
  readonly talks: Talks;
  readonly limits: SpendingLimits;
  readonly blocklist: Moderation;
  readonly moderators: Moderators;
  readonly votes: Votes;
  readonly quotas: Quotas;
  readonly characters: CharacterSource;
  /** Forgets what has passed its retention; call now and then. */
  prune(): Promise<void>;
};

export type PeopleOptions = {
  config: Pick<
    Config,
    | "MASTER_KEY"
    | "PREVIOUS_MASTER_KEYS"
    | "OPERATOR_PRIVATE_KEY"
    | "OPERATOR_CONTACT"
    | "REPORT_RETENTION_DAYS"
    | "VOTES_PER_NETWORK_PER_DAY"
    | "SMTP_URL"
    | "MAIL_FROM"
    | "webOrigins"
    | "publicUrl"
  >;
  db: Database;
  chain: Pick<Chain, "id" | "client" | "contracts" | "startBlock" | "head">;
  content: ContentStore;
  registry: Pick<CharacterRegistry, "all" | "get">;
  /** Where push messages go, if not to the push services. */
  pushTransport?: PushTransport;
};

/** Builds the services of this folder over one database and chain. */
export function createPeople({ config, db, chain, content, registry, pushTransport }: PeopleOptions): People {
  const characters = new ChainCharacters(chain.client, chain.contracts.Characters, chain.startBlock);
  const vaultFor = (purpose: string) => new Vault(purpose, [config.MASTER_KEY, ...config.PREVIOUS_MASTER_KEYS]);
  const cards = new PrivateCards({ db, vault: vaultFor("cards"), characters });
  const accounts = {
    operator: operatorFrom(config.OPERATOR_PRIVATE_KEY).address,
    digests: meterDigests(chain.id, chain.contracts.InferenceMeter),
    chainNow: () => chain.head().timestamp,
  };
  // Who has no web page, such as a command line, signs in at the relayer's own address.
  const webOrigins = [...config.webOrigins, new URL(config.publicUrl).origin];
  const sessions = new SignIn({ db, client: chain.client, chainId: chain.id, webOrigins, accounts });
  const blocklist = new Moderation(db, config.REPORT_RETENTION_DAYS);
  const quotas = new Quotas(db, config.MASTER_KEY);
  const feed = new Feed(db);
  const versions = new Versions(db, chain, feed);
  const push = new Push({
    ...{ db, vault: vaultFor("push"), subject: pushSubject(config) },
    ...(pushTransport === undefined ? {} : { transport: pushTransport }),
  });
  const mail = new Mail({
    ...{ db, vault: vaultFor("mail"), quotas, masterKey: config.MASTER_KEY, publicUrl: config.publicUrl },
    ...{ smtpUrl: config.SMTP_URL, from: config.MAIL_FROM, webUrl: webUrlOf(config) },
  });
  const talks = new Talks(db);
  return {
    sessions,
    access: createAccessBook(chain),
    personas: new Personas({ db, vault: vaultFor("personas"), characters, content, cards }),
    cards,
    knowledge: new Knowledge({
      db,
      vault: vaultFor("knowledge"),
      onChange: (id, owner) => versions.knowledgeChanged(id, owner),
    }),
    accounts: new Accounts(db),
    profiles: new Profiles({
      db,
      ens: new EnsNames(chain.client, chain.id),
      creators: creatorNames(db, registry, new Cards(content, cards)),
    }),
    history: new History(db),
    ...{ feed, push, mail, versions, talks },
    limits: new SpendingLimits(db, accounts.operator, chain),
    blocklist,
    moderators: new Moderators(chain),
    votes: new Votes({ db, chain, quotas, perNetworkPerDay: config.VOTES_PER_NETWORK_PER_DAY }),
    quotas,
    characters,
    prune: async () => {
      await sessions.prune();
      await quotas.prune();
      await blocklist.prune();
      await feed.prune();
      await talks.prune();
    },
  };
}

/** Where the dApp is: the first page that people may sign in from. */
export function webUrlOf({ webOrigins, publicUrl }: Pick<Config, "webOrigins" | "publicUrl">): string {
  return webOrigins.find((origin) => origin !== "*") ?? publicUrl;
}

/** Whom push services may write to: who runs this, else where it is (RFC 8292, section 2.1). */
function pushSubject(config: Pick<Config, "OPERATOR_CONTACT" | "webOrigins" | "publicUrl">): string {
  const contact = config.OPERATOR_CONTACT ?? "";
  if (/^[^\s@]+@[^\s@]+$/.test(contact)) return `mailto:${contact}`;
  const page = [contact, config.publicUrl, webUrlOf(config)].find((url) => /^https:\/\/\S+$/.test(url));
  return page ?? "mailto:operator@invalid.example";
}
