import { expect } from "chai";
import { clientsOf, newcomer, type Person, stelaiOf } from "../../../test/world.ts";
import { charactersAbi } from "../../generated/abis.ts";
import { type CreateParameters, payeeOf, type Stelai, sortShares, splitOf, WalletRequiredError } from "../../index.ts";

describe("The characters of an account, from the chain", () => {
  let creator: Person;
  let friend: Person;
  let stelai: Stelai;
  let ofFriend: Stelai;
  const published: bigint[] = [];

  async function publish(by: Stelai, more: Partial<CreateParameters> = {}): Promise<bigint> {
    const { wait } = await by.characters.create({ modality: "Chat", metadataURI: "ipfs://card", terms: {}, ...more });
    return (await wait()).characterId;
  }

  before(async () => {
    [creator, friend] = [await newcomer(), await newcomer()];
    [stelai, ofFriend] = [await stelaiOf(creator), await stelaiOf(friend)];
    for (const visibility of ["Public", "Private", "Unlisted"] as const) {
      published.push(await publish(stelai, { visibility }));
    }
  });

  /** Gives a character to somebody else, as any ERC-721 token. */
  async function give(person: Person, characterId: bigint, to: Person): Promise<void> {
    const { walletClient, publicClient, deployment, chain } = await clientsOf(person);
    if (!walletClient) throw new Error("a person has a wallet");
    const hash = await walletClient.writeContract({
      ...{ chain, account: walletClient.account },
      address: deployment.contracts.Characters,
      abi: charactersAbi,
      functionName: "transferFrom",
      args: [person.address, to.address, characterId],
    });
    await publicClient.waitForTransactionReceipt({ hash });
  }

  it("are told by who owns them now: private ones too, received ones too, and once though they came back", async () => {
    const [first = 0n, second = 0n, third = 0n] = published;
    const received = await publish(ofFriend);
    await give(friend, received, creator);
    await give(creator, second, friend);
    await give(creator, third, friend);
    await give(friend, third, creator);
    const mine = await stelai.characters.listOwned();
    expect(mine.map(({ characterId }) => characterId)).to.deep.equal([first, third, received]);
    expect(mine[1]).to.deep.equal(await stelai.characters.getCharacter({ characterId: third }));
    const theirs = await stelai.characters.listOwned({ account: friend.address });
    expect(theirs).to.have.length(1);
    expect(theirs[0]).to.include({ characterId: second, visibility: "Private" });
  });

  it("are none of an account that owns none, and cannot be told without any account", async () => {
    const { address } = await newcomer({ eth: 0n, reserve: 0n });
    expect(await stelai.characters.listOwned({ account: address })).to.deep.equal([]);
    const reader = await stelaiOf();
    const error = await reader.characters.listOwned().catch((thrown: unknown) => thrown);
    expect(error).to.be.instanceOf(WalletRequiredError);
  });

  it("are told by whom they pay now, whoever owns them: an account, or a split", async () => {
    const author = await newcomer();
    const shares = sortShares([
      { recipient: payeeOf(author.address), bps: 6_000 },
      { recipient: payeeOf(friend.address), bps: 4_000 },
    ]);
    const [own, split] = [payeeOf(author.address), splitOf(shares)];
    const ofAuthor = await stelaiOf(author);
    const direct = await publish(ofAuthor);
    const shared = await publish(ofAuthor, { shares });
    const given = await publish(ofFriend, { payee: own });
    const list = (...payees: bigint[]) => stelai.characters.listPaying({ payees });
    expect(await list(own)).to.deep.equal([
      { characterId: direct, payee: own },
      { characterId: given, payee: own },
    ]);
    expect(await list(split)).to.deep.equal([{ characterId: shared, payee: split }]);
    await (await ofFriend.characters.setPayee({ characterId: given, payee: split })).wait();
    expect(await list(own)).to.deep.equal([{ characterId: direct, payee: own }]);
    expect(await list(own, split)).to.deep.equal([
      { characterId: direct, payee: own },
      { characterId: shared, payee: split },
      { characterId: given, payee: split },
    ]);
    expect(await list()).to.deep.equal([]);
  });
});
