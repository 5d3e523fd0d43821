import { type Address, type TransactionReceipt, zeroAddress } from "viem";
import { requireWallet, type StelaiClient } from "../../client.ts";
import type { Order } from "../../commitments.ts";
import { creditStorePurchasedEvent } from "../../generated/fragments.ts";
import { eventArguments } from "../../internal/events.ts";
import { quotePackage } from "./quotePackage.ts";

/** What a buyer chooses; the rest has its obvious value. */
export type OrderParameters = {
  packageId: bigint;
  /** How many of it; 1 when absent. */
  quantity?: bigint | undefined;
  /** Who receives the credits; the wallet itself when absent. */
  recipient?: Address | undefined;
  /** Who sent the buyer; nobody when absent. */
  referrer?: Address | undefined;
  /** The most to pay, a sponsor's fee excluded, in reserve units; the price of this moment when absent. */
  maxPrice?: bigint | undefined;
};

/** What a purchase brought. */
export type PurchaseResult = {
  /** In wei of STELAI. */
  credits: bigint;
  /** Paid, in reserve units, a sponsor's fee excluded. */
  price: bigint;
};

/** The order that the contract takes. */
export async function completeOrder(client: StelaiClient, parameters: OrderParameters): Promise<Order> {
  const { packageId, quantity = 1n, referrer = zeroAddress } = parameters;
  const maxPrice = parameters.maxPrice ?? (await quotePackage(client, { packageId, quantity })).price;
  const recipient = parameters.recipient ?? requireWallet(client).account.address;
  return { packageId, quantity, recipient, referrer, maxPrice };
}

/** Reads what a purchase brought. */
export function readPurchase(client: StelaiClient) {
  return (receipt: TransactionReceipt): PurchaseResult => {
    const store = client.deployment.contracts.CreditStore;
    const { credits, price } = eventArguments(receipt, store, creditStorePurchasedEvent);
    return { credits, price };
  };
}
