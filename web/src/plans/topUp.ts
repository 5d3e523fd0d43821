/** What an automatic top-up agrees to, as it is typed (ICreditPlans, TopUp). */
import { type CreditPackage, cheapestOrder, type TopUpAgreement } from "@stelai/sdk";
import { parseCredits, parseUsd } from "../credits/parse.ts";
import { WEI_PER_CREDIT } from "../format/money.ts";

/** The fields as they are typed: credits, and dollars. */
export interface TopUpDraft {
  readonly threshold: string;
  readonly credits: string;
  readonly maxPrice: string;
  readonly cap: string;
}

export type TopUpField = keyof TopUpDraft;

/** What is wrong with a field. */
export type TopUpProblem = "notNumber" | "notSold" | "belowPrice" | "belowMaxPrice";

export interface TopUpReading {
  /** Undefined while any field is empty or wrong. */
  readonly agreed: TopUpAgreement | undefined;
  readonly problems: Readonly<Partial<Record<TopUpField, TopUpProblem>>>;
  /** What one top-up costs now; undefined while its credits are not known. */
  readonly price: bigint | undefined;
}

/** Reads what was typed. An empty field is no problem yet. */
export function readTopUp(draft: TopUpDraft, packages: readonly CreditPackage[]): TopUpReading {
  const problems: Partial<Record<TopUpField, TopUpProblem>> = {};
  const read = (field: TopUpField, parse: (text: string) => bigint | undefined) => {
    if (draft[field].trim() === "") return undefined;
    const value = parse(draft[field]);
    if (value !== undefined && value > 0n) return value;
    problems[field] = "notNumber";
    return undefined;
  };
  const threshold = read("threshold", parseCredits);
  const credits = read("credits", parseCredits);
  const maxPrice = read("maxPrice", parseUsd);
  const cap = read("cap", parseUsd);
  const price = credits === undefined ? undefined : cheapestOrder(packages, credits)?.price;
  if (credits !== undefined && price === undefined && packages.length > 0) problems.credits = "notSold";
  if (maxPrice !== undefined && price !== undefined && maxPrice < price) problems.maxPrice = "belowPrice";
  if (cap !== undefined && maxPrice !== undefined && cap < maxPrice) problems.cap = "belowMaxPrice";
  const isWhole =
    threshold !== undefined &&
    credits !== undefined &&
    maxPrice !== undefined &&
    cap !== undefined &&
    price !== undefined;
  const agreed = isWhole && Object.keys(problems).length === 0 ? { threshold, credits, maxPrice, cap } : undefined;
  return { agreed, problems, price };
}

/** How many top-ups a window's cap allows at a price. */
export function topUpsWithin(cap: bigint, price: bigint): bigint {
  return price === 0n ? 0n : cap / price;
}

/** Whole credits that a threshold of wei is typed as, without separators. */
export function typedCredits(wei: bigint): string {
  const fraction = (wei % WEI_PER_CREDIT).toString().padStart(18, "0").replace(/0+$/, "");
  return `${wei / WEI_PER_CREDIT}${fraction && `.${fraction}`}`;
}

/** Reserve units as dollars are typed: two decimals, rounded up to the cent so that it still covers the amount. */
export function typedUsd(units: bigint): string {
  const cents = (units + 9_999n) / 10_000n;
  return `${cents / 100n}.${String(cents % 100n).padStart(2, "0")}`;
}
