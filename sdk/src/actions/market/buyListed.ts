import type { Address } from "viem";
import { requireWallet, type StelaiClient } from "../../client.ts";
import { resaleResoldEvent, stelaiTransferAndCall3 } from "../../generated/fragments.ts";
import { eventArguments } from "../../internal/events.ts";
import { type Sent, send } from "../../internal/send.ts";
import { WEI_PER_MICROCREDIT } from "../../pricing.ts";
import { encodeResalePurchase } from "./payments.ts";
import { type TokenReference, tokenOf } from "./token.ts";

export type BuyListedParameters = TokenReference & {
  /** The price that the page showed, in microcredits. */
  price: bigint;
  /** Who gets it; the wallet when absent. */
  recipient?: Address | undefined;
};
/** Microcredits. */
export type BuyListedReturnType = Sent<{ seller: Address; buyer: Address; price: bigint; royalty: bigint }>;

/**
 * Buys a listed licence or work, in one transaction without an allowance: credits and token change hands at once. With a
 * work comes its ownership, and its offers are void until the new owner makes others.
 * @throws NotListedError, PriceChangedError when the seller changed it, WorkSuspendedError, EnforcedPauseError,
 * ERC20InsufficientBalanceError, UserRejectedError.
 *
 * @example
 * ```ts
 * const { royalty } = await (await stelai.market.buyListed({ licenceId, price: listing.price })).wait();
 * ```
 */
export async function buyListed(client: StelaiClient, parameters: BuyListedParameters): Promise<BuyListedReturnType> {
  const { Resale, Stelai } = client.deployment.contracts;
  const { price, recipient = requireWallet(client).account.address } = parameters;
  const data = encodeResalePurchase({ ...tokenOf(client, parameters), price, recipient });
  const args = [Resale, price * WEI_PER_MICROCREDIT, data] as const;
  const call = { address: Stelai, abi: [stelaiTransferAndCall3], functionName: "transferAndCall", args } as const;
  return send(client, call, (receipt) => {
    const { seller, buyer, price: paid, royalty } = eventArguments(receipt, Resale, resaleResoldEvent);
    return { seller, buyer, price: paid, royalty };
  });
}
