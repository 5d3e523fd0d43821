import type { Address } from "viem";
import { simulateContract } from "viem/actions";
import type { StelaiClient } from "../../client.ts";
import { charactersRedeemInvite } from "../../generated/fragments.ts";
import { redemptionOf, type SignedInvite } from "../../internal/redemption.ts";
import { sessionAccount } from "../../tab/key.ts";

export type CheckInviteParameters = SignedInvite & {
  /** Who would redeem it; for a bearer invite anyone, when absent. */
  account?: Address | undefined;
};

/**
 * Whether an invite could be redeemed now, without sending anything: to say on its page what it leads to, or why it
 * does not any more. Needs no wallet.
 * @throws InviteSpentError, InviteExpiredError, InviteForAnotherError, InviteRevokedWithAllError,
 * InvalidInviteSignatureError, InvalidInviteError.
 *
 * @example
 * ```ts
 * await stelai.characters.checkInvite(decodeInvite(location.hash.slice(1)));
 * ```
 */
export async function checkInvite(client: StelaiClient, { account, ...signed }: CheckInviteParameters): Promise<void> {
  // The key's own account stands in for whoever will come.
  const holder = account ?? (signed.key ? (await sessionAccount(signed.key)).address : signed.invite.account);
  await simulateContract(client.publicClient, {
    address: client.deployment.contracts.Characters,
    abi: [charactersRedeemInvite],
    functionName: "redeemInvite",
    args: [await redemptionOf(client, signed, holder), holder],
    account: holder,
  });
}
