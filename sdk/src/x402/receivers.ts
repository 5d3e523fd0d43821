import { type Address, isAddressEqual, type PublicClient } from "viem";
import type { Deployment } from "../deployments.ts";
import { StelaiError } from "../errors/base.ts";
import { operatorReceiverAbi, operatorReceiversAbi } from "../generated/abis.ts";

/** Thrown when an address that is to be paid is no operator's receiver: what goes there need not become earnings. */
export class NotAReceiverError extends StelaiError {
  override readonly name = "NotAReceiverError";
  readonly payTo: Address;
  constructor(payTo: Address) {
    super(
      `${payTo} is no operator's receiver of this deployment: what is paid there need not reach any creator.`,
      "Do not sign it. Ask another operator.",
    );
    this.payTo = payTo;
  }
}

export type OnlyReceiversParameters = {
  deployment: Deployment;
  /** Reads the chain that the deployment is on. */
  client: Pick<PublicClient, "readContract">;
};

/**
 * The operator whose receiver an address is. A receiver pays out what comes in as earnings alone, to the character's payee
 * and the operator, so a payer asks this before it signs.
 * @throws NotAReceiverError; viem's errors when the chain cannot be asked.
 *
 * @example
 * ```ts
 * const required = readPaymentRequired(await fetch(`${relayerUrl}/v1/characters/${characterId}/pass`, { method: "POST" }));
 * if (required) await requireReceiver({ deployment, client: publicClient }, required.accepts[0].payTo);
 * ```
 */
export async function requireReceiver(
  { deployment, client }: OnlyReceiversParameters,
  payTo: Address,
): Promise<Address> {
  let operator: Address;
  try {
    operator = await client.readContract({ abi: operatorReceiverAbi, address: payTo, functionName: "operator" });
  } catch (error) {
    // Nothing there, or something else; a chain out of reach is told by the next question.
    await receiverOf({ deployment, client }, payTo);
    throw Object.assign(new NotAReceiverError(payTo), { cause: error });
  }
  const receiver = await receiverOf({ deployment, client }, operator);
  if (!isAddressEqual(receiver, payTo)) throw new NotAReceiverError(payTo);
  return operator;
}

/**
 * A hook for an x402 client's `onBeforePaymentCreation`, which keeps it from signing anything but payments of STELAI to
 * an operator's receiver.
 *
 * @example
 * ```ts
 * // x402Client.onBeforePaymentCreation(hook)
 * const hook = onlyReceivers({ deployment, client: publicClient });
 * ```
 */
export function onlyReceivers(parameters: OnlyReceiversParameters) {
  return async ({
    selectedRequirements: { asset, payTo },
  }: {
    selectedRequirements: { asset: string; payTo: string };
  }): Promise<undefined | { abort: true; reason: string }> => {
    if (!isAddressEqual(asset as Address, parameters.deployment.contracts.Stelai)) {
      return { abort: true, reason: `${asset} is not STELAI of this deployment.` };
    }
    try {
      await requireReceiver(parameters, payTo as Address);
      return undefined;
    } catch (error) {
      if (!(error instanceof NotAReceiverError)) throw error;
      return { abort: true, reason: error.message };
    }
  };
}

function receiverOf({ deployment, client }: OnlyReceiversParameters, operator: Address): Promise<Address> {
  const address = deployment.contracts.OperatorReceivers;
  return client.readContract({ abi: operatorReceiversAbi, address, functionName: "receiverOf", args: [operator] });
}
