import { requireWallet, type StelaiClient } from "../../client.ts";
import { NotSoldInThisAmountError } from "../../errors/creditsClient.ts";
import { creditPlansSetTopUp } from "../../generated/fragments.ts";
import { nothing, type Sent, send } from "../../internal/send.ts";
import { type SentInSteps, type StepOptions, sendWithAllowance } from "../../internal/sendBatch.ts";
import { cheapestOrder } from "../../topUps.ts";
import { standingNeeds, topUpsAhead } from "../plans/standing.ts";
import { getPackages } from "./getPackages.ts";

export type SetTopUpParameters = StepOptions & {
  /** Below this balance of paid credits a top-up is due, in wei of STELAI. */
  threshold: bigint;
  /** What each top-up buys, in wei of STELAI: what some package comes to. */
  credits: bigint;
  /** The most that all of a window of 30 days may cost, in reserve units. The contract holds to it. */
  cap: bigint;
  /**
   * The most that one top-up may cost, in reserve units. When absent it is the cheapest price now, read in the action: a page
   * must give the price that it showed.
   */
  maxPrice?: bigint | undefined;
  /**
   * What the credit store may take from now on, in reserve units, set where it is less. When absent: what the limit and a
   * plan's renewals need for a year.
   */
  allowance?: bigint | undefined;
};
export type SetTopUpReturnType = SentInSteps<Record<never, never>>;

/**
 * Agrees to automatic top-ups: whenever the balance is below the threshold, anyone (an operator does) may have the credit store
 * sell the agreed amount, for at most the agreed price and within the limit.
 * @throws NotSoldInThisAmountError, InvalidTopUpError, UserRejectedError, InsufficientEthError.
 *
 * @example
 * ```ts
 * const { wait } = await stelai.credits.setTopUp({
 *   threshold: parseEther("100"), credits: parseEther("1000"), maxPrice: 10_000_000n, cap: 30_000_000n,
 * });
 * ```
 */
export async function setTopUp(client: StelaiClient, parameters: SetTopUpParameters): Promise<SetTopUpReturnType> {
  const { threshold, credits, cap, onStep } = parameters;
  const account = requireWallet(client).account.address;
  const { CreditPlans, CreditStore, Reserve } = client.deployment.contracts;
  const [packages, standing] = await Promise.all([getPackages(client), standingNeeds(client, account)]);
  const cheapest = cheapestOrder(packages, credits);
  if (!cheapest) throw new NotSoldInThisAmountError(credits);
  const maxPrice = parameters.maxPrice ?? cheapest.price;
  const amount = parameters.allowance ?? topUpsAhead(cap) + standing.renewals;
  return sendWithAllowance(
    client,
    // What was granted for a year before is enough while it does for a window.
    { token: Reserve, spender: CreditStore, needed: parameters.allowance ?? cap + standing.renewals, amount },
    {
      ...{ address: CreditPlans, abi: [creditPlansSetTopUp], functionName: "setTopUp" },
      args: [{ threshold, credits, maxPrice, cap }] as const,
    },
    nothing,
    { onStep },
  );
}

export type CancelTopUpReturnType = Sent;

/**
 * Ends automatic top-ups. Never paused.
 * @throws UserRejectedError.
 *
 * @example
 * ```ts
 * await (await stelai.credits.cancelTopUp()).wait();
 * ```
 */
export async function cancelTopUp(client: StelaiClient): Promise<CancelTopUpReturnType> {
  const address = client.deployment.contracts.CreditPlans;
  const args = [{ threshold: 0n, credits: 0n, maxPrice: 0n, cap: 0n }] as const;
  return send(client, { address, abi: [creditPlansSetTopUp], functionName: "setTopUp", args }, nothing);
}
