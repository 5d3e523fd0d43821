import type { FlowStep, GetUsageReturnType, Modality } from "@stelai/sdk";
import type { Address } from "viem";
import { decimal } from "../format/decimal.ts";
import { WEI_PER_MICROCREDIT } from "../format/money.ts";
import { shareOf } from "./earnings.ts";

/** One UTC day of use. */
export interface DayOfUse {
  /** Days since 1970. */
  readonly day: number;
  readonly uses: bigint;
  /** Thousandths of the modality's unit. */
  readonly milliunits: bigint;
  readonly users: number;
  /** Gross, in wei of STELAI. */
  readonly paid: bigint;
  /** What of it comes to the account, in wei of STELAI. */
  readonly net: bigint;
}

/**
 * The days of a character's use, with what each brings an account.
 * @param payee Who the character pays.
 * @param commissionBps Of what the meter pays in.
 * @param flows All steps that lead to the account.
 */
export function daysOfUse(
  { days }: Pick<GetUsageReturnType, "days">,
  account: Address,
  payee: bigint,
  commissionBps: number,
  flows: readonly FlowStep[],
): DayOfUse[] {
  return days.map(({ day, generations, milliunits, payers, paid }) => {
    const gross = paid * WEI_PER_MICROCREDIT;
    return {
      ...{ day, milliunits, uses: generations, users: payers, paid: gross },
      net: shareOf(account, payee, gross, commissionBps, flows),
    };
  });
}

/**
 * Milliunits as one says them of a modality: tokens and characters are counted one by one, megapixels and seconds with
 * what is behind the point.
 */
export function unitsText(modality: Modality, milliunits: bigint, locale = "en"): string {
  const isCounted = modality === "Chat" || modality === "Voice";
  return new Intl.NumberFormat(locale, { maximumFractionDigits: 1 }).format(
    isCounted ? milliunits : decimal(milliunits, 3),
  );
}
