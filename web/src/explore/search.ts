import { MODALITIES, type Modality, type Model } from "@stelai/sdk";

/** What the catalogue is narrowed to; all of it lives in the address. */
export interface Filter {
  readonly query: string;
  /** What they make; undefined: anything. */
  readonly make: Modality | undefined;
  readonly tag: string;
  readonly free: boolean;
}

/** The filter of an address; what does not exist narrows nothing. */
export function filterFrom(params: URLSearchParams): Filter {
  return {
    query: params.get("q") ?? "",
    make: MODALITIES.find((one) => one === params.get("make")),
    tag: params.get("tag") ?? "",
    free: params.get("free") === "1",
  };
}

const fold = (text: string) => text.toLocaleLowerCase().normalize("NFKD").replace(/\p{M}/gu, "");

/** Everything of a card that words can be found in: of a tool, what it makes and its presets too. */
function wordsOf({ stelai: { card, modality, tool } }: Model): string {
  const presets = tool?.presets.flatMap(({ name, prompt }) => [name, prompt]) ?? [];
  const about = [card?.name, card?.tagline, card?.description, card?.creator, ...(card?.tags ?? [])];
  return fold([...about, ...(modality === "Chat" ? [] : [modality]), ...presets].join(" "));
}

/** How many of the words a character has; a name counts for more than a description. */
function score(model: Model, words: readonly string[]): number {
  const [name, all] = [fold(model.stelai.card?.name ?? ""), wordsOf(model)];
  return words.reduce((sum, word) => sum + (name.includes(word) ? 3 : all.includes(word) ? 1 : 0), 0);
}

const splitWords = (query: string) => fold(query).split(/\s+/).filter(Boolean);

/** The characters with every word, what they make, the tag and the price asked for; best first. */
export function matching(models: readonly Model[], { query, make, tag, free }: Filter): Model[] {
  const words = splitWords(query);
  return models
    .filter((model) => words.every((word) => wordsOf(model).includes(word)))
    .filter(({ stelai }) => make === undefined || stelai.modality === make)
    .filter(({ stelai }) => tag === "" || stelai.card?.tags.includes(tag))
    .filter(({ stelai }) => !free || stelai.free)
    .sort((a, b) => score(b, words) - score(a, words));
}

/**
 * The characters with the words that are looked for, best first: those that the index found, in its order, as far as this
 * operator serves them; then what the index does not know yet but has every word.
 * @param found Ids, the best first; undefined while the index has not answered.
 */
export function withWords(models: readonly Model[], query: string, found: readonly string[] = []): Model[] {
  const byId = new Map(models.map((model) => [String(model.stelai.characterId), model]));
  const first = found.flatMap((id) => byId.get(id) ?? []);
  const known = new Set(first);
  const rest = matching(models, { query, make: undefined, tag: "", free: false });
  return [...first, ...rest.filter((model) => !known.has(model))];
}

/** When nothing matches: those with any of the words, else all. */
export function nearest(models: readonly Model[], { query }: Filter): Model[] {
  const words = splitWords(query);
  const some = models.filter((model) => score(model, words) > 0);
  return some.length > 0 ? some.sort((a, b) => score(b, words) - score(a, words)) : [...models];
}

/**
 * What is made here, and how many would be left by each: words and price stay as they are, a tag goes.
 * @param all Everything that is served here, where `models` are found already.
 */
export function makesOf(models: readonly Model[], filter: Filter, all = models): { make: Modality; count: number }[] {
  const served = new Set(all.map(({ stelai }) => stelai.modality));
  const left = matching(models, { ...filter, make: undefined, tag: "" });
  return MODALITIES.filter((make) => served.has(make)).map((make) => ({
    make,
    count: left.filter(({ stelai }) => stelai.modality === make).length,
  }));
}

/** The tags in use, most used first; once it is said what they make, theirs alone. */
export function tagsOf(models: readonly Model[], make?: Modality): { tag: string; count: number }[] {
  const counts = new Map<string, number>();
  for (const { stelai } of models) {
    if (make !== undefined && stelai.modality !== make) continue;
    for (const tag of stelai.card?.tags ?? []) counts.set(tag, (counts.get(tag) ?? 0) + 1);
  }
  return [...counts]
    .map(([tag, count]) => ({ tag, count }))
    .sort((a, b) => b.count - a.count || (a.tag < b.tag ? -1 : 1));
}
