import { eq } from "drizzle-orm";
import { union } from "drizzle-orm/pg-core";
import { type Address, getAddress } from "viem";
import type { Character } from "../chain/characters.ts";
import { sameAddress } from "../chain/index.ts";
import type { Services } from "../services.ts";
import { tables } from "../store/index.ts";

const { circles, passes } = tables;

/**
 * The private characters served here that an account may use: its own, those it was put on the list of, those it has a
 * pass of. The books say which to ask the chain about; the chain decides.
 */
export async function sharedWith(
  { store, characters, people }: Pick<Services, "store" | "characters" | "people">,
  account: Address,
): Promise<Character[]> {
  const holder = getAddress(account);
  const named = await union(
    store.db.select({ characterId: circles.characterId }).from(circles).where(eq(circles.account, holder)),
    store.db.select({ characterId: passes.characterId }).from(passes).where(eq(passes.account, holder)),
  );
  const ids = new Set(named.map(({ characterId }) => characterId));
  const candidates = characters
    .all()
    .filter((one) => one.visibility === "Private" && (ids.has(one.id) || sameAddress(one.owner, account)));
  const may = await Promise.all(candidates.map((one) => people.access.mayUse(one, account)));
  return candidates.filter((_, index) => may[index]);
}
