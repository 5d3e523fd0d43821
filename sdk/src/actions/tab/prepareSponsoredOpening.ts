import type { Hex } from "viem";
import type { StelaiClient } from "../../client.ts";
import { type Opening, openNonce, type Sponsorship } from "../../commitments.ts";
import { operatorInfo, sponsorshipOf } from "../../internal/sponsor.ts";
import { WEI_PER_MICROCREDIT } from "../../pricing.ts";
import type { OpenParameters } from "./opening.ts";

export type PrepareSponsoredOpeningParameters = OpenParameters;

/** Everything that the payer's one signature will commit to, for the sheet before it. */
export type PrepareSponsoredOpeningReturnType = {
  opening: Opening;
  /** `fee` in wei of STELAI. */
  sponsorship: Sponsorship;
  /** What leaves the wallet: the cap and the fee, in wei of STELAI. */
  value: bigint;
  /** The EIP-3009 nonce the wallet shows: the hash of opening and sponsorship. */
  nonce: Hex;
};

/**
 * Lays out a tab that the relayer opens, without signing anything.
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
  const { operator, sessionKey, cap, expiry } = parameters;
  const opening = { operator, sessionKey, cap, expiry };
  const sponsorship = sponsorshipOf(await operatorInfo(client), "tabFee", cap);
  const value = cap * WEI_PER_MICROCREDIT + sponsorship.fee;
  return { opening, sponsorship, value, nonce: openNonce(opening, sponsorship) };
}
