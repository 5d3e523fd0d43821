import type { Address } from "viem";
import { readContract } from "viem/actions";
import { requireWallet, type StelaiClient } from "../../client.ts";
import { payoutsClaimable, payoutsFlowed, payoutsReceivedBySplit } from "../../generated/fragments.ts";
import { type FlowStep, payeeOf, splitOf, WHOLE_BPS } from "../../splits.ts";

export type GetClaimableParameters = {
  /** The wallet itself when absent. */
  account?: Address | undefined;
  /** Splits to look through, outermost first, as {@link findFlows} gives them; none when absent. */
  steps?: readonly FlowStep[] | undefined;
};

/** Amounts in wei of STELAI, net of commission. */
export type GetClaimableReturnType = {
  /** What is booked for the account itself. */
  direct: bigint;
  /** What the steps would bring on top. */
  throughSplits: bigint;
  total: bigint;
  /** The steps that bring something: what to pass to {@link claim}. */
  steps: FlowStep[];
};

/**
 * What an account can claim now, what waits in its splits included.
 *
 * @example
 * ```ts
 * const steps = await stelai.payouts.findFlows({ account });
 * const claimable = await stelai.payouts.getClaimable({ account, steps });
 * await stelai.payouts.claim({ steps: claimable.steps });
 * ```
 */
export async function getClaimable(
  client: StelaiClient,
  parameters: GetClaimableParameters = {},
): Promise<GetClaimableReturnType> {
  const account = parameters.account ?? requireWallet(client).account.address;
  const contract = { address: client.deployment.contracts.Payouts };
  const direct = await readContract(client.publicClient, {
    ...contract,
    abi: [payoutsClaimable],
    functionName: "claimable",
    args: [account],
  });
  // What earlier steps would move into splits that later steps take from.
  const moved = new Map<bigint, bigint>();
  const steps: FlowStep[] = [];
  let throughSplits = 0n;
  for (const step of parameters.steps ?? []) {
    const split = splitOf(step.shares);
    const share = step.shares[Number(step.index)];
    if (share === undefined) continue;
    const [received, flowed] = await Promise.all([
      readContract(client.publicClient, {
        ...contract,
        abi: [payoutsReceivedBySplit],
        functionName: "receivedBySplit",
        args: [split],
      }),
      readContract(client.publicClient, {
        ...contract,
        abi: [payoutsFlowed],
        functionName: "flowed",
        args: [split, step.index],
      }),
    ]);
    const total = received + (moved.get(split) ?? 0n);
    const due = (total * BigInt(share.bps)) / BigInt(WHOLE_BPS) - flowed;
    if (due <= 0n) continue;
    steps.push(step);
    if (share.recipient === payeeOf(account)) throughSplits += due;
    else moved.set(share.recipient, (moved.get(share.recipient) ?? 0n) + due);
  }
  return { direct, throughSplits, total: direct + throughSplits, steps };
}
