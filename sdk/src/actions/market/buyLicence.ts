import type { Address, Hash } from "viem";
import { requireWallet, type StelaiClient } from "../../client.ts";
import { OfferChangedError } from "../../errors/marketClient.ts";
import { licensesBoughtEvent, stelaiTransferAndCall3 } from "../../generated/fragments.ts";
import { eventArguments } from "../../internal/events.ts";
import { type Sent, send } from "../../internal/send.ts";
import { WEI_PER_MICROCREDIT } from "../../pricing.ts";
import type { Tier } from "../../wireMarket.ts";
import { getOffer } from "./getOffer.ts";
import { encodeLicencePayment } from "./payments.ts";

export type BuyLicenceParameters = {
  offerId: bigint;
  /** The price that the page showed, in microcredits. */
  price: bigint;
  /** The terms that the page showed. */
  termsHash: Hash;
  /** What else the page showed, each compared where it is given: the work, the tier, and the seconds it lasts. */
  workId?: bigint | undefined;
  tier?: Tier | undefined;
  duration?: bigint | undefined;
  /** The operator that is expected to deliver; anyone can be named by an offer. */
  attestor?: Address | undefined;
  /** Who gets the licence, and what is refunded of it; the wallet when absent. */
  recipient?: Address | undefined;
};

/** What was bought; times in Unix seconds. */
export type LicenceBought = {
  licenceId: bigint;
  offerId: bigint;
  holder: Address;
  payer: Address;
  /** The commission, pinned, in ten-thousandths. */
  commissionBps: number;
  /** The right's last second; 0 is never. */
  expiry: bigint;
};
export type BuyLicenceReturnType = Sent<LicenceBought>;

/**
 * Buys a licence into escrow, in one transaction without an allowance. The offer is read from the chain first: what is
 * paid is what the page showed, for what it showed. The price comes back unless the file is delivered within 24
 * hours; then there are 72 hours to look at it (`market.accept`, `market.dispute`).
 * @throws OfferChangedError when something of it is another than was given, NoSuchOfferError, OfferVoidError, SoldOutError,
 * SoldExclusivelyError, StillLicensedError, WorkSuspendedError, EnforcedPauseError, ERC20InsufficientBalanceError, UserRejectedError.
 *
 * @example
 * ```ts
 * const { offerId, workId, tier, duration, attestor, price, termsHash } = offer; // as shown
 * const pinned = { offerId, workId, tier, duration, attestor, price, termsHash };
 * const { licenceId } = await (await stelai.market.buy(pinned)).wait();
 * ```
 */
export async function buyLicence(
  client: StelaiClient,
  { offerId, recipient, ...shown }: BuyLicenceParameters,
): Promise<BuyLicenceReturnType> {
  const { Licenses, Stelai } = client.deployment.contracts;
  const holder = recipient ?? requireWallet(client).account.address;
  const offer = await getOffer(client, { offerId });
  const { price } = shown;
  const compared = [
    ["work", shown.workId, offer.workId],
    ["tier", shown.tier, offer.tier],
    ["duration", shown.duration, offer.duration],
    ["attestor", shown.attestor, offer.attestor],
    ["price", price, offer.price],
    ["terms", shown.termsHash, offer.termsHash],
  ] as const;
  for (const [field, expected, found] of compared) {
    // Addresses and hashes come in either case.
    const isOther = expected !== undefined && String(expected).toLowerCase() !== String(found).toLowerCase();
    if (isOther) throw new OfferChangedError(offerId, field, expected, found);
  }
  const data = encodeLicencePayment({ isDispute: false, id: offerId, recipient: holder, evidenceURI: "" });
  const args = [Licenses, price * WEI_PER_MICROCREDIT, data] as const;
  const call = { address: Stelai, abi: [stelaiTransferAndCall3], functionName: "transferAndCall", args } as const;
  return send(client, call, (receipt) => {
    const bought = eventArguments(receipt, Licenses, licensesBoughtEvent);
    return { ...bought, expiry: BigInt(bought.expiry) };
  });
}
