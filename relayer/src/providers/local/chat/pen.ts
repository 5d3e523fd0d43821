import { tidy } from "../../language.ts";
import type { Random } from "./random.ts";

/** Values that a line's slots may take; a line with a slot that is missing here is not used. */
export type Slots = Partial<
  Record<"name" | "subject" | "echo" | "earlier" | "suggestion" | "character" | "sum" | "result", string>
>;

type SlotName = keyof Slots;
const SLOT = /\{([A-Za-z]+)\}/g;

/**
 * Chooses and fills lines. It knows what the character has said before in this conversation and takes a line that has
 * not been said yet; only when a whole pool is spent does it go back to the line said longest ago.
 */
export class Pen {
  readonly slots: Slots;
  readonly #random: Random;
  readonly #said: string[];
  /** Number of earlier messages; what this reply says is appended behind them. */
  readonly #earlier: number;

  constructor(random: Random, said: readonly string[], slots: Slots) {
    this.#random = random;
    this.#said = said.map(tidy);
    this.#earlier = said.length;
    this.slots = slots;
  }

  /**
   * A line of the pool that was not said before, filled; undefined when there is none. With `within`, only that many
   * messages back count: short openings may come round again.
   */
  fresh(pool: readonly string[] | undefined, within = Number.POSITIVE_INFINITY): string | undefined {
    const since = Math.max(0, this.#earlier - within);
    return this.#take(this.#usable(pool).filter((line) => this.#lastSaid(line) < since));
  }

  /** A line of the pool, one not said before if there is one; undefined only when no line can be filled. */
  pick(pool: readonly string[] | undefined): string | undefined {
    const fresh = this.fresh(pool);
    if (fresh !== undefined) return fresh;
    const oldest = this.#usable(pool)
      .map((line) => ({ line, at: this.#lastSaid(line) }))
      .sort((a, b) => a.at - b.at)[0];
    return oldest === undefined ? undefined : this.#take([oldest.line]);
  }

  /** True when this very line, whatever filled its slots, is in an earlier message. */
  wasSaid(line: string): boolean {
    return this.#lastSaid(line) !== -1;
  }

  fill(line: string): string {
    return line.replace(SLOT, (whole, name: string) => {
      const key = `${name.charAt(0).toLowerCase()}${name.slice(1)}` as SlotName;
      const value = this.slots[key];
      if (value === undefined) return whole;
      return name.charAt(0) === key.charAt(0) ? value : capital(value);
    });
  }

  chance(probability: number): boolean {
    return this.#random.chance(probability);
  }

  choose<T>(items: readonly T[]): T | undefined {
    return items[this.#random.below(items.length)];
  }

  #take(lines: readonly string[]): string | undefined {
    const line = this.choose(lines);
    if (line === undefined) return undefined;
    const filled = this.fill(line);
    this.#said.push(tidy(filled));
    return filled;
  }

  #usable(pool: readonly string[] | undefined): string[] {
    return (pool ?? []).filter((line) =>
      [...line.matchAll(SLOT)].every(([, name = ""]) => {
        const key = `${name.charAt(0).toLowerCase()}${name.slice(1)}`;
        return !isSlot(key) || this.slots[key] !== undefined;
      }),
    );
  }

  /** Index of the last message that holds the line's fixed parts in their order; -1 when none does. */
  #lastSaid(line: string): number {
    const parts = tidy(line)
      .split(/\{[A-Za-z]+\}/)
      .map((part) => part.trim())
      .filter((part) => part.length > 0);
    for (let at = this.#said.length - 1; at >= 0; at -= 1) {
      if (holdsInOrder(this.#said[at] ?? "", parts)) return at;
    }
    return -1;
  }
}

const SLOT_NAMES: ReadonlySet<string> = new Set<SlotName>([
  "name",
  "subject",
  "echo",
  "earlier",
  "suggestion",
  "character",
  "sum",
  "result",
]);

function isSlot(name: string): name is SlotName {
  return SLOT_NAMES.has(name);
}

function holdsInOrder(text: string, parts: readonly string[]): boolean {
  let from = 0;
  for (const part of parts) {
    const found = text.indexOf(part, from);
    if (found === -1) return false;
    from = found + part.length;
  }
  return parts.length > 0;
}

export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
