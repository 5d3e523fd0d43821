import { type Address, zeroAddress } from "viem";
import { readContract } from "viem/actions";
import type { StelaiClient } from "../../client.ts";
import { resaleIsListed, resaleListingOf } from "../../generated/fragments.ts";
import { type TokenReference, tokenOf } from "./token.ts";

export type GetListingParameters = TokenReference;

/** Price in microcredits, `until` in Unix seconds. */
export type GetListingReturnType = {
  seller: Address;
  price: bigint;
  /** The last second it can be bought in. */
  until: bigint;
  /** Whether it stands: not moved since, not locked, not past. */
  isListed: boolean;
} | null;

/**
 * Where a licence or a work is for sale, from the chain; null when it never was, or was taken back.
 *
 * @example
 * ```ts
 * const listing = await stelai.market.getListing({ licenceId: 3n });
 * ```
 */
export async function getListing(
  client: StelaiClient,
  parameters: GetListingParameters,
): Promise<GetListingReturnType> {
  const { collection, tokenId } = tokenOf(client, parameters);
  const resale = { address: client.deployment.contracts.Resale, args: [collection, tokenId] } as const;
  const { seller, price, until } = await readContract(client.publicClient, {
    ...resale,
    abi: [resaleListingOf],
    functionName: "listingOf",
  });
  if (seller === zeroAddress) return null;
  // Asked only of what is listed: of a token that was burned since, the contract has no owner to give.
  const isListed = await readContract(client.publicClient, {
    ...resale,
    abi: [resaleIsListed],
    functionName: "isListed",
  });
  return { seller, price, until: BigInt(until), isListed };
}
