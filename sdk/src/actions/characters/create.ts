import { type Address, type Hex, zeroHash } from "viem";
import { requireWallet, type StelaiClient } from "../../client.ts";
import { charactersCharacterCreatedEvent, charactersCreate } from "../../generated/fragments.ts";
import { eventArguments } from "../../internal/events.ts";
import { type Sent, send } from "../../internal/send.ts";
import { MODALITIES, type Modality } from "../../pricing.ts";
import { payeeOf, type Share } from "../../splits.ts";
import { type TermsInput, termsArgument, VISIBILITIES, type Visibility } from "./terms.ts";

export type CreateParameters = {
  modality: Modality;
  /** `ipfs://…` of the public card. */
  metadataURI: string;
  /** Prices in microcredits; what is left out is free or not offered. */
  terms: TermsInput;
  visibility?: Visibility | undefined;
  /** `personaHash(salt, persona)`; none when absent. */
  personaHash?: Hex | undefined;
  /** Who may serve it. */
  operators?: readonly Address[] | undefined;
  /** Who earns, address or registered split; the wallet itself when absent. */
  payee?: bigint | undefined;
  /** A split to register, if it is not yet, and to pay; instead of `payee`. */
  shares?: readonly Share[] | undefined;
};

export type CreateReturnType = Sent<{ characterId: bigint; payee: bigint }>;

/**
 * Publishes a character; the wallet owns it.
 * @throws UnknownPayeeError, InvalidSharesError, InvalidMetadataURIError, UserRejectedError.
 *
 * @example
 * ```ts
 * const { wait } = await stelai.characters.create({
 *   modality: "Chat", metadataURI: uri, terms: { perInference: 100_000n, perUnit: 50_000n }, operators: [operator],
 * });
 * const { characterId } = await wait();
 * ```
 */
export async function create(client: StelaiClient, parameters: CreateParameters): Promise<CreateReturnType> {
  const address = client.deployment.contracts.Characters;
  const creation = {
    modality: MODALITIES.indexOf(parameters.modality),
    visibility: VISIBILITIES.indexOf(parameters.visibility ?? "Public"),
    payee: parameters.payee ?? payeeOf(requireWallet(client).account.address),
    personaHash: parameters.personaHash ?? zeroHash,
    metadataURI: parameters.metadataURI,
    terms: termsArgument(parameters.terms),
    operators: parameters.operators ?? [],
    shares: parameters.shares ?? [],
  };
  const call = { address, abi: [charactersCreate], functionName: "create", args: [creation] } as const;
  return send(client, call, (receipt) => {
    const { characterId, payee } = eventArguments(receipt, address, charactersCharacterCreatedEvent);
    return { characterId, payee };
  });
}
