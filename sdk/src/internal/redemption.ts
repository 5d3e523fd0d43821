import { type Address, encodeAbiParameters, type Hex } from "viem";
import type { StelaiClient } from "../client.ts";
import { charactersRedeemInvite } from "../generated/fragments.ts";
import { sessionAccount } from "../tab/key.ts";
import { charactersDomain, charactersTypes } from "../typedData.ts";
import { inviteHash, type SignedInvite } from "./invite.ts";

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
