import type { Address } from "viem";
import { readContract } from "viem/actions";
import { requireWallet, type StelaiClient } from "../../client.ts";
import { characterAccessAccessOf } from "../../generated/fragments.ts";
import { type PeriodPlan, periodPlanOf, type RenewalStatus, renewalStatusOf } from "./plan.ts";

export type GetAccessParameters = {
  characterId: bigint;
  /** The wallet itself when absent. */
  account?: Address | undefined;
};

/** Money in microcredits, times in Unix seconds. */
export type GetAccessReturnType = {
  /** Whether it gives access now. */
  active: boolean;
  lifetime: boolean;
  /** End of the last period that is paid for; 0 when there never was one. */
  until: bigint;
  /** What it renews as; of meaning only with a mandate. */
  renewalPlan: PeriodPlan;
  /** The most that a renewal may cost; 0 when it does not renew. */
  mandate: bigint;
  /** What `cancelNow` would pay back in this block. */
  refundable: bigint;
  /** What a renewal would do now. */
  renewal: RenewalStatus;
};

/**
 * An account's pass of a character, from the chain in one call; empty when it never held one.
 * @throws ERC721NonexistentTokenError for a pass of a character that does not exist; WalletRequiredError when neither
 * account nor wallet is given.
 *
 * @example
 * ```ts
 * const { active, until, refundable } = await stelai.access.getAccess({ characterId });
 * ```
 */
export async function getAccess(client: StelaiClient, parameters: GetAccessParameters): Promise<GetAccessReturnType> {
  const account = parameters.account ?? requireWallet(client).account.address;
  const found = await readContract(client.publicClient, {
    address: client.deployment.contracts.CharacterAccess,
    abi: [characterAccessAccessOf],
    functionName: "accessOf",
    args: [parameters.characterId, account],
  });
  return {
    active: found.active,
    lifetime: found.lifetime,
    until: BigInt(found.until),
    renewalPlan: periodPlanOf(found.renewalPlan),
    mandate: BigInt(found.mandate),
    refundable: found.refundable,
    renewal: renewalStatusOf(found.renewal),
  };
}
