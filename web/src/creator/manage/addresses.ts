import { type Address, getAddress, isAddress } from "viem";

/** A line in which no address could be read, or a wrong one. */
export interface BadLine {
  /** From 1, as an editor counts. */
  readonly line: number;
  /** What stands there, shortened. */
  readonly text: string;
  readonly why: "noAddress" | "notWhole" | "checksum" | "zero";
}

/** What a pasted list holds. */
export interface AddressList {
  /** Each once, in the order they came, with their checksum (EIP-55). */
  readonly accounts: readonly Address[];
  /** How many came again. */
  readonly repeated: number;
  readonly bad: readonly BadLine[];
}

const SHOWN = 48;
const LOOKS_LIKE_ADDRESS = /^0x[0-9a-fA-F]*$/i;
const HEX_40 = /^0x[0-9a-fA-F]{40}$/;

/**
 * Reads addresses out of pasted text: one a line, or several with commas, semicolons or blanks between; a table's other
 * columns (a name, a date) do no harm. What cannot be read is told by its line, and nothing of it is taken.
 */
export function readAddresses(text: string): AddressList {
  const found = new Map<string, Address>();
  const bad: BadLine[] = [];
  let repeated = 0;
  for (const [at, whole] of text.split(/\r\n|\r|\n/).entries()) {
    const words = whole.split(/[\s,;"']+/).filter((word) => word !== "");
    const candidates = words.filter((word) => LOOKS_LIKE_ADDRESS.test(word));
    const tell = (why: BadLine["why"], what = whole.trim()) => {
      bad.push({ line: at + 1, text: what.length > SHOWN ? `${what.slice(0, SHOWN)}…` : what, why });
    };
    if (words.length > 0 && candidates.length === 0) tell("noAddress");
    for (const word of candidates) {
      if (!HEX_40.test(word)) tell("notWhole", word);
      // A mistyped address with capitals gives itself away (EIP-55).
      else if (!isAddress(word)) tell("checksum", word);
      else if (BigInt(word) === 0n) tell("zero", word);
      else if (found.has(word.toLowerCase())) repeated += 1;
      else found.set(word.toLowerCase(), getAddress(word));
    }
  }
  return { accounts: [...found.values()], repeated, bad };
}

/** Parts of at most `size`, in order. */
export function batchesOf<Item>(items: readonly Item[], size: number): Item[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, at) => items.slice(at * size, (at + 1) * size));
}
