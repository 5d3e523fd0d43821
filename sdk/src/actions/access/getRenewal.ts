import type { Address } from "viem";
import { readContract } from "viem/actions";
import { requireWallet, type StelaiClient } from "../../client.ts";
import { characterAccessPaused, charactersOfferTo, stelaiBalanceOf } from "../../generated/fragments.ts";
import { allowanceOf } from "../../internal/passes.ts";
import { WEI_PER_MICROCREDIT } from "../../pricing.ts";
import { termsOf } from "../characters/terms.ts";
import { getAccess } from "./getAccess.ts";
import { type PeriodPlan, priceOf, type RenewalStatus } from "./plan.ts";

export type GetRenewalParameters = {
  characterId: bigint;
  /** The wallet itself when absent. */
  account?: Address | undefined;
};

/** Money in microcredits, times in Unix seconds. */
export type GetRenewalReturnType = {
  /** What a renewal would do in this block. */
  status: RenewalStatus;
  /** When it is due: the end of what is paid for. */
  at: bigint;
  plan: PeriodPlan;
  /** What it would cost by the terms now; 0 when it is not offered. */
  price: bigint;
  /** The most it may cost; 0 when it does not renew. */
  mandate: bigint;
  /** Why it would fail as things stand, even before it is due; null when nothing is in its way or it does not renew. */
  problem: Exclude<RenewalStatus, "Due" | "NotDue" | "NotRenewing"> | null;
  /** What the holder has, and lets CharacterAccess take for all subscriptions together. */
  balance: bigint;
  allowance: bigint;
};

/**
 * Whether an account's pass will renew, and what stands in the way: judged from the chain as the contract will when it
 * is due, so that the holder can mend it in time.
 * @throws ERC721NonexistentTokenError; WalletRequiredError when neither account nor wallet is given.
 *
 * @example
 * ```ts
 * const { at, price, problem } = await stelai.access.getRenewal({ characterId });
 * ```
 */
export async function getRenewal(
  client: StelaiClient,
  { characterId, account = requireWallet(client).account.address }: GetRenewalParameters,
): Promise<GetRenewalReturnType> {
  const { CharacterAccess, Characters, Stelai } = client.deployment.contracts;
  const [access, [terms, suspended, allowed], paused, balance, allowance] = await Promise.all([
    getAccess(client, { characterId, account }),
    readContract(client.publicClient, {
      address: Characters,
      abi: [charactersOfferTo],
      functionName: "offerTo",
      args: [characterId, account],
    }),
    readContract(client.publicClient, {
      address: CharacterAccess,
      abi: [characterAccessPaused],
      functionName: "paused",
    }),
    readContract(client.publicClient, {
      address: Stelai,
      abi: [stelaiBalanceOf],
      functionName: "balanceOf",
      args: [account],
    }),
    allowanceOf(client, { owner: account, spender: CharacterAccess }),
  ]);
  const { renewal: status, until: at, renewalPlan: plan, mandate } = access;
  const price = priceOf(termsOf(terms), plan);
  const amount = price * WEI_PER_MICROCREDIT;
  /** In the contract's order: the first that holds is why. */
  const predicted = () => {
    if (status === "NotRenewing") return null;
    if (status === "Lapsed") return status;
    if (paused) return "Paused";
    if (suspended) return "Suspended";
    if (!allowed) return "NotAllowed";
    if (price === 0n) return "NotOffered";
    if (price > mandate) return "PriceAboveMandate";
    if (balance < amount) return "BalanceTooLow";
    return allowance < amount ? "AllowanceTooLow" : null;
  };
  return {
    ...{ status, at, plan, price, mandate, problem: predicted() },
    balance: balance / WEI_PER_MICROCREDIT,
    allowance: allowance / WEI_PER_MICROCREDIT,
  };
}
