import type { Address } from "viem";
import { readContract } from "viem/actions";
import { requireWallet, type StelaiClient } from "../../client.ts";
import { charactersIsAllowed } from "../../generated/fragments.ts";

export type IsAllowedParameters = {
  characterId: bigint;
  /** The wallet itself when absent. */
  account?: Address | undefined;
};
export type IsAllowedReturnType = boolean;

/**
 * Whether an account may see and buy a character: everyone, unless it is private; then its owner and the allow list. A
 * pass that was paid for stays good without it.
 * @throws ERC721NonexistentTokenError; WalletRequiredError when neither account nor wallet is given.
 *
 * @example
 * ```ts
 * const allowed = await stelai.characters.isAllowed({ characterId, account });
 * ```
 */
export async function isAllowed(client: StelaiClient, parameters: IsAllowedParameters): Promise<IsAllowedReturnType> {
  return readContract(client.publicClient, {
    address: client.deployment.contracts.Characters,
    abi: [charactersIsAllowed],
    functionName: "isAllowed",
    args: [parameters.characterId, parameters.account ?? requireWallet(client).account.address],
  });
}
