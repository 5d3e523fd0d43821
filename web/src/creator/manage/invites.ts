import type { GetCircleReturnType } from "@stelai/sdk";
import type { Address, Hex } from "viem";
import { deleteChainState, listChainState, writeChainState } from "../../config/chainState.ts";

/** An invite that was made in this browser. Its text holds the key of a bearer invite: it stays on this device. */
export interface KeptInvite {
  /** Decimal. */
  readonly characterId: string;
  /** Its name on the chain. */
  readonly hash: Hex;
  /** Whom it is for; null: whoever has the link. */
  readonly account: Address | null;
  /** Words of its maker, for its maker alone. */
  readonly note: string;
  /** Unix seconds. */
  readonly madeAt: number;
  readonly expiry: number;
  /** As `inviteGenerationOf` was. */
  readonly generation: string;
  /** As `encodeInvite` wrote it. */
  readonly text: string;
}

const prefix = (characterId: bigint | string) => `invite:${characterId}:`;

/** Those of a character, newest first. */
export async function readInvites(characterId: bigint): Promise<KeptInvite[]> {
  const found = await listChainState<KeptInvite>(prefix(characterId));
  return found.sort((one, other) => other.madeAt - one.madeAt);
}

export function keepInvite(invite: KeptInvite): Promise<void> {
  return writeChainState(prefix(invite.characterId) + invite.hash, invite);
}

/** Forgets the link; the invite itself stays as good as it is. */
export function forgetInvite({ characterId, hash }: KeptInvite): Promise<void> {
  return deleteChainState(prefix(characterId) + hash);
}

export type InviteState =
  | { readonly is: "open" | "revoked" | "expired" | "spent" }
  | { readonly is: "redeemed"; readonly by: Address; readonly at: bigint };

/** What of its state the chain and the index know. */
export interface InviteFacts {
  /** Hashes that the chain calls spent: redeemed or revoked. */
  readonly spent: ReadonlySet<Hex>;
  /** The one that invites are signed with now. */
  readonly generation: bigint;
  readonly circle: Pick<GetCircleReturnType, "redeemed" | "revoked"> | undefined;
}

/**
 * Where an invite stands. The chain says whether it is spent; the index, which may be a block behind, says how.
 * @param now Unix seconds of the chain.
 */
export function inviteState(invite: KeptInvite, { spent, generation, circle }: InviteFacts, now: bigint): InviteState {
  const redeemed = circle?.redeemed.find(({ invite: hash }) => hash === invite.hash);
  if (redeemed) return { is: "redeemed", by: redeemed.account, at: redeemed.at };
  if (circle?.revoked.some(({ invite: hash }) => hash === invite.hash)) return { is: "revoked" };
  if (spent.has(invite.hash)) return { is: "spent" };
  if (BigInt(invite.generation) !== generation) return { is: "revoked" };
  return BigInt(invite.expiry) < now ? { is: "expired" } : { is: "open" };
}
