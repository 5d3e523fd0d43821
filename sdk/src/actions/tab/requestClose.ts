import type { Address, TransactionReceipt } from "viem";
import type { StelaiClient } from "../../client.ts";
import { inferenceMeterRequestClose, inferenceMeterTabCloseRequestedEvent } from "../../generated/fragments.ts";
import { eventArguments } from "../../internal/events.ts";
import { type Sent, send } from "../../internal/send.ts";
import { sendSponsored } from "../../internal/sendSponsored.ts";
import { signPayerRequest } from "./payerRequest.ts";

export type RequestCloseParameters = { operator: Address; tabId: bigint };
export type RequestCloseSponsoredParameters = RequestCloseParameters;

/** The new expiry, unix seconds: `reclaim` works a thaw (24 h) after it. */
export type RequestCloseReturnType = Sent<{ expiry: bigint }>;

const readClosing = (client: StelaiClient) => (receipt: TransactionReceipt) => {
  const meter = client.deployment.contracts.InferenceMeter;
  return { expiry: eventArguments(receipt, meter, inferenceMeterTabCloseRequestedEvent).expiry };
};

/**
 * Asks to close a tab without the operator, from the payer's wallet: nothing new is served, what was signed may
 * be settled through the thaw, then {@link reclaim} pays the rest back.
 * @throws NotPayerError, TabClosingError, UserRejectedError.
 *
 * @example
 * ```ts
 * const { expiry } = await (await stelai.tab.requestClose({ operator, tabId })).wait();
 * ```
 */
export async function requestClose(
  client: StelaiClient,
  { operator, tabId }: RequestCloseParameters,
): Promise<RequestCloseReturnType> {
  const address = client.deployment.contracts.InferenceMeter;
  const args = [operator, tabId] as const;
  const call = { address, abi: [inferenceMeterRequestClose], functionName: "requestClose", args } as const;
  return send(client, call, readClosing(client));
}

/**
 * {@link requestClose} with one signature and no ETH, sent by the relayer.
 * @throws UserRejectedError, and what the relayer refuses as a RelayerError.
 *
 * @example
 * ```ts
 * await (await stelai.tab.requestCloseSponsored({ operator, tabId })).wait();
 * ```
 */
export async function requestCloseSponsored(
  client: StelaiClient,
  { operator, tabId }: RequestCloseSponsoredParameters,
): Promise<RequestCloseReturnType> {
  const signed = await signPayerRequest(client, "RequestClose", { operator, tabId });
  return sendSponsored(client, "closures", { tabId, ...signed }, readClosing(client));
}
