import { requireWallet, type StelaiClient } from "../../client.ts";
import type { Grant } from "../../internal/sendBatch.ts";
import { standingNeeds } from "../plans/standing.ts";

/**
 * What the credit store has to be allowed to take for `price`, in reserve units. Plans and top-ups live on the same allowance:
 * unless it covers them besides, the price is added to it, so that the purchase leaves what stood before.
 */
export async function purchaseGrant(client: StelaiClient, price: bigint): Promise<Grant> {
  const { Reserve, CreditStore } = client.deployment.contracts;
  const { renewals, topUps } = await standingNeeds(client, requireWallet(client).account.address);
  return { token: Reserve, spender: CreditStore, needed: price + renewals + topUps, raisedBy: price };
}
