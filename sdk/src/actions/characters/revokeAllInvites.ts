import type { StelaiClient } from "../../client.ts";
import { charactersInvitesRevokedEvent, charactersRevokeAllInvites } from "../../generated/fragments.ts";
import { eventArguments } from "../../internal/events.ts";
import { type Sent, send } from "../../internal/send.ts";

export type RevokeAllInvitesParameters = { characterId: bigint };

/** The generation that invites are signed with from now on. */
export type RevokeAllInvitesReturnType = Sent<{ generation: bigint }>;

/**
 * Revokes all invites that were signed so far, also those nobody kept. Who redeemed one stays on the allow list. Owner.
 * @throws NotCharacterOwnerError, UserRejectedError.
 *
 * @example
 * ```ts
 * await (await stelai.characters.revokeAllInvites({ characterId })).wait();
 * ```
 */
export async function revokeAllInvites(
  client: StelaiClient,
  { characterId }: RevokeAllInvitesParameters,
): Promise<RevokeAllInvitesReturnType> {
  const address = client.deployment.contracts.Characters;
  const abi = [charactersRevokeAllInvites];
  const call = { address, abi, functionName: "revokeAllInvites", args: [characterId] as const } as const;
  return send(client, call, (receipt) => {
    return { generation: eventArguments(receipt, address, charactersInvitesRevokedEvent).generation };
  });
}
