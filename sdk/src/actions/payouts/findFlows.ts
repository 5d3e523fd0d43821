import type { Address } from "viem";
import { requireWallet, type StelaiClient } from "../../client.ts";
import { payoutsSplitRegisteredEvent } from "../../generated/fragments.ts";
import { allLogs } from "../../internal/logs.ts";
import { type FlowStep, payeeOf, type Share } from "../../splits.ts";

export type FindFlowsParameters = {
  /** The wallet itself when absent. */
  account?: Address | undefined;
};

export type FindFlowsReturnType = FlowStep[];

/**
 * Every step by which an account earns through splits, and through splits of splits, outermost first: read from
 * the events that registered them.
 *
 * @example
 * ```ts
 * const steps = await stelai.payouts.findFlows({ account });
 * ```
 */
export async function findFlows(
  client: StelaiClient,
  parameters: FindFlowsParameters = {},
): Promise<FindFlowsReturnType> {
  const account = parameters.account ?? requireWallet(client).account.address;
  const address = client.deployment.contracts.Payouts;
  const logs = await allLogs(client, { address, event: payoutsSplitRegisteredEvent });
  return flowsTo(
    payeeOf(account),
    logs.map(({ args }) => ({ split: args.split, shares: args.shares })),
  );
}

/**
 * The steps that lead to a payee, outermost first. A split can only name splits registered before it, so going
 * through the registrations backwards meets every outer split before the ones it pays.
 */
export function flowsTo(payee: bigint, registered: readonly { split: bigint; shares: readonly Share[] }[]): FlowStep[] {
  const leads = new Set([payee]);
  const steps: FlowStep[] = [];
  // Forwards: which splits lead to the payee at all.
  for (const { split, shares } of registered) {
    if (shares.some((share) => leads.has(share.recipient))) leads.add(split);
  }
  for (const { split, shares } of [...registered].reverse()) {
    if (!leads.has(split)) continue;
    shares.forEach((share, index) => {
      if (leads.has(share.recipient)) steps.push({ shares, index: BigInt(index) });
    });
  }
  return steps;
}
