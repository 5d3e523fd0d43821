/** A tab that is not closed as the index tells of it; amounts in microcredits, as decimals. */
export interface OpenTab {
  readonly cap: string;
  readonly spent: string;
  /** How much of the cap it was opened with was bonus, which is spent first. */
  readonly bonus: string;
}

/** What is left in tabs, and how much of that is bonus, in microcredits. */
export function sumOfTabs(tabs: readonly OpenTab[]): { left: bigint; bonus: bigint } {
  return tabs.reduce(
    (sum, tab) => {
      const [cap, spent, bonus] = [BigInt(tab.cap), BigInt(tab.spent), BigInt(tab.bonus)];
      return { left: sum.left + cap - spent, bonus: sum.bonus + (bonus > spent ? bonus - spent : 0n) };
    },
    { left: 0n, bonus: 0n },
  );
}
