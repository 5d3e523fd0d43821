/** What opening a tab takes of paid credits and of bonus, which is spent first (DESIGN section 2). */
import { WEI_PER_MICROCREDIT } from "../format/money.ts";

export interface OpeningCost {
  /** How much of the cap is bonus, in microcredits. */
  readonly bonus: bigint;
  /** What the sponsor asks, in wei of STELAI; undefined while not known. */
  readonly fee: bigint | undefined;
  /** What leaves the wallet: the rest of the cap and the fee, in wei of STELAI; undefined while not known. */
  readonly paid: bigint | undefined;
  /** Whether the wallet has less than that. */
  readonly isShort: boolean;
}

/**
 * @param cap In wei of STELAI.
 * @param bonus What may be spent of bonus, in microcredits.
 * @param tabFee What the sponsor asks for an opening, in wei.
 * @param credits What the wallet holds, in wei.
 */
export function openingCost(
  cap: bigint,
  bonus: bigint,
  tabFee: bigint | undefined,
  credits: bigint | undefined,
): OpeningCost {
  const most = cap / WEI_PER_MICROCREDIT;
  const spent = bonus < most ? bonus : most;
  const rest = cap - spent * WEI_PER_MICROCREDIT;
  // A tab that is all bonus is opened without a fee where paid credits do not cover it.
  const isCarried = rest === 0n && tabFee !== undefined && credits !== undefined && credits < tabFee;
  const fee = isCarried ? 0n : tabFee;
  const paid = fee === undefined ? undefined : rest + fee;
  return { bonus: spent, fee, paid, isShort: paid !== undefined && credits !== undefined && credits < paid };
}
