import { payeeOf, type Share, sortShares, WHOLE_BPS } from "@stelai/sdk";
import { type Address, getAddress, isAddress } from "viem";
import { parseDecimal } from "../format/decimal.ts";
import type { DraftEarner, SellDraft } from "./draft.ts";

/** A split has 32 shares at most, one's own among them. */
export const MOST_EARNERS = 31;

/**
 * Reads a percentage with up to two decimals.
 * @returns Ten-thousandths from 0 to 10,000; undefined otherwise.
 */
export function bpsOf(text: string): number | undefined {
  const bps = text.trim() === "" ? undefined : parseDecimal(text, 2);
  return bps !== undefined && bps <= BigInt(WHOLE_BPS) ? Number(bps) : undefined;
}

/** Somebody whose name one may type in place of an address: whom one follows. */
export interface KnownPerson {
  readonly address: Address;
  readonly name: string;
}

/** Whom a text means: an address, or the one person known by that name. */
export type Found = { readonly address: Address } | "unknown" | "ambiguous" | "empty";

/** @param known Whose names count: a name that several have means nobody. */
export function findPerson(text: string, known: readonly KnownPerson[]): Found {
  const typed = text.trim();
  if (typed === "") return "empty";
  if (isAddress(typed)) return BigInt(typed) === 0n ? "unknown" : { address: getAddress(typed) };
  const same = (name: string) => name.localeCompare(typed, undefined, { sensitivity: "accent" }) === 0;
  const addresses = [...new Set(known.filter(({ name }) => same(name)).map(({ address }) => getAddress(address)))];
  const [address] = addresses;
  if (!address) return "unknown";
  return addresses.length === 1 ? { address } : "ambiguous";
}

/** All shares of a draft together, in ten-thousandths; undefined while one cannot be read. */
export function sumOfShares({ mine, earners }: Pick<SellDraft, "mine" | "earners">): number | undefined {
  const all = [mine, ...earners.map(({ percent }) => percent)].map(bpsOf);
  return all.reduce<number | undefined>(
    (sum, each) => (sum === undefined || each === undefined ? undefined : sum + each),
    0,
  );
}

/** What is left for the seller when the others have theirs, in percent as it would be typed; undefined when nothing is. */
export function restOfShares(earners: readonly DraftEarner[]): string | undefined {
  const taken = sumOfShares({ mine: "0", earners });
  if (taken === undefined || taken > WHOLE_BPS) return undefined;
  return String((WHOLE_BPS - taken) / 100);
}

/** The seller's part of the owner's part in ten-thousandths; undefined while it cannot be read. */
export function mineBpsOf({ isShared, mine }: Pick<SellDraft, "isShared" | "mine">): number | undefined {
  return isShared ? bpsOf(mine) : WHOLE_BPS;
}

/**
 * Who earns, as the contract takes it: one share of the whole, or a split in its order.
 * @returns Undefined unless every one of them is somebody else and together they are 100 %.
 */
export function sharesOf(
  draft: Pick<SellDraft, "isShared" | "mine" | "earners">,
  me: Address,
  known: readonly KnownPerson[],
): Share[] | undefined {
  if (!draft.isShared) return [{ recipient: payeeOf(me), bps: WHOLE_BPS }];
  const mine = bpsOf(draft.mine);
  if (mine === undefined) return undefined;
  const shares: Share[] = mine > 0 ? [{ recipient: payeeOf(me), bps: mine }] : [];
  const seen = new Set([payeeOf(me)]);
  for (const { who, percent } of draft.earners) {
    const [found, bps] = [findPerson(who, known), bpsOf(percent)];
    if (typeof found === "string" || !bps) return undefined;
    const recipient = payeeOf(found.address);
    if (seen.has(recipient)) return undefined;
    seen.add(recipient);
    shares.push({ recipient, bps });
  }
  return shares.reduce((sum, { bps }) => sum + bps, 0) === WHOLE_BPS ? sortShares(shares) : undefined;
}
