import type { StelaiClient } from "../../client.ts";
import { signAuthorization } from "../../internal/authorization.ts";
import type { Sent } from "../../internal/send.ts";
import { sendSponsored } from "../../internal/sendSponsored.ts";
import { type OpenParameters, type OpenResult, readOpening } from "./opening.ts";
import { type PrepareSponsoredOpeningReturnType, prepareSponsoredOpening } from "./prepareSponsoredOpening.ts";

/** Either what was prepared (and shown), or what to open. */
export type OpenSponsoredParameters = OpenParameters | { prepared: PrepareSponsoredOpeningReturnType };
export type OpenSponsoredReturnType = Sent<OpenResult>;

/**
 * Opens a tab with one signature and no ETH: an EIP-3009 authorization of $STELAI whose nonce commits to the
 * opening, its bonus, the sponsor's fee and its recipient, sent by the relayer.
 * @throws NotSponsoredError, UserRejectedError, and what the relayer refuses as a RelayerError.
 *
 * @example
 * ```ts
 * const { wait } = await stelai.tab.openSponsored({ operator, sessionKey, cap: 5_000_000n, expiry });
 * const { tabId } = await wait();
 * ```
 */
export async function openSponsored(
  client: StelaiClient,
  parameters: OpenSponsoredParameters,
): Promise<OpenSponsoredReturnType> {
  const { InferenceMeter, Stelai } = client.deployment.contracts;
  const prepared = "prepared" in parameters ? parameters.prepared : await prepareSponsoredOpening(client, parameters);
  const { opening, bonus, sponsorship, value, nonce } = prepared;
  const authorization = await signAuthorization(client, { token: Stelai, to: InferenceMeter, value, nonce });
  const body = { opening, ...(bonus > 0n && { bonus }), authorization, sponsorship };
  return sendSponsored(client, "tabs", body, readOpening(client, bonus));
}
