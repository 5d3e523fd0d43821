import { clear, createStore, del, entries, get, keys, set, type UseStore } from "idb-keyval";

const GENESIS = "stelai.genesis";

/**
 * Everything remembered about a chain (transactions on their way, tabs and their session keys, unsent amounts) lives in
 * this one IndexedDB store, so that it can be dropped as a whole.
 */
const database = createStore("stelai-chain", "state");

/** Settled once nothing of another chain is left, or nothing can be dropped. */
let oneChain: Promise<unknown> = Promise.resolve();

/** The store to whoever reads or writes: it waits for {@link keepOneChain}, the page does not. */
const chainStore: UseStore = (mode, use) => oneChain.then(() => database(mode, use));

/** Reads a value of the current chain's state. */
export function readChainState<T>(key: string): Promise<T | undefined> {
  return get<T>(key, chainStore);
}

/** Writes a value of the current chain's state. */
export function writeChainState(key: string, value: unknown): Promise<void> {
  return set(key, value, chainStore);
}

/** Forgets one value of the current chain's state. */
export function deleteChainState(key: string): Promise<void> {
  return del(key, chainStore);
}

/** All values whose key begins with `prefix`. */
export async function listChainState<T>(prefix: string): Promise<T[]> {
  const all = await entries<string, T>(chainStore);
  return all.filter(([key]) => key.startsWith(prefix)).map(([, value]) => value);
}

/** All keys that begin with `prefix`. */
export async function listChainKeys(prefix: string): Promise<string[]> {
  const all = await keys<string>(chainStore);
  return all.filter((key) => key.startsWith(prefix));
}

/** Forgets everything of the current chain's state. */
export function forgetChainState(): Promise<void> {
  return clear(chainStore);
}

/**
 * Drops what is remembered of another chain: a tab or a transaction of a chain that is gone must not look like money
 * on this one. Call before anything reads the store: reads and writes wait for it. A browser's database can take
 * seconds to open, or never answer; the page does not wait for it.
 */
export function keepOneChain(genesisHash: string): void {
  // Without IndexedDB (a private window of some browsers) there is no old state to drop either.
  oneChain = dropStateOfOtherChain(genesisHash).catch(() => undefined);
}

/**
 * The dropping itself.
 * @returns Whether something of another chain was dropped.
 */
export async function dropStateOfOtherChain(
  genesisHash: string,
  memory: Pick<Storage, "getItem" | "setItem"> = localStorage,
  drop: () => Promise<void> = () => clear(database),
): Promise<boolean> {
  const remembered = memory.getItem(GENESIS);
  if (remembered === genesisHash) return false;
  await drop();
  // Remembered only once the old state is gone: a page closed in between drops it the next time.
  memory.setItem(GENESIS, genesisHash);
  return remembered !== null;
}
