import { inArray } from "drizzle-orm";
import type { CharacterRegistry } from "../../chain/characters.ts";
import type { Cards } from "../../inference/cards.ts";
import { type Database, tables } from "../../store/index.ts";
import type { CreatorName } from "./profiles.ts";

const { characterChanges } = tables;

const KEPT_MS = 30_000;

/** Names that the cards of public characters give their creators, read anew twice a minute at most. */
export function creatorNames(
  db: Database,
  registry: Pick<CharacterRegistry, "all">,
  cards: Pick<Cards, "of">,
): () => Promise<readonly CreatorName[]> {
  let kept: { names: Promise<readonly CreatorName[]>; at: number } | undefined;
  const read = async (): Promise<readonly CreatorName[]> => {
    const named: { id: bigint; address: CreatorName["address"]; name: string }[] = [];
    for (const character of registry.all()) {
      if (character.visibility !== "Public") continue;
      const name = (await cards.of(character))?.creator?.trim();
      if (name !== undefined && name !== "") named.push({ id: character.id, address: character.owner, name });
    }
    if (named.length === 0) return [];
    const ids = named.map(({ id }) => id);
    const changes = await db
      .select({ id: characterChanges.characterId, kind: characterChanges.kind, at: characterChanges.at })
      .from(characterChanges)
      .where(inArray(characterChanges.characterId, ids));
    const published = new Map(changes.filter(({ kind }) => kind === "published").map(({ id, at }) => [id, at]));
    return named.map(({ id, address, name }) => {
      return { address, name, since: new Date(Number(published.get(id) ?? 0n) * 1_000) };
    });
  };
  return () => {
    if (kept === undefined || Date.now() - kept.at > KEPT_MS) {
      const names = read();
      const fresh = { names, at: Date.now() };
      kept = fresh;
      names.catch(() => {
        if (kept === fresh) kept = undefined;
      });
    }
    return kept.names;
  };
}
