import type { Address, TransactionReceipt } from "viem";
import type { StelaiClient } from "../../client.ts";
import { rewardsGrantedEvent } from "../../generated/fragments.ts";
import { eventArguments } from "../../internal/events.ts";
import { WEI_PER_MICROCREDIT } from "../../pricing.ts";
import { type BonusSource, sourceOf } from "./source.ts";

/** What was granted; `amount` in microcredits. */
export type BonusGranted = { account: Address; source: BonusSource; campaignId: bigint; amount: bigint };

/** Reads what a transaction granted. */
export function readGranted(client: StelaiClient) {
  return (receipt: TransactionReceipt): BonusGranted => {
    const granted = eventArguments(receipt, client.deployment.contracts.Rewards, rewardsGrantedEvent);
    const { account, source, campaignId, amount } = granted;
    return { account, source: sourceOf(source), campaignId, amount: amount / WEI_PER_MICROCREDIT };
  };
}
