import { zeroAddress } from "viem";
import type { StelaiClient } from "../../client.ts";
import { licensesDisputedEvent, stelaiTransferAndCall3 } from "../../generated/fragments.ts";
import { eventArguments } from "../../internal/events.ts";
import { type Sent, send } from "../../internal/send.ts";
import { WEI_PER_MICROCREDIT } from "../../pricing.ts";
import { getBond } from "./getBond.ts";
import { encodeLicencePayment } from "./payments.ts";

export type DisputeLicenceParameters = {
  licenceId: bigint;
  /** `ipfs://…` of what is wrong, as text (`relayer.uploadContent`), at most 256 bytes; none when absent. */
  evidenceURI?: string | undefined;
};
/** The bond that was taken, in microcredits. */
export type DisputeLicenceReturnType = Sent<{ bond: bigint }>;

/**
 * Disputes what was delivered, within 72 hours, in one transaction that brings the bond (`market.getBond`). The resolver
 * decides within 7 days; if nobody does, price and bond come back. Holder.
 * @throws WrongStatusError unless it is delivered, WrongTimeError, NotHolderError, InvalidURIError,
 * ERC20InsufficientBalanceError, UserRejectedError.
 *
 * @example
 * ```ts
 * const { uri } = await stelai.relayer.uploadContent({ reviewText: "The file is another picture." });
 * await (await stelai.market.dispute({ licenceId, evidenceURI: uri })).wait();
 * ```
 */
export async function disputeLicence(
  client: StelaiClient,
  { licenceId, evidenceURI = "" }: DisputeLicenceParameters,
): Promise<DisputeLicenceReturnType> {
  const { Licenses, Stelai } = client.deployment.contracts;
  const bond = await getBond(client, { licenceId });
  const data = encodeLicencePayment({ isDispute: true, id: licenceId, recipient: zeroAddress, evidenceURI });
  const args = [Licenses, bond * WEI_PER_MICROCREDIT, data] as const;
  const call = { address: Stelai, abi: [stelaiTransferAndCall3], functionName: "transferAndCall", args } as const;
  return send(client, call, (receipt) => {
    const disputed = eventArguments(receipt, Licenses, licensesDisputedEvent);
    return { bond: disputed.bond / WEI_PER_MICROCREDIT };
  });
}
