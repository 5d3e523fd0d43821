import type { StelaiClient } from "../../client.ts";
import { topUpNonce } from "../../commitments.ts";
import { signAuthorization } from "../../internal/authorization.ts";
import { sendSponsored } from "../../internal/sendSponsored.ts";
import { operatorInfo, sponsorshipOf } from "../../internal/sponsor.ts";
import { WEI_PER_MICROCREDIT } from "../../pricing.ts";
import { readTopUp, type TopUpParameters, type TopUpReturnType } from "./topUp.ts";

export type TopUpSponsoredParameters = TopUpParameters;
export type TopUpSponsoredReturnType = TopUpReturnType;

/**
 * Adds to a tab's cap with one signature and no ETH; the sponsor's fee comes on top, from the wallet.
 * @throws NotSponsoredError, UserRejectedError, and what the relayer refuses as a RelayerError.
 *
 * @example
 * ```ts
 * const { wait } = await stelai.tab.topUpSponsored({ operator, tabId, amount: 2_000_000n });
 * ```
 */
export async function topUpSponsored(
  client: StelaiClient,
  { operator, tabId, amount }: TopUpSponsoredParameters,
): Promise<TopUpSponsoredReturnType> {
  const { InferenceMeter, Stelai } = client.deployment.contracts;
  const sponsorship = sponsorshipOf(await operatorInfo(client), "tabFee", amount);
  const authorization = await signAuthorization(client, {
    token: Stelai,
    to: InferenceMeter,
    value: amount * WEI_PER_MICROCREDIT + sponsorship.fee,
    nonce: topUpNonce({ operator, tabId, amount }, sponsorship),
  });
  return sendSponsored(client, "top-ups", { tabId, amount, authorization, sponsorship }, readTopUp(client));
}
