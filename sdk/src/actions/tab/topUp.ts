import type { Address, TransactionReceipt } from "viem";
import type { StelaiClient } from "../../client.ts";
import { inferenceMeterTabToppedUpEvent, inferenceMeterTopUp } from "../../generated/fragments.ts";
import { eventArguments } from "../../internal/events.ts";
import type { Sent } from "../../internal/send.ts";
import { type SentInSteps, type StepOptions, sendWithAllowance } from "../../internal/sendBatch.ts";
import { WEI_PER_MICROCREDIT } from "../../pricing.ts";

export type TopUpParameters = {
  operator: Address;
  tabId: bigint;
  /** Microcredits. */
  amount: bigint;
};

/** The new cap, in microcredits. */
export type TopUpResult = { cap: bigint };
export type TopUpReturnType = Sent<TopUpResult>;

/** Reads the new cap. */
export function readTopUp(client: StelaiClient) {
  return (receipt: TransactionReceipt): TopUpResult => {
    const meter = client.deployment.contracts.InferenceMeter;
    return { cap: BigInt(eventArguments(receipt, meter, inferenceMeterTabToppedUpEvent).cap) };
  };
}

/**
 * Adds to a tab's cap by allowance, approving exactly the amount where needed: in one batch where the wallet does that
 * (EIP-5792), else first. {@link topUpByTransfer} needs one transaction only.
 * @throws NotPayerError, TabClosingError, CapTooHighError, InsufficientBalanceError, UserRejectedError.
 *
 * @example
 * ```ts
 * const { wait } = await stelai.tab.topUp({ operator, tabId, amount: 2_000_000n });
 * ```
 */
export async function topUp(
  client: StelaiClient,
  parameters: TopUpParameters & StepOptions,
): Promise<SentInSteps<TopUpResult>> {
  const { InferenceMeter, Stelai } = client.deployment.contracts;
  const { operator, tabId, amount } = parameters;
  const grant = { token: Stelai, spender: InferenceMeter, needed: amount * WEI_PER_MICROCREDIT };
  const args = [operator, tabId, Number(amount)] as const;
  const call = { address: InferenceMeter, abi: [inferenceMeterTopUp], functionName: "topUp", args } as const;
  return sendWithAllowance(client, grant, call, readTopUp(client), parameters);
}
