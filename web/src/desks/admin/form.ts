/** What is typed at the desk, read and judged before it is asked for. */
import { parseCredits, parseUsd } from "../../credits/parse.ts";
import { parseDecimal } from "../../format/decimal.ts";
import { WEI_PER_MICROCREDIT } from "../../format/money.ts";
import { floorOf } from "./changes.ts";

/** An offer as typed: credits, and dollars. */
export interface TypedOffer {
  readonly credits: string;
  readonly price: string;
}

export type OfferProblem = "credits" | "price" | "floor";

/**
 * An offer as the contract takes it (wei, reserve units), or what is wrong with it.
 * @param floor Reserve units for one credit; undefined while not known: then the contract alone judges.
 */
export function readOffer(
  typed: TypedOffer,
  floor: bigint | undefined,
): { credits: bigint; price: bigint } | OfferProblem {
  const credits = parseCredits(typed.credits);
  if (credits === undefined || credits === 0n || credits % WEI_PER_MICROCREDIT !== 0n) return "credits";
  const price = parseUsd(typed.price);
  if (price === undefined || price === 0n) return "price";
  if (floor !== undefined && price < floorOf(credits, floor)) return "floor";
  return { credits, price };
}

/** Percent as typed (`5`, `2.5`) in basis points; undefined when it is none, or more than `most`. */
export function readPercent(text: string, most: number): number | undefined {
  const bps = parseDecimal(text, 2);
  return bps !== undefined && bps <= BigInt(most) ? Number(bps) : undefined;
}

/** Credits as typed in microcredits, more than none; undefined when they are not. */
export function readBonus(text: string): bigint | undefined {
  const wei = parseCredits(text);
  if (wei === undefined || wei === 0n || wei % WEI_PER_MICROCREDIT !== 0n) return undefined;
  return wei / WEI_PER_MICROCREDIT;
}

/** A moment as a field of date and time holds it, in the reader's zone: `2026-11-22T12:00`. @param seconds Unix time. */
export function toField(seconds: bigint): string {
  const at = new Date(Number(seconds) * 1000);
  const two = (value: number) => String(value).padStart(2, "0");
  const day = `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
  return `${day}T${two(at.getHours())}:${two(at.getMinutes())}`;
}

/** The same as Unix seconds; undefined when it is no moment. */
export function fromField(text: string): bigint | undefined {
  const at = new Date(text).getTime();
  return Number.isNaN(at) ? undefined : BigInt(Math.floor(at / 1000));
}
