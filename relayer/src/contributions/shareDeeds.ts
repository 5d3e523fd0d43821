import { deedOf } from "@stelai/sdk";
import { and, desc, eq, inArray, sql } from "drizzle-orm";
import type { Address, Hex } from "viem";
import type { CharacterRegistry } from "../chain/characters.ts";
import { sameAddress } from "../chain/index.ts";
import type { SplitBook } from "../chain/splits.ts";
import { RelayerError } from "../errors.ts";
import type { GenerationRow, Generations } from "../generations/types.ts";
import type { ShareRow } from "../shares/index.ts";
import type { Showcase } from "../shares/showcase.ts";
import { type Database, tables } from "../store/index.ts";
import { type DeedSource, type FoundDeed, found, inCredits, READY, refused, tooEarly, type Verdict } from "./types.ts";

const { generations, receipts, shares, tabs } = tables;

type Needs = {
  db: Database;
  operator: Address;
  showcase: Pick<Showcase, "of">;
  generations: Pick<Generations, "find">;
  characters: Pick<CharacterRegistry, "get">;
  splits: Pick<SplitBook, "reaches">;
  /** What a share is granted, in microcredits. */
  amount: bigint;
};

/** Of an account's shares so many are listed, the newest. */
const MOST_SHARES = 100;

/**
 * Creations that their maker shows to everybody, one for each file. They count when at least the grant was paid for them by
 * a tab, in credits that were paid for, and signed; and not to the maker's own people.
 */
export function shareDeeds(needs: Needs): DeedSource {
  return async (account, only) => {
    const ids = await sharesOf(needs, account, only);
    const rows = await needs.db
      .select()
      .from(shares)
      .where(inArray(shares.id, ids))
      .orderBy(...NEWEST);
    const deeds = await Promise.all(rows.map((row) => deedOfShare(needs, row)));
    const seen = new Set<string>();
    // The same file made twice is one deed.
    return deeds.filter((one): one is FoundDeed => one !== undefined && !seen.has(one.deed) && !!seen.add(one.deed));
  };
}

const NEWEST = [desc(shares.sharedAt), desc(shares.id)];

/** The ids of an account's shared creations: of the newest, or of those that are the deed. */
async function sharesOf({ db, operator }: Needs, account: Address, only: Hex | undefined): Promise<string[]> {
  const contentHash = sql<string | null>`${generations.file} ->> 'contentHash'`;
  const all = db
    .select({ id: shares.id, contentHash })
    .from(shares)
    .innerJoin(generations, and(eq(generations.operator, operator), eq(generations.id, shares.subject)))
    .where(and(eq(shares.operator, operator), eq(shares.account, account), eq(shares.kind, "generation")))
    .orderBy(...NEWEST);
  const found = await (only === undefined ? all.limit(MOST_SHARES) : all);
  const isAsked = (hash: string | null) => only === undefined || (hash !== null && deedOf("share", hash) === only);
  return found.filter((row) => isAsked(row.contentHash)).map(({ id }) => id);
}

async function deedOfShare(needs: Needs, share: ShareRow): Promise<FoundDeed | undefined> {
  const row = await needs.generations.find(share.subject);
  if (row === undefined || row.account !== share.account || row.file === null) return undefined;
  const shown = await needs.showcase.of(share).catch((error: unknown) => {
    if (error instanceof RelayerError && error.status < 500) return undefined;
    throw error;
  });
  const verdict =
    shown === undefined ? refused("It may not be shown any more.") : await verdictOf(needs, row, share.account);
  const at = Math.floor(share.sharedAt.getTime() / 1_000);
  const title = shown?.title ?? "A creation that is not shown any more";
  return found({ kind: "share", subject: row.file.contentHash, title, at, verdict });
}

async function verdictOf(needs: Needs, row: GenerationRow, account: Address): Promise<Verdict> {
  const { amount, characters, splits } = needs;
  const paid = await paidFor(needs, row);
  if (paid === undefined) return refused("Nothing was paid for it by a tab: only paid creations bring bonus credits.");
  const character = await characters.get(row.characterId);
  if (character === undefined) return refused("The tool that made it is not served here any more.");
  if (sameAddress(character.owner, account) || splits.reaches(character.payee, account)) {
    return refused("You earn from the tool that made it, or own it: what its own people make brings nothing.");
  }
  if (paid.credits < amount) {
    return refused(
      `Less than ${inCredits(amount)} was paid for it with credits that you bought: a share counts from that on.`,
    );
  }
  if (!paid.isSigned) return tooEarly("Its payment is not signed yet. Use the tab again, or close it, to sign for it.");
  return READY;
}

/** What of its price was no bonus, which a tab spends first; undefined when it has no receipt. */
async function paidFor(
  { db, operator }: Needs,
  { tabId, requestId }: GenerationRow,
): Promise<{ credits: bigint; isSigned: boolean } | undefined> {
  if (tabId === null || requestId === null) return undefined;
  const ofTab = and(eq(tabs.operator, receipts.operator), eq(tabs.tabId, receipts.tabId));
  const [receipt] = await db
    .select({
      ...{ amount: receipts.amount, fee: receipts.fee, cumulative: receipts.cumulative },
      ...{ bonus: tabs.bonus, signed: tabs.signed },
    })
    .from(receipts)
    .innerJoin(tabs, ofTab)
    .where(and(eq(receipts.operator, operator), eq(receipts.tabId, tabId), eq(receipts.requestId, requestId)));
  if (receipt === undefined) return undefined;
  const { amount, fee, cumulative, bonus, signed } = receipt;
  const before = cumulative - amount - fee;
  const byBonus = bonus > before ? bonus - before : 0n;
  const price = amount + fee;
  return { credits: price > byBonus ? price - byBonus : 0n, isSigned: signed >= cumulative };
}
