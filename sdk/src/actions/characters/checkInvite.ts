import { type Address, type Hex, hashTypedData, parseAbi, recoverAddress, type TypedData, zeroAddress } from "viem";
import { getBlock, getCode, readContract } from "viem/actions";
import type { StelaiClient } from "../../client.ts";
import {
  InvalidInviteError,
  InvalidInviteSignatureError,
  InviteExpiredError,
  InviteForAnotherError,
  InviteRevokedWithAllError,
  InviteSpentError,
} from "../../errors/characters.ts";
import { charactersInviteGenerationOf, charactersIsInviteSpent, charactersOwnerOf } from "../../generated/fragments.ts";
import { type Invite, inviteHash, type SignedInvite } from "../../internal/invite.ts";
import { sessionAccount } from "../../tab/key.ts";
import { charactersDomain, charactersTypes } from "../../typedData.ts";

export type CheckInviteParameters = SignedInvite & {
  /** Who would redeem it; for a bearer invite anyone, when absent. */
  account?: Address | undefined;
};

const erc1271 = parseAbi(["function isValidSignature(bytes32 hash, bytes signature) view returns (bytes4)"]);
const ERC1271_MAGIC = "0x1626ba7e";

/**
 * Whether an invite could be redeemed now: to say on its page what it leads to, or why it does not any more. Only reads
 * its state and checks its signatures, as the contract would (`Invites.redeemInvite`); nothing that redeems it is made
 * or leaves this machine, so no node that is asked can use it up. Needs no wallet.
 * @throws InviteSpentError, InviteExpiredError, InviteForAnotherError, InviteRevokedWithAllError,
 * InvalidInviteSignatureError, InvalidInviteError.
 *
 * @example
 * ```ts
 * await stelai.characters.checkInvite(decodeInvite(location.hash.slice(1)));
 * ```
 */
export async function checkInvite(client: StelaiClient, parameters: CheckInviteParameters): Promise<void> {
  const { account, invite, signature, key } = parameters;
  const { characterId, expiry, generation } = invite;
  const isBound = invite.account !== zeroAddress;
  if (isBound === (invite.key !== zeroAddress) || account === zeroAddress) throw new InvalidInviteError({});
  if (isBound && account && account.toLowerCase() !== invite.account.toLowerCase()) {
    throw new InviteForAnotherError({ account: invite.account });
  }
  const id = inviteHash(invite);
  const { publicClient, deployment } = client;
  const registry = { address: deployment.contracts.Characters } as const;
  const [{ timestamp }, isSpent, current, owner] = await Promise.all([
    getBlock(publicClient),
    readContract(publicClient, {
      ...registry,
      abi: [charactersIsInviteSpent],
      functionName: "isInviteSpent",
      args: [characterId, id],
    }),
    readContract(publicClient, {
      ...registry,
      abi: [charactersInviteGenerationOf],
      functionName: "inviteGenerationOf",
      args: [characterId],
    }),
    readContract(publicClient, { ...registry, abi: [charactersOwnerOf], functionName: "ownerOf", args: [characterId] }),
  ]);
  if (timestamp > expiry) throw new InviteExpiredError({ expiry });
  if (isSpent) throw new InviteSpentError({ invite: id });
  if (generation !== current) throw new InviteRevokedWithAllError({ generation });
  const holder = isBound ? undefined : key && (await sessionAccount(key)).address;
  if (!isBound && holder?.toLowerCase() !== invite.key.toLowerCase()) throw new InvalidInviteSignatureError({});
  if (!(await isSignedBy(client, owner, invite, signature))) throw new InvalidInviteSignatureError({});
}

/** Whether an owner signed it: by ERC-1271 where there is code at its address, else by ECDSA (`SignatureChecker`). */
async function isSignedBy(client: StelaiClient, owner: Address, invite: Invite, signature: Hex): Promise<boolean> {
  const { chainId, contracts } = client.deployment;
  const hash = hashTypedData({
    domain: charactersDomain(chainId, contracts.Characters),
    types: { Invite: charactersTypes.Invite } as TypedData,
    primaryType: "Invite",
    message: { ...invite },
  });
  const code = await getCode(client.publicClient, { address: owner });
  if (code && code !== "0x") {
    const call = { address: owner, abi: erc1271, functionName: "isValidSignature", args: [hash, signature] } as const;
    return (await readContract(client.publicClient, call).catch(() => undefined)) === ERC1271_MAGIC;
  }
  const signer = await recoverAddress({ hash, signature }).catch(() => undefined);
  return signer?.toLowerCase() === owner.toLowerCase();
}
