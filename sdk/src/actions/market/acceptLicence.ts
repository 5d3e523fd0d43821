import type { StelaiClient } from "../../client.ts";
import { licensesAccept } from "../../generated/fragments.ts";
import { nothing, type Sent, send } from "../../internal/send.ts";

export type AcceptLicenceParameters = { licenceId: bigint };
export type AcceptLicenceReturnType = Sent;

/**
 * Accepts what was delivered: the seller is paid at once, and it cannot be disputed any more. Open the file first
 * (`market.openFile`), which holds it against the chain. Holder.
 * @throws WrongStatusError unless it is delivered, NotHolderError, UserRejectedError.
 *
 * @example
 * ```ts
 * await stelai.market.openFile({ licenceId });
 * await (await stelai.market.accept({ licenceId })).wait();
 * ```
 */
export async function acceptLicence(
  client: StelaiClient,
  { licenceId }: AcceptLicenceParameters,
): Promise<AcceptLicenceReturnType> {
  const address = client.deployment.contracts.Licenses;
  return send(client, { address, abi: [licensesAccept], functionName: "accept", args: [licenceId] }, nothing);
}
