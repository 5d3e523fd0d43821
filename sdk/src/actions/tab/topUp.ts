import type { Address, TransactionReceipt } from "viem";
import type { StelaiClient } from "../../client.ts";
import { inferenceMeterTabToppedUpEvent, inferenceMeterTopUp } from "../../generated/fragments.ts";
import { ensureAllowance } from "../../internal/allowance.ts";
import { eventArguments } from "../../internal/events.ts";
import { type Sent, send } from "../../internal/send.ts";
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
 * Adds to a tab's cap by allowance, approving exactly the amount first where needed. {@link topUpByTransfer}
 * needs one transaction only.
 * @throws NotPayerError, TabClosingError, CapTooHighError, InsufficientBalanceError, UserRejectedError.
 *
 * @example
 * ```ts
 * const { wait } = await stelai.tab.topUp({ operator, tabId, amount: 2_000_000n });
 * ```
 */
export async function topUp(client: StelaiClient, parameters: TopUpParameters): Promise<TopUpReturnType> {
  const { InferenceMeter, Stelai } = client.deployment.contracts;
  const { operator, tabId, amount } = parameters;
  await ensureAllowance(client, { token: Stelai, spender: InferenceMeter, amount: amount * WEI_PER_MICROCREDIT });
  const args = [operator, tabId, Number(amount)] as const;
  const call = { address: InferenceMeter, abi: [inferenceMeterTopUp], functionName: "topUp", args } as const;
  return send(client, call, readTopUp(client));
}
