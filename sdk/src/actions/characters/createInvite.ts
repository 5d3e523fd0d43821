import { type Address, zeroAddress } from "viem";
import { readContract, signTypedData } from "viem/actions";
import { requireWallet, type StelaiClient } from "../../client.ts";
import { charactersInviteGenerationOf } from "../../generated/fragments.ts";
import { chainTime, randomHash } from "../../internal/authorization.ts";
import { type Invite, inviteHash, type SignedInvite } from "../../internal/invite.ts";
import { newSessionKey, sessionAccount } from "../../tab/key.ts";
import { charactersDomain, charactersTypes } from "../../typedData.ts";

export type CreateInviteParameters = {
  characterId: bigint;
  /** Whom it is for; whoever has its key, when absent. */
  account?: Address | undefined;
  /** Unix seconds until which it can be redeemed; 30 days from now when absent. */
  expiry?: bigint | undefined;
};

/** `hash` is its name on the chain: keep it to revoke the invite. `key` is there for one that is for whoever has it. */
export type CreateInviteReturnType = SignedInvite & { hash: `0x${string}` };

const LIFETIME = 30n * 86_400n;

/**
 * Signs an invite to a private character with the owner's wallet: costs nothing, nothing is sent. It is good for one
 * account, once. Give `encodeInvite` of it to whoever is invited, and treat that of a bearer invite like a key.
 * @throws UserRejectedError, WalletRequiredError.
 *
 * @example
 * ```ts
 * const invite = await stelai.characters.createInvite({ characterId });
 * const link = `${origin}/invite#${stelai.characters.encodeInvite(invite)}`;
 * ```
 */
export async function createInvite(
  client: StelaiClient,
  parameters: CreateInviteParameters,
): Promise<CreateInviteReturnType> {
  const { wallet, account: owner } = requireWallet(client);
  const { characterId, account } = parameters;
  const { chainId, contracts } = client.deployment;
  const key = account === undefined ? await newSessionKey() : undefined;
  const [generation, expiry, keyAddress] = await Promise.all([
    readContract(client.publicClient, {
      address: contracts.Characters,
      abi: [charactersInviteGenerationOf],
      functionName: "inviteGenerationOf",
      args: [characterId],
    }),
    parameters.expiry ?? chainTime(client).then((now) => now + LIFETIME),
    key === undefined ? zeroAddress : sessionAccount(key).then(({ address }) => address),
  ]);
  const salt = randomHash();
  const invite: Invite = { characterId, account: account ?? zeroAddress, key: keyAddress, generation, expiry, salt };
  const signature = await signTypedData(wallet, {
    account: owner,
    domain: charactersDomain(chainId, contracts.Characters),
    types: { Invite: charactersTypes.Invite },
    primaryType: "Invite",
    message: invite,
  });
  return { invite, signature, hash: inviteHash(invite), ...(key === undefined ? {} : { key }) };
}
