import type { Address, TransactionReceipt } from "viem";
import type { StelaiClient } from "../../client.ts";
import { inferenceMeterExtend, inferenceMeterTabExtendedEvent } from "../../generated/fragments.ts";
import { eventArguments } from "../../internal/events.ts";
import { type Sent, send } from "../../internal/send.ts";
import { sendSponsored } from "../../internal/sendSponsored.ts";
import { signPayerRequest } from "./payerRequest.ts";

export type ExtendParameters = {
  operator: Address;
  tabId: bigint;
  /** Unix seconds; rounded up to the contract's next four-hour unit. */
  expiry: bigint;
};
export type ExtendSponsoredParameters = ExtendParameters;

/** The new expiry, unix seconds. */
export type ExtendReturnType = Sent<{ expiry: bigint }>;

const readExpiry = (client: StelaiClient) => (receipt: TransactionReceipt) => {
  const meter = client.deployment.contracts.InferenceMeter;
  return { expiry: eventArguments(receipt, meter, inferenceMeterTabExtendedEvent).expiry };
};

/**
 * Lets a tab serve longer, from the payer's wallet.
 * @throws NotPayerError, TabClosingError, InvalidExpiryError, UserRejectedError.
 *
 * @example
 * ```ts
 * await (await stelai.tab.extend({ operator, tabId, expiry })).wait();
 * ```
 */
export async function extend(client: StelaiClient, parameters: ExtendParameters): Promise<ExtendReturnType> {
  const { operator, tabId, expiry } = parameters;
  const address = client.deployment.contracts.InferenceMeter;
  const args = [operator, tabId, expiry] as const;
  const call = { address, abi: [inferenceMeterExtend], functionName: "extend", args } as const;
  return send(client, call, readExpiry(client));
}

/**
 * {@link extend} with one signature and no ETH, sent by the relayer.
 * @throws UserRejectedError, and what the relayer refuses as a RelayerError.
 *
 * @example
 * ```ts
 * await (await stelai.tab.extendSponsored({ operator, tabId, expiry })).wait();
 * ```
 */
export async function extendSponsored(
  client: StelaiClient,
  { operator, tabId, expiry }: ExtendSponsoredParameters,
): Promise<ExtendReturnType> {
  const signed = await signPayerRequest(client, "Extend", { operator, tabId, expiry });
  return sendSponsored(client, "extensions", { tabId, expiry, ...signed }, readExpiry(client));
}
