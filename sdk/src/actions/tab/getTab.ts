import type { Address } from "viem";
import { readContract } from "viem/actions";
import type { StelaiClient } from "../../client.ts";
import { inferenceMeterTabOf } from "../../generated/fragments.ts";

export type GetTabParameters = { operator: Address; tabId: bigint };

export type GetTabReturnType = {
  payer: Address;
  sessionKey: Address;
  /** Microcredits. */
  cap: bigint;
  /** Settled so far, in microcredits. */
  spent: bigint;
  /** Unix seconds until which it serves. */
  expiry: bigint;
  /** Whether the payer asked to close it, or it is closed. */
  closing: boolean;
  previousKey: Address;
  /** Unix seconds until which the previous key settles. */
  previousKeyUntil: bigint;
  /** How much of the cap was bonus credits at the opening, in microcredits; `max(0, bonus − spent)` is left of them. */
  bonus: bigint;
};

/**
 * A tab as the chain has it.
 * @throws UnknownTabError when it does not exist.
 *
 * @example
 * ```ts
 * const { cap, spent, expiry } = await stelai.tab.getTab({ operator, tabId });
 * ```
 */
export async function getTab(client: StelaiClient, { operator, tabId }: GetTabParameters): Promise<GetTabReturnType> {
  const tab = await readContract(client.publicClient, {
    address: client.deployment.contracts.InferenceMeter,
    abi: [inferenceMeterTabOf],
    functionName: "tabOf",
    args: [operator, tabId],
  });
  return { ...tab, cap: BigInt(tab.cap), spent: BigInt(tab.spent), bonus: BigInt(tab.bonus) };
}
