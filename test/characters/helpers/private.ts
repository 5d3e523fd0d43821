import { AbiCoder, type BytesLike, id, type Signer, TypedDataEncoder, ZeroAddress } from "ethers";
import { creationOf, ethers, networkHelpers, payeeOf, TERMS, type World, withCredits } from "../../fixtures.ts";

/** Who finds a character, as in `ICharacters.Visibility`. */
export const Visibility = { Public: 0, Unlisted: 1, Private: 2 } as const;
/** What a pass is bought for, as in `ICharacterAccess.Plan`. */
export const Plan = { Lifetime: 0, Monthly: 1, Annual: 2 } as const;

/** {@link withCredits}; Bob's private character 1, which Dave may serve; Alice lets its passes cost her credits. */
export async function withPrivate() {
  const w = await networkHelpers.loadFixture(withCredits);
  const creation = creationOf({
    visibility: Visibility.Private,
    payee: payeeOf(w.bob),
    operators: [w.dave.address],
    metadataURI: "stelai:card:1",
  });
  await w.characters.connect(w.bob).create(creation);
  await w.stelai.connect(w.alice).approve(w.access.target, ethers.MaxUint256);
  return { ...w, characterId: 1n };
}

export type PrivateWorld = Awaited<ReturnType<typeof withPrivate>>;

/** Sends a token's ERC-1363 call, `transferAndCall` or `approveAndCall`, to the passes. */
export function payAndCall(w: World, payer: Signer, name: "transferAndCall" | "approveAndCall", data: string) {
  const call = w.stelai.connect(payer).getFunction(`${name}(address,uint256,bytes)`);
  return call(w.access.target, TERMS.annual * 10n ** 12n, data);
}

/** A purchase of a month as an ERC-1363 call takes it. */
export function purchaseData(characterId: bigint, account: string, invite: BytesLike = "0x"): string {
  const purchase = [characterId, account, Plan.Monthly, TERMS.monthly, false, false, invite];
  return AbiCoder.defaultAbiCoder().encode(["tuple(uint256,address,uint8,uint40,bool,bool,bytes)"], [purchase]);
}

export type Invite = {
  characterId: bigint;
  account: string;
  key: string;
  generation: bigint;
  expiry: bigint;
  salt: string;
};
export type Redemption = { invite: Invite; signature: string; keySignature: string };

const INVITE = {
  Invite: [
    { name: "characterId", type: "uint256" },
    { name: "account", type: "address" },
    { name: "key", type: "address" },
    { name: "generation", type: "uint64" },
    { name: "expiry", type: "uint64" },
    { name: "salt", type: "bytes32" },
  ],
};
const REDEMPTION = {
  Redemption: [
    { name: "invite", type: "bytes32" },
    { name: "account", type: "address" },
  ],
};

/** When an invite ends that nothing else is said of: a day from now. */
async function tomorrow(): Promise<bigint> {
  return BigInt(await networkHelpers.time.latest()) + 86_400n;
}

/** An invite to character 1 of its first generation; whom it is for is the caller's to say. */
export async function inviteOf(fields: Partial<Invite>): Promise<Invite> {
  return {
    characterId: 1n,
    account: ZeroAddress,
    key: ZeroAddress,
    generation: 0n,
    expiry: await tomorrow(),
    salt: id("salt"),
    ...fields,
  };
}

/** The name of an invite: its EIP-712 struct hash. */
export function idOf(invite: Invite): string {
  return TypedDataEncoder.hashStruct("Invite", INVITE, invite);
}

export function charactersDomain(w: World) {
  const verifyingContract = String(w.characters.target);
  return { name: "Stelai Characters", version: "1", chainId: w.chainId, verifyingContract };
}

export function signInvite(w: World, signer: Signer, invite: Invite, domain = charactersDomain(w)): Promise<string> {
  return signer.signTypedData(domain, INVITE, invite);
}

export function signRedemption(
  w: World,
  key: Signer,
  invite: Invite,
  account: string,
  domain = charactersDomain(w),
): Promise<string> {
  return key.signTypedData(domain, REDEMPTION, { invite: idOf(invite), account });
}

/** Bob's invite for an account, with its proof. */
export async function bound(w: World, account: string, fields: Partial<Invite> = {}): Promise<Redemption> {
  const invite = await inviteOf({ account, ...fields });
  return { invite, signature: await signInvite(w, w.bob, invite), keySignature: "0x" };
}

/** Bob's invite for whoever has `key`, with its proofs, redeemed for an account. */
export async function bearer(
  w: World,
  key: Signer,
  account: string,
  fields: Partial<Invite> = {},
): Promise<Redemption> {
  const invite = await inviteOf({ key: await key.getAddress(), ...fields });
  const signature = await signInvite(w, w.bob, invite);
  return { invite, signature, keySignature: await signRedemption(w, key, invite, account) };
}

/** A redemption as a purchase takes it. */
export function encodeRedemption({ invite, signature, keySignature }: Redemption): string {
  const type = "tuple(tuple(uint256,address,address,uint64,uint64,bytes32),bytes,bytes)";
  return AbiCoder.defaultAbiCoder().encode([type], [[Object.values(invite), signature, keySignature]]);
}
