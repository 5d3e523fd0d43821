import { expect } from "chai";
import fc from "fast-check";
import hre from "hardhat";
import { type Abi, type Address, createPublicClient, custom, type Hex, toFunctionSelector, zeroAddress } from "viem";
import { privateKeyToAddress } from "viem/accounts";
import { clientsOf, newcomer, type Person, passTime, people, stelaiOf, withCredits } from "../../../test/world.ts";
import { charactersAbi } from "../../generated/abis.ts";
import { charactersRedeemInvite } from "../../generated/fragments.ts";
import {
  decodeInvite,
  encodeInvite,
  InvalidInviteError,
  InvalidInviteLinkError,
  InvalidInviteSignatureError,
  InviteExpiredError,
  InviteForAnotherError,
  InviteRevokedWithAllError,
  InviteSpentError,
  inviteHash,
  NotCharacterOwnerError,
  type SignedInvite,
} from "../../index.ts";

/** The error that a promise rejects with. */
async function failure(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => expect.fail("it did not fail"),
    (error: unknown) => error,
  );
}

async function withPrivateCharacter(person?: Person) {
  const { operator } = await people();
  const owner = await stelaiOf(person ?? (await newcomer()));
  const { wait } = await owner.characters.create({
    modality: "Chat",
    visibility: "Private",
    metadataURI: "stelai:card:0c",
    terms: { monthly: 30_000_000n },
    operators: [operator.address],
  });
  return { owner, characterId: (await wait()).characterId };
}

describe("An allow list", () => {
  it("takes a long list in several transactions, each account once, and gives it back", async () => {
    const { owner, characterId } = await withPrivateCharacter();
    const accounts = Array.from(
      { length: 401 },
      (_, index): Address => `0x${(index + 10).toString(16).padStart(40, "0")}`,
    );
    const told: number[] = [];
    const onSent = (sent: { accounts: number }) => void told.push(sent.accounts);
    const [first, last] = [accounts[0], accounts[400]];
    const all = [...accounts, ...accounts];
    const sent = await owner.characters.setAllowed({ characterId, accounts: all, allowed: true, onSent });
    await sent.wait();
    expect(sent.hashes).to.have.length(3);
    expect(told).to.deep.equal([200, 400, 401]);
    for (const account of [first, last])
      expect(await owner.characters.isAllowed({ characterId, account })).to.equal(true);
    await (await owner.characters.setAllowed({ characterId, accounts, allowed: false })).wait();
    expect(await owner.characters.isAllowed({ characterId, account: last })).to.equal(false);
    const other = await stelaiOf(await newcomer());
    const refused = await failure(other.characters.setAllowed({ characterId, accounts: [], allowed: true }));
    expect(refused).to.be.instanceOf(NotCharacterOwnerError);
  });
});

describe("An invite", () => {
  it("has the hash that the contract knows it by", async () => {
    const { owner, characterId } = await withPrivateCharacter();
    const { publicClient, deployment } = await clientsOf();
    const { invite, hash } = await owner.characters.createInvite({ characterId });
    expect(inviteHash(invite)).to.equal(hash);
    await (await owner.characters.revokeInvites({ characterId, invites: [hash] })).wait();
    const isSpent = await publicClient.readContract({
      address: deployment.contracts.Characters,
      abi: charactersAbi,
      functionName: "isInviteSpent",
      args: [characterId, hash],
    });
    expect(isSpent).to.equal(true);
  });

  it("for one account is redeemed by it, once, and by no other", async () => {
    const { owner, characterId } = await withPrivateCharacter();
    const friend = await newcomer();
    const stelai = await stelaiOf(friend);
    const invite = await owner.characters.createInvite({ characterId, account: friend.address });
    expect(invite).to.not.have.property("key");
    await stelai.characters.checkInvite(invite);
    const other = await stelaiOf(await newcomer());
    expect(await failure(other.characters.redeemInvite(invite))).to.be.instanceOf(InviteForAnotherError);
    const redeemed = await (await stelai.characters.redeemInvite(invite)).wait();
    expect(redeemed).to.include({ characterId, account: friend.address, hash: invite.hash });
    expect(await stelai.characters.isAllowed({ characterId })).to.equal(true);
    expect(await failure(stelai.characters.checkInvite(invite))).to.be.instanceOf(InviteSpentError);
  });

  it("for whoever has its link is redeemed with a purchase in one transaction, and then spent", async () => {
    const { owner, characterId } = await withPrivateCharacter();
    const link = encodeInvite(await owner.characters.createInvite({ characterId }));
    const stelai = await stelaiOf(await withCredits());
    const invite = decodeInvite(link);
    await stelai.characters.checkInvite(invite);
    await (await stelai.access.subscribe({ characterId, plan: "Monthly", renews: true, invite })).wait();
    expect(await stelai.access.getAccess({ characterId })).to.include({ active: true });
    const copycat = await stelaiOf(await withCredits());
    const again = await failure(copycat.access.subscribe({ characterId, plan: "Monthly", renews: false, invite }));
    expect(again).to.be.instanceOf(InviteSpentError);
  });

  it("is checked without a wallet by readings alone: no node is shown what would redeem it", async () => {
    const { owner, characterId } = await withPrivateCharacter();
    const { publicClient, chain } = await clientsOf();
    const shown: string[] = [];
    const transport = custom({
      request: async (asked) => {
        shown.push(JSON.stringify(asked));
        return publicClient.request(asked as Parameters<typeof publicClient.request>[0]);
      },
    });
    const stranger = await stelaiOf(undefined, { publicClient: createPublicClient({ chain, transport }) });
    const created = await owner.characters.createInvite({ characterId });
    await stranger.characters.checkInvite(created);
    expect(shown.join()).to.include("eth_call");
    for (const secret of [created.signature, created.key ?? "", toFunctionSelector(charactersRedeemInvite)]) {
      expect(secret).to.match(/^0x/);
      expect(shown.join()).to.not.include(secret.slice(2));
    }
    await (await (await stelaiOf(await newcomer())).characters.redeemInvite(created)).wait();
    expect(await failure(stranger.characters.checkInvite(created))).to.be.instanceOf(InviteSpentError);
  });

  it("is found wanting by a check for the reason that the contract would give", async () => {
    const { owner, characterId } = await withPrivateCharacter();
    const friend = await newcomer();
    const stelai = await stelaiOf(friend);
    const { timestamp } = await (await clientsOf()).publicClient.getBlock();
    const late = await owner.characters.createInvite({ characterId, expiry: timestamp + 60n });
    const old = await owner.characters.createInvite({ characterId });
    const other = await owner.characters.createInvite({ characterId });
    const bound = await owner.characters.createInvite({ characterId, account: friend.address });
    const forged = await stelai.characters.createInvite({ characterId });
    const { invite, signature } = old;
    await stelai.characters.checkInvite(bound);
    await passTime(120);
    const stranger = await newcomer();
    for (const [wrong, error] of [
      [late, InviteExpiredError],
      [{ ...old, key: other.key }, InvalidInviteSignatureError],
      [{ invite, signature }, InvalidInviteSignatureError],
      [{ ...old, signature: other.signature }, InvalidInviteSignatureError],
      [{ ...old, signature: "0x12" as Hex }, InvalidInviteSignatureError],
      [forged, InvalidInviteSignatureError],
      [{ ...bound, account: stranger.address }, InviteForAnotherError],
      [{ ...old, invite: { ...invite, account: friend.address } }, InvalidInviteError],
    ] as const) {
      expect(await failure(stelai.characters.checkInvite(wrong))).to.be.instanceOf(error);
    }
    await (await owner.characters.revokeAllInvites({ characterId })).wait();
    expect(await failure(stelai.characters.checkInvite(old))).to.be.instanceOf(InviteRevokedWithAllError);
  });

  it("of an owner that is a contract is checked by what that contract says of its signature", async () => {
    const person = await newcomer();
    const { owner, characterId } = await withPrivateCharacter(person);
    const key = await newcomer();
    const { publicClient, walletClient, deployment, chain } = await clientsOf(await newcomer());
    if (!walletClient) throw new Error("a newcomer has a wallet");
    const { abi, bytecode } = await hre.artifacts.readArtifact("ContractWallet");
    const from = { account: walletClient.account, chain };
    const code = bytecode as Hex;
    const deployed = await walletClient.deployContract({
      abi: abi as Abi,
      bytecode: code,
      args: [key.address],
      ...from,
    });
    const { contractAddress } = await publicClient.waitForTransactionReceipt({ hash: deployed });
    if (!contractAddress) throw new Error("it is deployed");
    const { walletClient: mine } = await clientsOf(person);
    const hash = await mine?.writeContract({
      address: deployment.contracts.Characters,
      abi: charactersAbi,
      functionName: "transferFrom",
      args: [person.address, contractAddress, characterId],
      account: mine.account,
      chain,
    });
    if (hash) await publicClient.waitForTransactionReceipt({ hash });
    // Who holds the contract's key signs for it, and the former owner no longer does.
    const signed = await (await stelaiOf(key)).characters.createInvite({ characterId });
    await (await stelaiOf()).characters.checkInvite(signed);
    const former = await owner.characters.createInvite({ characterId });
    expect(await failure((await stelaiOf()).characters.checkInvite(former))).to.be.instanceOf(
      InvalidInviteSignatureError,
    );
  });

  it("can be given on with a gift, and is then the receiver's", async () => {
    const { owner, characterId } = await withPrivateCharacter();
    const invite = await owner.characters.createInvite({ characterId });
    const giver = await stelaiOf(await withCredits());
    const { address: account } = await newcomer();
    await (await giver.access.gift({ characterId, account, plan: "Monthly", invite })).wait();
    expect(await giver.characters.isAllowed({ characterId, account })).to.equal(true);
    expect(await giver.characters.isAllowed({ characterId })).to.equal(false);
  });

  it("does not open anything when it is late, revoked with all, forged, or its key is another", async () => {
    const { owner, characterId } = await withPrivateCharacter();
    const stelai = await stelaiOf(await newcomer());
    const { timestamp } = await (await clientsOf()).publicClient.getBlock();
    const late = await owner.characters.createInvite({ characterId, expiry: timestamp + 60n });
    const old = await owner.characters.createInvite({ characterId });
    const { key } = await owner.characters.createInvite({ characterId });
    await passTime(120);
    expect(await failure(stelai.characters.redeemInvite(late))).to.be.instanceOf(InviteExpiredError);
    const mixed = { ...old, ...(key ? { key } : {}) };
    expect(await failure(stelai.characters.redeemInvite(mixed))).to.be.instanceOf(InvalidInviteSignatureError);
    const forged = await stelai.characters.createInvite({ characterId });
    expect(await failure(stelai.characters.redeemInvite(forged))).to.be.instanceOf(InvalidInviteSignatureError);
    const { generation } = await (await owner.characters.revokeAllInvites({ characterId })).wait();
    expect(generation).to.equal(1n);
    expect(await failure(stelai.characters.redeemInvite(old))).to.be.instanceOf(InviteRevokedWithAllError);
    const fresh = await owner.characters.createInvite({ characterId });
    expect(fresh.invite.generation).to.equal(1n);
    await (await stelai.characters.redeemInvite(fresh)).wait();
  });
});

describe("An invite's link", () => {
  const hex = (bytes: number) =>
    fc
      .uint8Array({ minLength: bytes, maxLength: bytes })
      .map((value): Hex => `0x${Buffer.from(value).toString("hex")}`);
  const key = hex(32).filter((value) => BigInt(value) > 0n && BigInt(value) >> 255n === 0n);
  const common = fc.record({
    characterId: fc.bigInt(1n, 2n ** 48n - 1n),
    generation: fc.bigInt(0n, 2n ** 32n - 1n),
    expiry: fc.bigInt(0n, 2n ** 40n - 1n),
    salt: hex(32),
  });
  const invites = fc
    .tuple(common, hex(65), fc.option(key, { nil: undefined }), hex(20))
    .map(
      ([fields, signature, secret, account]): SignedInvite =>
        secret === undefined
          ? { invite: { ...fields, account, key: zeroAddress }, signature }
          : { invite: { ...fields, account: zeroAddress, key: privateKeyToAddress(secret) }, signature, key: secret },
    );

  it("reads back as what it was made of, and needs no escaping", () => {
    fc.assert(
      fc.property(invites, (invite) => {
        const text = encodeInvite(invite);
        expect(text).to.match(/^[A-Za-z0-9_-]{150,220}$/);
        const read = decodeInvite(text);
        expect({ ...read, invite: { ...read.invite, account: read.invite.account.toLowerCase() } }).to.deep.equal({
          ...invite,
          invite: { ...invite.invite, account: invite.invite.account.toLowerCase() },
        });
      }),
    );
  });

  it("that was cut, changed or is none is refused with words to act on", () => {
    fc.assert(
      fc.property(invites, fc.nat(), fc.constantFrom("A", "b", "-"), (invite, at, letter) => {
        const text = encodeInvite(invite);
        const place = at % (text.length - 1);
        const changed = `${text.slice(0, place)}${text[place] === letter ? "_" : letter}${text.slice(place + 1)}`;
        for (const broken of [text.slice(0, place), changed, `${text}!`]) {
          expect(() => decodeInvite(broken)).to.throw(InvalidInviteLinkError, /whole link/);
        }
      }),
    );
    for (const none of ["", "#", "hello", "AQ"]) expect(() => decodeInvite(none)).to.throw(InvalidInviteLinkError);
  });
});
