import { type Address, encodeAbiParameters, type Hex, hashStruct, type TypedData } from "viem";
import type { StelaiClient } from "../client.ts";
import { charactersRedeemInvite } from "../generated/fragments.ts";
import { sessionAccount } from "../tab/key.ts";
import { charactersDomain, charactersTypes } from "../typedData.ts";

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

/** `ICharacters.Redemption` for an account: a bearer invite's key signs for whom it is redeemed. */
export async function redemptionOf(client: StelaiClient, { invite, signature, key }: SignedInvite, account: Address) {
  const { chainId, contracts } = client.deployment;
  const keySignature: Hex = key
    ? await (await sessionAccount(key)).signTypedData({
        domain: charactersDomain(chainId, contracts.Characters),
        types: { Redemption: charactersTypes.Redemption },
        primaryType: "Redemption",
        message: { invite: inviteHash(invite), account },
      })
    : "0x";
  return { invite, signature, keySignature } as const;
}

/** The same as a purchase carries it. */
export async function encodeRedemption(client: StelaiClient, signed: SignedInvite, account: Address): Promise<Hex> {
  return encodeAbiParameters([charactersRedeemInvite.inputs[0]], [await redemptionOf(client, signed, account)]);
}
