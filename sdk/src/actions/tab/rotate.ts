import type { Address, TransactionReceipt } from "viem";
import type { StelaiClient } from "../../client.ts";
import { inferenceMeterRotate, inferenceMeterSessionKeyRotatedEvent } from "../../generated/fragments.ts";
import { eventArguments } from "../../internal/events.ts";
import { type Sent, send } from "../../internal/send.ts";
import { sendSponsored } from "../../internal/sendSponsored.ts";
import { signPayerRequest } from "./payerRequest.ts";

export type RotateParameters = {
  operator: Address;
  tabId: bigint;
  /** The key that spends from now on. */
  sessionKey: Address;
};
export type RotateSponsoredParameters = RotateParameters;

/** Until when the key before still settles, unix seconds. */
export type RotateReturnType = Sent<{ previousKeyUntil: bigint }>;

const readRotation = (client: StelaiClient) => (receipt: TransactionReceipt) => {
  const meter = client.deployment.contracts.InferenceMeter;
  return { previousKeyUntil: eventArguments(receipt, meter, inferenceMeterSessionKeyRotatedEvent).previousKeyUntil };
};

/**
 * Gives a tab another session key, from the payer's wallet: after a lost or stolen one.
 * @throws NotPayerError, TabClosingError, RotationTooSoonError, UserRejectedError.
 *
 * @example
 * ```ts
 * await (await stelai.tab.rotate({ operator, tabId, sessionKey })).wait();
 * ```
 */
export async function rotate(client: StelaiClient, parameters: RotateParameters): Promise<RotateReturnType> {
  const { operator, tabId, sessionKey } = parameters;
  const address = client.deployment.contracts.InferenceMeter;
  const args = [operator, tabId, sessionKey] as const;
  const call = { address, abi: [inferenceMeterRotate], functionName: "rotate", args } as const;
  return send(client, call, readRotation(client));
}

/**
 * {@link rotate} with one signature and no ETH, sent by the relayer.
 * @throws UserRejectedError, and what the relayer refuses as a RelayerError.
 *
 * @example
 * ```ts
 * await (await stelai.tab.rotateSponsored({ operator, tabId, sessionKey })).wait();
 * ```
 */
export async function rotateSponsored(
  client: StelaiClient,
  { operator, tabId, sessionKey }: RotateSponsoredParameters,
): Promise<RotateReturnType> {
  const signed = await signPayerRequest(client, "Rotate", { operator, tabId, sessionKey });
  return sendSponsored(client, "rotations", { tabId, sessionKey, ...signed }, readRotation(client));
}
