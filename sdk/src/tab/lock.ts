const chains = new Map<string, Promise<unknown>>();

/**
 * Runs `work` alone among all that use the same name: in this process, and with Web Locks in every window of this
 * origin, so that two of them never sign two vouchers from two states.
 */
export async function exclusively<T>(name: string, work: () => Promise<T>): Promise<T> {
  const locks = globalThis.navigator?.locks;
  if (locks) return (await locks.request(name, () => work())) as T;
  const before = chains.get(name) ?? Promise.resolve();
  const mine = before.then(work, work);
  // The chain must go on after a failure; whoever called gets the failure itself.
  const settled = mine.then(
    () => undefined,
    () => undefined,
  );
  chains.set(name, settled);
  try {
    return await mine;
  } finally {
    if (chains.get(name) === settled) chains.delete(name);
  }
}
