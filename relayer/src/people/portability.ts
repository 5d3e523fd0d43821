import { eq } from "drizzle-orm";
import type { Address } from "viem";
import type { Feedback } from "../contributions/feedback.ts";
import type { Contributions } from "../contributions/index.ts";
import type { Generations } from "../generations/types.ts";
import { type Keys, keysOfAccount } from "../keys/index.ts";
import type { Releases } from "../market/releases.ts";
import type { Deposits } from "../market/types.ts";
import type { Shares } from "../shares/index.ts";
import { type Database, tables } from "../store/index.ts";
import { forgetPaymentsOf, paymentsOfAccount } from "../x402/index.ts";
import type { People } from "./index.ts";

const { cards, knowledgeFiles, lowBalances, personas, reports, signInSessions, tabs } = tables;

type Needs = {
  people: Pick<
    People,
    "accounts" | "profiles" | "feed" | "push" | "mail" | "history" | "talks" | "limits" | "votes" | "blocklist"
  >;
  generations: Pick<Generations, "ofAccount" | "forgetAccount" | "promptOf">;
  market: {
    deposits: Pick<Deposits, "ofAccount" | "forgetAccount">;
    releases: Pick<Releases, "ofAccount" | "forgetAccount">;
  };
  feedback: Pick<Feedback, "ofAccount" | "forget">;
  shares: Pick<Shares, "ofAccount" | "forget">;
  contributions: Pick<Contributions, "ofAccount">;
  keys: Pick<Keys, "revoke" | "book">;
};

/** Everything that is kept of an account here and can be read. */
export async function exportAccount(
  db: Database,
  { people, generations, market, feedback, shares, contributions }: Needs,
  account: Address,
): Promise<Record<string, unknown>> {
  const settings = await people.accounts.of(account);
  const profile = await people.profiles.own(account);
  const mail = await people.mail.of(account);
  const uploaded = {
    personas: await db
      .select({ personaHash: personas.personaHash, uploadedAt: personas.uploadedAt })
      .from(personas)
      .where(eq(personas.uploader, account)),
    cards: await db
      .select({ uri: cards.uri, uploadedAt: cards.uploadedAt })
      .from(cards)
      .where(eq(cards.uploader, account)),
    knowledge: await db
      .select({ id: knowledgeFiles.id, characterId: knowledgeFiles.characterId, size: knowledgeFiles.size })
      .from(knowledgeFiles)
      .where(eq(knowledgeFiles.owner, account)),
  };
  const own = await db.select({ tabId: tabs.tabId, operator: tabs.operator }).from(tabs).where(eq(tabs.payer, account));
  return {
    address: account,
    settings: settings ?? null,
    profile:
      profile === undefined
        ? null
        : { name: profile.name, bio: profile.bio, picture: profile.picture, links: profile.links },
    follows: (await people.profiles.followed(account)).map(({ address }) => address),
    notifications: await people.feed.all(account),
    push: await people.push.endpoints(account),
    mail: mail ?? null,
    history: await people.history.all(account),
    talkedTo: await people.talks.of(account),
    votes: await people.votes.ofAccount(account),
    /** Which moderator closed one, and their note, are not the reporter's. */
    reports: (await db.select().from(reports).where(eq(reports.reporter, account))).map(
      ({ closedBy: _by, note: _note, ...report }) => report,
    ),
    /** Which moderator decided is not the sender's. */
    feedback: (await feedback.ofAccount(account)).map(({ decidedBy: _by, ...told }) => told),
    shares: (await shares.ofAccount(account)).map(({ id, kind, subject, sharedAt }) => ({
      ...{ id, kind, subject, sharedAt },
    })),
    grants: (await contributions.ofAccount(account)).map(({ account: _account, ...grant }) => grant),
    uploaded,
    /** The keys themselves are not kept. */
    budgetKeys: await keysOfAccount(db, account),
    /** The answer to each is given again by the payment itself, while it is kept. */
    payments: await paymentsOfAccount(db, account),
    /** The files of each are at `GET /v1/generations/:id/export`. */
    generations: (await generations.ofAccount(account)).map((row) => ({
      id: row.id,
      model: `stelai-${row.characterId}`,
      ...{ modality: row.modality, status: row.status, settings: row.settings, engine: row.engine },
      ...{ prompt: generations.promptOf(row), createdAt: row.createdAt, endedAt: row.endedAt },
      ...{ quote: row.quote, tabId: row.tabId, requestId: row.requestId },
      file: row.file === null ? null : { ...row.file, publicCid: row.publicCid },
      error: row.errorCode === null ? null : { code: row.errorCode, message: row.errorMessage },
    })),
    /** The file of each opens by the key at `GET /v1/works/:id/key`, once a work of it is the account's. */
    deposits: (await market.deposits.ofAccount(account)).map(
      ({ contentHash, modality, file, preview, poster, provenance, generation, createdAt }) => ({
        ...{ contentHash, modality, file, preview, poster, provenance, generation, createdAt },
      }),
    ),
    /** Licences whose key this account was the first to be given, and when (chain time). */
    firstOpened: await market.releases.ofAccount(account),
    /** Receipts and vouchers of each are in its statement, `GET /v1/tabs/:tabId/statement`. */
    tabs: own,
  };
}

/**
 * Forgets an account, and ends its budget keys, whose tabs pay back what is left: what it says of itself, what it made, its votes, what it shared and told the operator, its feed, its
 * ways to be reached, its history, who it is signed in as. What stays: receipts and books, among them which deeds bonus
 * credits were granted for, because they are money; personas, cards and knowledge, because characters
 * on the chain live by them until their owner deletes or replaces them; deposits that works of its name, because who
 * bought or buys a licence is owed the file; what it reported, without its name; what it published.
 * @throws UnavailableError when the chain cannot say which deposits works name: then nothing is forgotten.
 */
export async function deleteAccount(
  db: Database,
  { people, generations, market, feedback, shares, keys }: Omit<Needs, "contributions">,
  account: Address,
): Promise<void> {
  await market.deposits.forgetAccount(account);
  await keys.revoke(account);
  await keys.book.forgetNames(account);
  await market.releases.forgetAccount(account);
  await shares.forget(account);
  await feedback.forget(account);
  await generations.forgetAccount(account);
  await forgetPaymentsOf(db, account);
  await people.limits.set(account, null);
  await people.profiles.forget(account);
  await people.feed.forget(account);
  await people.push.forget(account);
  await people.mail.forget(account);
  await people.history.forget(account);
  await people.talks.forget(account);
  await people.votes.forget(account);
  await people.blocklist.forget(account);
  await people.accounts.forget(account);
  await db.delete(lowBalances).where(eq(lowBalances.account, account));
  await db.delete(signInSessions).where(eq(signInSessions.account, account));
}
