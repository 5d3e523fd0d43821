import { type Address, isAddressEqual } from "viem";
import { requireWallet, type StelaiClient } from "../../client.ts";
import { charactersTransferEvent } from "../../generated/fragments.ts";
import { allLogs } from "../../internal/logs.ts";
import { type GetCharacterReturnType, getCharacter } from "./getCharacter.ts";

export type ListOwnedParameters = {
  /** The wallet itself when absent. */
  account?: Address | undefined;
};

/** By number. */
export type ListOwnedReturnType = GetCharacterReturnType[];

/**
 * The characters that an account owns, whoever may find them, from the chain. The index has the public ones, with what
 * is known of them: `search.characters`.
 * @throws WalletRequiredError when neither account nor wallet is given.
 *
 * @example
 * ```ts
 * const mine = await stelai.characters.listOwned();
 * ```
 */
export async function listOwned(
  client: StelaiClient,
  parameters: ListOwnedParameters = {},
): Promise<ListOwnedReturnType> {
  const account = parameters.account ?? requireWallet(client).account.address;
  const address = client.deployment.contracts.Characters;
  const logs = await allLogs(client, { address, event: charactersTransferEvent, args: { to: account } });
  const ids = [...new Set(logs.map(({ args }) => args.tokenId))].sort((a, b) => (a < b ? -1 : 1));
  const received = await Promise.all(ids.map((characterId) => getCharacter(client, { characterId })));
  return received.filter(({ owner }) => isAddressEqual(owner, account));
}
