/** Counting what is found by what it is. */

/**
 * Which filters stand between something and being found, as bits: all of them when none does, one when that alone does,
 * none when several do. A filter's verdict is all bits, or its own; verdicts together are their bitwise and.
 */
export type Verdict = number;
export const FOUND: Verdict = ~0;

/** Numbers for strings, so that they can be counted in an array. */
export class Numbering {
  readonly #numbers = new Map<string, number>();
  readonly #names: string[] = [];

  numberOf(name: string): number {
    const known = this.#numbers.get(name);
    if (known !== undefined) return known;
    this.#numbers.set(name, this.#names.length);
    return this.#names.push(name) - 1;
  }

  /** The number of a name that was ever numbered. */
  find(name: string): number | undefined {
    return this.#numbers.get(name);
  }

  counts(): Int32Array {
    return new Int32Array(this.#names.length);
  }

  /** The names with the most, at most so many, and those that were chosen; of equals the first in the alphabet. */
  top(counts: Int32Array, most: number, chosen: readonly string[] = []): { name: string; count: number }[] {
    const all: { name: string; count: number }[] = [];
    counts.forEach((count, number) => {
      const name = this.#names[number];
      if (count > 0 && name !== undefined) all.push({ name, count });
    });
    all.sort((a, b) => b.count - a.count || (a.name < b.name ? -1 : 1));
    return all.filter(({ name }, place) => place < most || chosen.includes(name));
  }
}

export function add(counts: number[] | Int32Array, place: number): void {
  counts[place] = (counts[place] ?? 0) + 1;
}

/** Bounds of price ranges, ascending; the last is open above. */
export function bucketOf(bounds: readonly number[], price: number): number {
  let place = bounds.length - 1;
  while (place > 0 && price < (bounds[place] ?? 0)) place -= 1;
  return place;
}

/** How many are at least so many stars, by counts of whole stars. */
export function atLeast(byStars: readonly number[]): { atLeast: 1 | 2 | 3 | 4; count: number }[] {
  return ([4, 3, 2, 1] as const).map((stars) => ({
    atLeast: stars,
    count: byStars.slice(stars).reduce((sum, count) => sum + count, 0),
  }));
}

/** Something found, and what it is sorted by: the highest first, of equals the newest. */
export type Found<Entry> = { entry: Entry; key: number };

/** The page that begins at `offset`, and where the next one does. */
export function pageOf<Entry extends { id: number }>(
  found: Found<Entry>[],
  { limit, offset }: { limit: number; offset: number },
): { entries: Entry[]; next: number | null } {
  found.sort((a, b) => b.key - a.key || b.entry.id - a.entry.id);
  const entries = found.slice(offset, offset + limit).map(({ entry }) => entry);
  return { entries, next: offset + limit < found.length ? offset + limit : null };
}
