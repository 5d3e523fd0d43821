import { readContract } from "viem/actions";
import type { StelaiClient } from "../../client.ts";
import { licensesBondOf } from "../../generated/fragments.ts";
import { WEI_PER_MICROCREDIT } from "../../pricing.ts";

export type GetBondParameters = { licenceId: bigint };
/** Microcredits. */
export type GetBondReturnType = bigint;

/**
 * What disputing a licence takes: 5 % of its price, rounded up. It comes back with a refund, and is the seller's when the
 * dispute is lost.
 *
 * @example
 * ```ts
 * const bond = await stelai.market.getBond({ licenceId });
 * ```
 */
export async function getBond(client: StelaiClient, { licenceId }: GetBondParameters): Promise<GetBondReturnType> {
  const wei = await readContract(client.publicClient, {
    address: client.deployment.contracts.Licenses,
    abi: [licensesBondOf],
    functionName: "bondOf",
    args: [licenceId],
  });
  return wei / WEI_PER_MICROCREDIT;
}
