import type { StelaiClient } from "../../client.ts";
import { payoutsFlow } from "../../generated/fragments.ts";
import { nothing, type Sent, send } from "../../internal/send.ts";
import type { FlowStep } from "../../splits.ts";

export type FlowParameters = { step: FlowStep };
export type FlowReturnType = Sent;

/**
 * Moves on what one share of a split is due, for whoever it belongs to. Anyone may; nothing due is no error.
 * @throws UnknownPayeeError when the split is not registered; ShareOutOfRangeError.
 *
 * @example
 * ```ts
 * await (await stelai.payouts.flow({ step: { shares, index: 0n } })).wait();
 * ```
 */
export async function flow(client: StelaiClient, { step }: FlowParameters): Promise<FlowReturnType> {
  const address = client.deployment.contracts.Payouts;
  return send(client, { address, abi: [payoutsFlow], functionName: "flow", args: [step] }, nothing);
}
