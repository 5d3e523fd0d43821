import type { Address, Hex } from "viem";
import { requireWallet, type StelaiClient } from "../../client.ts";
import { charactersInviteRedeemedEvent, charactersRedeemInvite } from "../../generated/fragments.ts";
import { eventArguments } from "../../internal/events.ts";
import type { SignedInvite } from "../../internal/invite.ts";
import { redemptionOf } from "../../internal/redemption.ts";
import { type Sent, send } from "../../internal/send.ts";

export type RedeemInviteParameters = SignedInvite & {
  /** Who is then on the allow list; the wallet itself when absent. */
  account?: Address | undefined;
};
export type RedeemInviteReturnType = Sent<{ characterId: bigint; account: Address; hash: Hex }>;

/**
 * Redeems an invite: the account is on the allow list from then on. Whoever buys gives the invite to
 * `access.subscribe` instead and needs no transaction of its own.
 * @throws InviteSpentError, InviteExpiredError, InviteForAnotherError, InviteRevokedWithAllError,
 * InvalidInviteSignatureError, InvalidInviteError, UserRejectedError.
 *
 * @example
 * ```ts
 * await (await stelai.characters.redeemInvite(decodeInvite(location.hash.slice(1)))).wait();
 * ```
 */
export async function redeemInvite(
  client: StelaiClient,
  { account = requireWallet(client).account.address, ...signed }: RedeemInviteParameters,
): Promise<RedeemInviteReturnType> {
  const address = client.deployment.contracts.Characters;
  const args = [await redemptionOf(client, signed, account), account] as const;
  const call = { address, abi: [charactersRedeemInvite], functionName: "redeemInvite", args } as const;
  return send(client, call, (receipt) => {
    const redeemed = eventArguments(receipt, address, charactersInviteRedeemedEvent);
    return { characterId: redeemed.characterId, account: redeemed.account, hash: redeemed.invite };
  });
}
