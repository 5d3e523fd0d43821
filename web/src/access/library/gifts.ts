import type { Pass } from "@stelai/sdk";
import { type Address, isAddressEqual } from "viem";

export type Gift = Pass["periods"][number] & { readonly characterId: bigint };

/** The periods that somebody else paid for, the newest first. */
export function giftsOf(passes: readonly Pass[], account: Address): readonly Gift[] {
  return passes
    .flatMap(({ characterId, periods }) => periods.map((period) => ({ ...period, characterId })))
    .filter(({ payer }) => !isAddressEqual(payer, account))
    .sort((a, b) => Number(b.start - a.start));
}
