import { type Address, parseEventLogs } from "viem";
import { readContract } from "viem/actions";
import type { StelaiClient } from "../../client.ts";
import { creditPlansRenew, creditPlansRenewalsOf, creditPlansRenewedEvent } from "../../generated/fragments.ts";
import { type Sent, send } from "../../internal/send.ts";
import { type RenewalStatus, renewalStatusOf } from "../access/plan.ts";
import type { CyclePaid } from "./subscribePlan.ts";

export type RenewPlansParameters = { accounts: readonly Address[] };

export type RenewPlansReturnType = Sent<{ renewed: CyclePaid[] }> & {
  /** What was found of each before it was sent: those that are `Due` are renewed, the others skipped. */
  statuses: RenewalStatus[];
};

/**
 * Pays another cycle of those subscriptions that are due. Anyone may send it; the subscribers pay, at most what each agreed to.
 * @throws UserRejectedError.
 *
 * @example
 * ```ts
 * const { statuses, wait } = await stelai.plans.renew({ accounts: [account] });
 * const { renewed } = await wait();
 * ```
 */
export async function renewPlans(
  client: StelaiClient,
  { accounts }: RenewPlansParameters,
): Promise<RenewPlansReturnType> {
  const address = client.deployment.contracts.CreditPlans;
  const args = [accounts] as const;
  const found = await readContract(client.publicClient, {
    ...{ address, abi: [creditPlansRenewalsOf], functionName: "renewalsOf", args },
  });
  const call = { address, abi: [creditPlansRenew], functionName: "renew", args } as const;
  const sent = await send(client, call, ({ logs }) => {
    const events = parseEventLogs({ abi: [creditPlansRenewedEvent], logs });
    return { renewed: events.map(({ args: renewed }) => renewed) };
  });
  return { ...sent, statuses: found.map(renewalStatusOf) };
}
