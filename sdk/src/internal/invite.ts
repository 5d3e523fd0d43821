import { type Address, type Hex, hashStruct, type TypedData } from "viem";
import { charactersTypes } from "../typedData.ts";

/** `ICharacters.Invite`: leave to use a private character, redeemed once. */
export type Invite = {
  characterId: bigint;
  /** Whom it is for; zero when whoever has the key may redeem it. */
  account: Address;
  /** Whose signature redeems it; zero when it is for an account. */
  key: Address;
  /** `inviteGenerationOf` when it was signed: revoking all counts it up. */
  generation: bigint;
  /** Unix seconds until which it can be redeemed. */
  expiry: bigint;
  salt: Hex;
};

/** An invite with what redeems it. */
export type SignedInvite = {
  invite: Invite;
  /** The owner's. */
  signature: Hex;
  /** Private key of a bearer invite; whoever has it can redeem. */
  key?: Hex | undefined;
};

/** EIP-712 struct hash of an invite: its name on the chain, and what is revoked by. */
export function inviteHash(invite: Invite): Hex {
  return hashStruct({ types: charactersTypes as TypedData, primaryType: "Invite", data: { ...invite } });
}
