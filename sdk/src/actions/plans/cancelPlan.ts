import type { StelaiClient } from "../../client.ts";
import { creditPlansCancel } from "../../generated/fragments.ts";
import { nothing, type Sent, send } from "../../internal/send.ts";

export type CancelPlanReturnType = Sent;

/**
 * Lets the wallet's plan end with what is paid for; nothing granted is taken back. Never paused; `plans.setRenewal` takes it
 * back.
 * @throws NotSubscribedError, UserRejectedError.
 *
 * @example
 * ```ts
 * await (await stelai.plans.cancel()).wait();
 * ```
 */
export async function cancelPlan(client: StelaiClient): Promise<CancelPlanReturnType> {
  const address = client.deployment.contracts.CreditPlans;
  return send(client, { address, abi: [creditPlansCancel], functionName: "cancel", args: [] as const }, nothing);
}
