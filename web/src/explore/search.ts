import type { Model } from "@stelai/sdk";

/** What the catalogue is narrowed to; all of it lives in the address. */
export interface Filter {
  readonly query: string;
  readonly tag: string;
  readonly free: boolean;
}

const fold = (text: string) => text.toLocaleLowerCase().normalize("NFKD").replace(/\p{M}/gu, "");

/** Everything of a card that words can be found in. */
function wordsOf({ stelai: { card } }: Model): string {
  return fold([card?.name, card?.tagline, card?.description, card?.creator, ...(card?.tags ?? [])].join(" "));
}

/** How many of the words a character has; a name counts for more than a description. */
function score(model: Model, words: readonly string[]): number {
  const [name, all] = [fold(model.stelai.card?.name ?? ""), wordsOf(model)];
  return words.reduce((sum, word) => sum + (name.includes(word) ? 3 : all.includes(word) ? 1 : 0), 0);
}

const splitWords = (query: string) => fold(query).split(/\s+/).filter(Boolean);

/** The characters with every word, the tag and the price asked for; best first. */
export function matching(models: readonly Model[], { query, tag, free }: Filter): Model[] {
  const words = splitWords(query);
  return models
    .filter((model) => words.every((word) => wordsOf(model).includes(word)))
    .filter(({ stelai }) => tag === "" || stelai.card?.tags.includes(tag))
    .filter(({ stelai }) => !free || stelai.free)
    .sort((a, b) => score(b, words) - score(a, words));
}

/** When nothing matches: those with any of the words, else all. */
export function nearest(models: readonly Model[], { query }: Filter): Model[] {
  const words = splitWords(query);
  const some = models.filter((model) => score(model, words) > 0);
  return some.length > 0 ? some.sort((a, b) => score(b, words) - score(a, words)) : [...models];
}

/** The tags in use, most used first. */
export function tagsOf(models: readonly Model[]): { tag: string; count: number }[] {
  const counts = new Map<string, number>();
  for (const { stelai } of models) {
    for (const tag of stelai.card?.tags ?? []) counts.set(tag, (counts.get(tag) ?? 0) + 1);
  }
  return [...counts]
    .map(([tag, count]) => ({ tag, count }))
    .sort((a, b) => b.count - a.count || (a.tag < b.tag ? -1 : 1));
}
