import type { Hex } from "viem";
import type { StelaiClient } from "../../client.ts";
import { charactersRevokeInvites } from "../../generated/fragments.ts";
import { nothing, type Sent, send } from "../../internal/send.ts";

export type RevokeInvitesParameters = {
  characterId: bigint;
  /** Their EIP-712 struct hashes (`inviteHash`). */
  invites: readonly Hex[];
};
export type RevokeInvitesReturnType = Sent;

/**
 * Revokes invites before they are redeemed. Who redeemed one stays on the allow list (`setAllowed`). Owner.
 * @throws NotCharacterOwnerError, UserRejectedError.
 *
 * @example
 * ```ts
 * await (await stelai.characters.revokeInvites({ characterId, invites: [invite.hash] })).wait();
 * ```
 */
export async function revokeInvites(
  client: StelaiClient,
  { characterId, invites }: RevokeInvitesParameters,
): Promise<RevokeInvitesReturnType> {
  const address = client.deployment.contracts.Characters;
  const args = [characterId, invites] as const;
  return send(client, { address, abi: [charactersRevokeInvites], functionName: "revokeInvites", args }, nothing);
}
