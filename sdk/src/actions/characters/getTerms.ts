import { readContract } from "viem/actions";
import type { StelaiClient } from "../../client.ts";
import { charactersTermsOf } from "../../generated/fragments.ts";
import type { Terms } from "../../pricing.ts";
import { termsOf } from "./terms.ts";

export type GetTermsParameters = { characterId: bigint };

/** Prices in microcredits, and their version. */
export type GetTermsReturnType = { terms: Terms; termsVersion: bigint };

/**
 * The prices in force, from the chain.
 * @throws ERC721NonexistentTokenError when there is no such character.
 *
 * @example
 * ```ts
 * const { terms, termsVersion } = await stelai.characters.getTerms({ characterId: 1n });
 * ```
 */
export async function getTerms(client: StelaiClient, { characterId }: GetTermsParameters): Promise<GetTermsReturnType> {
  const [terms, version] = await readContract(client.publicClient, {
    address: client.deployment.contracts.Characters,
    abi: [charactersTermsOf],
    functionName: "termsOf",
    args: [characterId],
  });
  return { terms: termsOf(terms), termsVersion: BigInt(version) };
}
