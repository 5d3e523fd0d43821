/**
 * Who sent this browser's person, by a link of theirs: `?ref=0x…` on any page. Kept here until the first purchase binds
 * it on the chain (DESIGN section 4); the first link counts, until it is dropped.
 */
import { type Address, getAddress, isAddress } from "viem";

const KEY = "stelai.referrer";
const PARAMETER = "ref";

/** The referrer that an address's query names; undefined where it names none. */
export function referrerIn(search: string): Address | undefined {
  const named = new URLSearchParams(search).get(PARAMETER);
  return named !== null && isAddress(named, { strict: false }) ? getAddress(named) : undefined;
}

/** The query without the referrer, with its leading question mark, or empty. */
export function withoutReferrer(search: string): string {
  const query = new URLSearchParams(search);
  query.delete(PARAMETER);
  const text = query.toString();
  return text && `?${text}`;
}

const listeners = new Set<() => void>();

/** Calls when somebody else is kept, or nobody any more. @returns What ends that. */
export function onReferrerChange(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Who is kept; undefined where nobody is, or this browser keeps nothing. */
export function keptReferrer(): Address | undefined {
  try {
    const kept = localStorage.getItem(KEY);
    return kept !== null && isAddress(kept) ? kept : undefined;
  } catch {
    return undefined;
  }
}

/** Keeps who the query names, unless somebody is kept already. */
export function keepReferrer(search: string): void {
  const named = referrerIn(search);
  if (!named || keptReferrer()) return;
  try {
    localStorage.setItem(KEY, named);
  } catch {
    // A browser that keeps nothing: the link counts for nobody, and everything else goes on.
  }
}

/** Forgets who is kept. */
export function dropReferrer(): void {
  try {
    localStorage.removeItem(KEY);
    for (const listener of listeners) listener();
  } catch {
    // Where nothing is kept there is nothing to forget.
  }
}
