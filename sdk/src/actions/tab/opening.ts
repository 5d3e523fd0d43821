import type { Address, TransactionReceipt } from "viem";
import type { StelaiClient } from "../../client.ts";
import type { Opening } from "../../commitments.ts";
import { inferenceMeterTabOpenedEvent } from "../../generated/fragments.ts";
import { eventArguments } from "../../internal/events.ts";

/** What a payer chooses. */
export type OpenParameters = {
  /** Who will serve and settle. */
  operator: Address;
  /** Whose signatures spend the tab. */
  sessionKey: Address;
  /** The most it can ever spend, in microcredits. */
  cap: bigint;
  /** Unix seconds until which it serves; the contract rounds up to its next four-hour unit. */
  expiry: bigint;
  /**
   * How much of the cap comes from the payer's bonus credits, in microcredits; none when absent. They are spent first, and
   * what is left of them comes back as bonus credits. Only with operators that Rewards trusts.
   */
  bonus?: bigint | undefined;
};

/** The tab that was opened; `expiry` as rounded up, `bonus` how much of the cap is bonus credits. */
export type OpenResult = {
  tabId: bigint;
  operator: Address;
  payer: Address;
  cap: bigint;
  expiry: bigint;
  bonus: bigint;
};

/** An opening as viem encodes it: it types 40 bits as number. */
export function openingArgument(opening: Opening) {
  const { operator, sessionKey, cap, expiry } = opening;
  return { operator, sessionKey, cap: Number(cap), expiry } as const;
}

/** What of a cap is paid credits, in microcredits. A bonus above the cap is left for the contract to refuse. */
export function paidPart(cap: bigint, bonus: bigint): bigint {
  return bonus < cap ? cap - bonus : 0n;
}

/** Reads which tab a transaction opened. Its bonus is what was asked for, or nothing was opened. */
export function readOpening(client: StelaiClient, bonus: bigint) {
  return (receipt: TransactionReceipt): OpenResult => {
    const meter = client.deployment.contracts.InferenceMeter;
    const { tabId, operator, payer, cap, expiry } = eventArguments(receipt, meter, inferenceMeterTabOpenedEvent);
    return { tabId, operator, payer, cap: BigInt(cap), expiry, bonus };
  };
}
