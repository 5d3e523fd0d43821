import type { Hex } from "viem";
import { readContract } from "viem/actions";
import { requireWallet, type StelaiClient } from "../../client.ts";
import { bonusOpenNonce, type Opening, openNonce, type Sponsorship } from "../../commitments.ts";
import { stelaiBalanceOf } from "../../generated/fragments.ts";
import { operatorInfo, sponsorshipOf } from "../../internal/sponsor.ts";
import { WEI_PER_MICROCREDIT } from "../../pricing.ts";
import { type OpenParameters, paidPart } from "./opening.ts";

export type PrepareSponsoredOpeningParameters = OpenParameters;

/** Everything that the payer's one signature will commit to, for the sheet before it. */
export type PrepareSponsoredOpeningReturnType = {
  opening: Opening;
  /** How much of the cap is bonus credits, in microcredits. */
  bonus: bigint;
  /** `fee` in wei of STELAI. */
  sponsorship: Sponsorship;
  /** What leaves the wallet: the cap less its bonus, and the fee, in wei of STELAI. */
  value: bigint;
  /** The EIP-3009 nonce the wallet shows: the hash of opening and sponsorship. */
  nonce: Hex;
};

/**
 * Lays out a tab that the relayer opens, without signing anything. One that is all bonus, of a wallet whose paid credits do
 * not cover the fee, asks the operator to open it without: which it does once in 30 days.
 * @throws NotSponsoredError when the relayer does not sponsor a cap this small; WrongDeploymentError.
 *
 * @example
 * ```ts
 * const opening = await stelai.tab.prepareSponsoredOpening({ operator, sessionKey, cap, expiry });
 * const { wait } = await stelai.tab.openSponsored({ prepared: opening });
 * ```
 */
export async function prepareSponsoredOpening(
  client: StelaiClient,
  parameters: PrepareSponsoredOpeningParameters,
): Promise<PrepareSponsoredOpeningReturnType> {
  const { operator, sessionKey, cap, expiry, bonus = 0n } = parameters;
  const opening = { operator, sessionKey, cap, expiry };
  const sponsorship = sponsorshipOf(await operatorInfo(client), "tabFee", cap);
  const paid = paidPart(cap, bonus) * WEI_PER_MICROCREDIT;
  if (paid === 0n && (await paidCredits(client)) < sponsorship.fee) sponsorship.fee = 0n;
  const nonce = bonus > 0n ? bonusOpenNonce(opening, bonus, sponsorship) : openNonce(opening, sponsorship);
  return { opening, bonus, sponsorship, value: paid + sponsorship.fee, nonce };
}

/** What the wallet has, in wei of STELAI. */
function paidCredits(client: StelaiClient): Promise<bigint> {
  return readContract(client.publicClient, {
    address: client.deployment.contracts.Stelai,
    abi: [stelaiBalanceOf],
    functionName: "balanceOf",
    args: [requireWallet(client).account.address],
  });
}
