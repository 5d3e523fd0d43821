import type { Address, Hex } from "viem";
import { readContract } from "viem/actions";
import type { StelaiClient } from "../../client.ts";
import { charactersCharacterOf } from "../../generated/fragments.ts";
import { MODALITIES, type Modality, type Terms } from "../../pricing.ts";
import { termsOf, VISIBILITIES, type Visibility } from "./terms.ts";

export type GetCharacterParameters = { characterId: bigint };

export type GetCharacterReturnType = {
  characterId: bigint;
  owner: Address;
  modality: Modality;
  visibility: Visibility;
  suspended: boolean;
  /** Counts up with every change of the terms, from 1. */
  termsVersion: bigint;
  /** Microcredits. */
  terms: Terms;
  /** Who earns: an address or a split. */
  payee: bigint;
  /** 32 zero bytes when it has none. */
  personaHash: Hex;
  metadataURI: string;
};

/**
 * A character as the chain has it.
 * @throws ERC721NonexistentTokenError when there is none.
 *
 * @example
 * ```ts
 * const { terms, termsVersion, metadataURI } = await stelai.characters.getCharacter({ characterId: 1n });
 * ```
 */
export async function getCharacter(
  client: StelaiClient,
  { characterId }: GetCharacterParameters,
): Promise<GetCharacterReturnType> {
  const { version, terms, modality, visibility, ...found } = await readContract(client.publicClient, {
    address: client.deployment.contracts.Characters,
    abi: [charactersCharacterOf],
    functionName: "characterOf",
    args: [characterId],
  });
  return {
    ...found,
    characterId,
    modality: MODALITIES[modality] ?? "Chat",
    visibility: VISIBILITIES[visibility] ?? "Public",
    termsVersion: BigInt(version),
    terms: termsOf(terms),
  };
}
