import { WHOLE_BPS } from "@stelai/sdk";
import { WEI_PER_MICROCREDIT } from "../format/money.ts";

/** Where a price goes once an order is released, in wei of STELAI: `paid = commission + parents + others + kept`. */
export interface SaleSums {
  readonly paid: bigint;
  /** The treasury's. */
  readonly commission: bigint;
  /** What the works it builds on are owed. */
  readonly parents: bigint;
  /** What other people who earn with it get. */
  readonly others: bigint;
  readonly kept: bigint;
}

const part = (amount: bigint, bps: number) => (amount * BigInt(bps)) / BigInt(WHOLE_BPS);

/**
 * What one licence brings its seller: the commission leaves first, then what parents are owed, then the shares of the
 * owner's part (`Payouts.earn`, then one split after the other, each rounded down).
 * @param price Microcredits.
 * @param commissionBps Of what Licenses pays in.
 * @param parentsBps What the parents are owed together.
 * @param mineBps The seller's share of the owner's part.
 */
export function saleOf(price: bigint, commissionBps: number, parentsBps = 0, mineBps = WHOLE_BPS): SaleSums {
  const paid = price * WEI_PER_MICROCREDIT;
  const commission = part(paid, commissionBps);
  const net = paid - commission;
  const owners = part(net, WHOLE_BPS - parentsBps);
  const kept = part(owners, mineBps);
  return { paid, commission, parents: net - owners, others: owners - kept, kept };
}
