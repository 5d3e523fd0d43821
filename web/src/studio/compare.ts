/** How many stand side by side at most, and at least. */
export const MOST = 4;
export const LEAST = 2;

/** Ids chosen to be compared, in the order in which they were. */
export type Selection = readonly string[];

/** Takes one in or out. A fifth takes the place of the first. */
export function toggle(selection: Selection, id: string): Selection {
  if (selection.includes(id)) return selection.filter((one) => one !== id);
  return [...selection, id].slice(-MOST);
}

/** Without those that are gone. */
export function stillThere(selection: Selection, present: ReadonlySet<string>): Selection {
  return selection.every((id) => present.has(id)) ? selection : selection.filter((id) => present.has(id));
}

export function canCompare(selection: Selection): boolean {
  return selection.length >= LEAST;
}

/** Which settings differ among what is compared: those are worth reading. */
export function differing<T extends object>(settings: readonly T[]): ReadonlySet<keyof T> {
  const keys = new Set(settings.flatMap((one) => Object.keys(one) as (keyof T)[]));
  return new Set([...keys].filter((key) => new Set(settings.map((one) => one[key])).size > 1));
}
