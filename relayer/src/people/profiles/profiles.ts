import type { Profile, profileUpdateSchema } from "@stelai/sdk/wire";
import { and, count, eq, inArray, lt, sql } from "drizzle-orm";
import { type Address, getAddress } from "viem";
import type * as z from "zod";
import { cidOfUri } from "../../content/index.ts";
import { InvalidRequestError } from "../../errors.ts";
import { type Database, tables } from "../../store/index.ts";
import type { EnsNames } from "./ens.ts";
import { skeletonOf } from "./skeleton.ts";

const { profiles, follows } = tables;

const MAX_FOLLOWED = 500;

/** A name that a creator's character goes out under, and since when. */
export type CreatorName = { address: Address; name: string; since: Date };

type Row = typeof profiles.$inferSelect;
type Update = z.output<typeof profileUpdateSchema>;

export type ProfilesOptions = {
  db: Database;
  ens: Pick<EnsNames, "of">;
  /** Names on the cards of public characters. */
  creators: () => Promise<readonly CreatorName[]>;
};

/** What accounts say of themselves, and who follows whom. */
export class Profiles {
  readonly #options: ProfilesOptions;

  constructor(options: ProfilesOptions) {
    this.#options = options;
  }

  /** @throws InvalidRequestError when a field cannot be shown. */
  async set(account: Address, update: Update): Promise<void> {
    const name = shownName(update.name);
    const skeleton = skeletonOf(name);
    if (skeleton === "" || !/[\p{L}\p{N}]/u.test(name))
      throw new InvalidRequestError("name: must have letters or digits.", "name");
    if (update.picture !== null && cidOfUri(update.picture) === undefined) {
      throw new InvalidRequestError("picture: must be ipfs:// and the CID of an image.", "picture");
    }
    for (const link of update.links) requireLink(link);
    const now = new Date();
    const fields = { name, bio: update.bio.trim(), picture: update.picture, links: update.links, skeleton };
    await this.#options.db
      .insert(profiles)
      .values({ account, ...fields, namedAt: now, updatedAt: now })
      .onConflictDoUpdate({
        target: profiles.account,
        // Who keeps a name that looks the same keeps its age.
        set: {
          ...fields,
          namedAt: sql`case when ${profiles.skeleton} = excluded.skeleton then ${profiles.namedAt} else excluded.named_at end`,
          updatedAt: now,
        },
      });
  }

  /** A profile, empty for who never set one. `viewer` is the account that is signed in. */
  async of(account: Address, viewer: Address | undefined): Promise<Profile> {
    const [profile] = await this.#many([account], viewer);
    if (profile === undefined) throw new Error(`no profile was made for ${account}`);
    return profile;
  }

  /** Names and pictures of those of the accounts that chose a name. */
  async namesOf(accounts: readonly Address[]): Promise<{ address: Address; name: string; picture: string | null }[]> {
    if (accounts.length === 0) return [];
    return this.#options.db
      .select({ address: profiles.account, name: profiles.name, picture: profiles.picture })
      .from(profiles)
      .where(inArray(profiles.account, [...new Set(accounts)]));
  }

  /** What an account set of itself; undefined when nothing. */
  async own(account: Address): Promise<Row | undefined> {
    const [row] = await this.#options.db.select().from(profiles).where(eq(profiles.account, account));
    return row;
  }

  /** @throws InvalidRequestError when it follows itself, or as many as it may already. */
  async follow(follower: Address, followed: Address): Promise<void> {
    if (follower === followed) throw new InvalidRequestError("One cannot follow oneself.", "address");
    await this.#options.db.transaction(async (tx) => {
      await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`follows ${follower}`}, 0))`);
      const [now] = await tx.select({ n: count() }).from(follows).where(eq(follows.follower, follower));
      if ((now?.n ?? 0) >= MAX_FOLLOWED) {
        throw new InvalidRequestError(`One may follow ${MAX_FOLLOWED} accounts. Unfollow one first.`);
      }
      await tx.insert(follows).values({ follower, followed, since: new Date() }).onConflictDoNothing();
    });
  }

  async unfollow(follower: Address, followed: Address): Promise<void> {
    await this.#options.db.delete(follows).where(and(eq(follows.follower, follower), eq(follows.followed, followed)));
  }

  /** Whom an account follows, the last one first. */
  async followed(follower: Address): Promise<Profile[]> {
    const rows = await this.#options.db
      .select()
      .from(follows)
      .where(eq(follows.follower, follower))
      .orderBy(sql`${follows.since} desc`, follows.followed);
    return this.#many(
      rows.map(({ followed }) => followed),
      follower,
    );
  }

  /** Who follows an account. */
  async followersOf(account: Address): Promise<Address[]> {
    const rows = await this.#options.db
      .select({ follower: follows.follower })
      .from(follows)
      .where(eq(follows.followed, account));
    return rows.map(({ follower }) => follower);
  }

  /** Forgets an account's profile and whom it follows. */
  async forget(account: Address): Promise<void> {
    await this.#options.db.delete(profiles).where(eq(profiles.account, account));
    await this.#options.db.delete(follows).where(eq(follows.follower, account));
  }

  async #many(accounts: readonly Address[], viewer: Address | undefined): Promise<Profile[]> {
    if (accounts.length === 0) return [];
    const { db, ens, creators } = this.#options;
    const rows = await db
      .select()
      .from(profiles)
      .where(inArray(profiles.account, [...accounts]));
    const counts = await db
      .select({ followed: follows.followed, n: count() })
      .from(follows)
      .where(inArray(follows.followed, [...accounts]))
      .groupBy(follows.followed);
    const own =
      viewer === undefined
        ? undefined
        : await db
            .select({ followed: follows.followed })
            .from(follows)
            .where(and(eq(follows.follower, viewer), inArray(follows.followed, [...accounts])));
    const known = new Map(rows.map((row) => [row.account, row]));
    const followers = new Map(counts.map(({ followed, n }) => [followed, n]));
    const following = own === undefined ? undefined : new Set(own.map(({ followed }) => followed));
    const names = rows.length === 0 ? [] : await creators();
    const alike = await this.#lookAlikes(rows, names);
    return Promise.all(
      accounts.map(async (address): Promise<Profile> => {
        const row = known.get(address);
        return {
          address,
          name: row?.name ?? null,
          ens: await ens.of(address),
          bio: row?.bio ?? "",
          picture: row?.picture ?? null,
          links: row?.links ?? [],
          looksLike: alike.get(address) ?? null,
          followers: followers.get(address) ?? 0,
          following: following === undefined ? null : following.has(address),
        };
      }),
    );
  }

  /** For each row, the account that had a name which looks the same first. */
  async #lookAlikes(rows: readonly Row[], creators: readonly CreatorName[]): Promise<Map<Address, LookAlike>> {
    const found = new Map<Address, LookAlike>();
    if (rows.length === 0) return found;
    const newest = new Date(Math.max(...rows.map(({ namedAt }) => namedAt.getTime())));
    const others = await this.#options.db
      .select({ address: profiles.account, name: profiles.name, skeleton: profiles.skeleton, since: profiles.namedAt })
      .from(profiles)
      .where(
        and(
          inArray(
            profiles.skeleton,
            rows.map(({ skeleton }) => skeleton),
          ),
          lt(profiles.namedAt, newest),
        ),
      );
    const all = [...others, ...creators.map((creator) => ({ ...creator, skeleton: skeletonOf(creator.name) }))];
    for (const { account, skeleton, namedAt } of rows) {
      const same = all.filter((other) => other.skeleton === skeleton);
      // One's own character went out under the name before the profile was made.
      const since = Math.min(
        namedAt.getTime(),
        ...same.filter(({ address }) => address === account).map((own) => own.since.getTime()),
      );
      const older = same
        .filter((other) => other.address !== account && other.since.getTime() < since)
        .sort((a, b) => a.since.getTime() - b.since.getTime())[0];
      if (older !== undefined) found.set(account, { address: getAddress(older.address), name: older.name });
    }
    return found;
  }
}

type LookAlike = { address: Address; name: string };

/** @throws InvalidRequestError when the name has what cannot be seen or turns the text around. */
function shownName(name: string): string {
  const shown = name.normalize("NFC").replace(/\s+/g, " ").trim();
  if (/[\p{C}\p{Zl}\p{Zp}\p{Bidi_Control}]/u.test(shown.replace(/\u200d/g, "")) || !shown.isWellFormed()) {
    throw new InvalidRequestError("name: has characters that cannot be seen. Type it anew.", "name");
  }
  return shown;
}

/** @throws InvalidRequestError when it is not a plain web address. */
function requireLink(link: string): void {
  const url = URL.canParse(link) ? new URL(link) : undefined;
  if (url === undefined || url.protocol !== "https:" || url.username !== "" || url.password !== "") {
    throw new InvalidRequestError("links: each must be a web address that begins with https://.", "links");
  }
}
