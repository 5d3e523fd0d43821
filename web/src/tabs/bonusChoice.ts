/** Whether the next tab is to be opened with bonus credits; for as long as the page is open. */
let isWanted = true;
const listeners = new Set<() => void>();

export function wantsBonus(): boolean {
  return isWanted;
}

export function wantBonus(wanted: boolean): void {
  isWanted = wanted;
  for (const listener of listeners) listener();
}

/** Calls when that changes. @returns What ends it. */
export function onBonusChoice(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
