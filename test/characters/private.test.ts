import { expect } from "chai";
import { toBeHex } from "ethers";
import { creationOf, ethers, networkHelpers, payeeOf, TERMS } from "../fixtures.ts";
import { Plan, type PrivateWorld, payAndCall, purchaseData, Visibility, withPrivate } from "./helpers/private.ts";

const load = () => networkHelpers.loadFixture(withPrivate);
const terms = Object.values(TERMS);
/** As many as the SDK puts into one transaction. */
const BATCH = 200;
/** Accounts that nobody has, one for each number. */
const accountsFrom = (first: number, count: number) =>
  Array.from({ length: count }, (_, index) => ethers.getAddress(toBeHex(first + index, 20)));

describe("A private character", () => {
  it("is its owner's alone, while public and unlisted ones are everyone's", async () => {
    const { characters, alice, bob, dave } = await load();
    await characters.connect(bob).create(creationOf({ payee: payeeOf(bob) }));
    await characters.connect(bob).create(creationOf({ payee: payeeOf(bob), visibility: Visibility.Unlisted }));
    expect(await characters.isAllowed(1n, bob.address)).to.equal(true);
    // Not even to the operator that serves it.
    for (const stranger of [alice, dave]) expect(await characters.isAllowed(1n, stranger.address)).to.equal(false);
    for (const id of [2n, 3n]) expect(await characters.isAllowed(id, alice.address)).to.equal(true);
  });

  it("answers nothing about a character that does not exist", async () => {
    const { characters, alice } = await load();
    for (const call of ["isAllowed", "offerTo"] as const) {
      await expect(characters[call](9n, alice.address))
        .to.be.revertedWithCustomError(characters, "ERC721NonexistentToken")
        .withArgs(9n);
    }
  });

  it("becomes everyone's when its owner opens it, and the list's again when it is closed", async () => {
    const { characters, alice, bob, carol } = await load();
    await characters.connect(bob).setAllowed(1n, [alice.address], true);
    await characters.connect(bob).setVisibility(1n, Visibility.Unlisted);
    expect(await characters.isAllowed(1n, carol.address)).to.equal(true);
    await characters.connect(bob).setVisibility(1n, Visibility.Private);
    expect(await characters.isAllowed(1n, carol.address)).to.equal(false);
    expect(await characters.isAllowed(1n, alice.address)).to.equal(true);
  });

  it("is offered to a stranger in no way at all, and to who is on the list in each", async () => {
    const w = await load();
    const by = w.access.connect(w.alice);
    const { stelai } = w;
    await stelai.connect(w.alice).transfer(w.carol.address, TERMS.lifetime * 10n ** 12n);
    await stelai.connect(w.carol).approve(w.access.target, ethers.MaxUint256);
    expect(await w.characters.offerTo(1n, w.alice.address)).to.deep.equal([terms, false, false]);
    const ways = [
      () => by.subscribe(1n, Plan.Monthly, TERMS.monthly, true, "0x"),
      () => by.buyLifetime(1n, TERMS.lifetime, "0x"),
      () => by.switchPlan(1n, Plan.Annual, TERMS.annual, true),
      () => w.access.connect(w.carol).gift(1n, w.alice.address, Plan.Monthly, TERMS.monthly, "0x"),
      () => payAndCall(w, w.alice, "transferAndCall", purchaseData(1n, w.alice.address)),
      () => payAndCall(w, w.alice, "approveAndCall", purchaseData(1n, w.alice.address)),
    ];
    for (const way of ways) {
      await expect(way()).to.be.revertedWithCustomError(w.access, "NotAllowed").withArgs(1n, w.alice.address);
    }
    await w.characters.connect(w.bob).setAllowed(1n, [w.alice.address], true);
    expect(await w.characters.offerTo(1n, w.alice.address)).to.deep.equal([terms, false, true]);
    for (const way of ways) {
      const before = await networkHelpers.takeSnapshot();
      await way();
      expect(await isActive(w)).to.equal(true);
      await before.restore();
    }
  });

  it("is given by a stranger to who is on the list, and by who is on the list not to a stranger", async () => {
    const w = await load();
    await w.characters.connect(w.bob).setAllowed(1n, [w.carol.address], true);
    await w.access.connect(w.alice).gift(1n, w.carol.address, Plan.Monthly, TERMS.monthly, "0x");
    expect((await w.access.accessOf(1n, w.carol.address)).active).to.equal(true);
    await w.characters.connect(w.bob).setAllowed(1n, [w.alice.address], true);
    await expect(w.access.connect(w.alice).gift(1n, w.dave.address, Plan.Monthly, TERMS.monthly, "0x"))
      .to.be.revertedWithCustomError(w.access, "NotAllowed")
      .withArgs(1n, w.dave.address);
  });

  it("stays with who paid for it off the list, until what was paid for ends", async () => {
    const w = await load();
    await w.characters.connect(w.bob).setAllowed(1n, [w.alice.address], true);
    await w.access.connect(w.alice).subscribe(1n, Plan.Monthly, TERMS.monthly, true, "0x");
    await w.characters.connect(w.bob).setAllowed(1n, [w.alice.address], false);
    expect(await isActive(w)).to.equal(true);
    const { until } = await w.access.accessOf(1n, w.alice.address);
    await networkHelpers.time.increaseTo(until);
    const notAllowed = 6n;
    await w.access.renew([{ characterId: 1n, account: w.alice.address }]);
    expect((await w.access.accessOf(1n, w.alice.address)).renewal).to.equal(notAllowed);
    expect(await isActive(w)).to.equal(false);
  });
});

describe("A private character's allow list", () => {
  it("takes accounts on and off, several at once, and tells whom", async () => {
    const { characters, alice, bob, carol, dave } = await load();
    const by = characters.connect(bob);
    await expect(by.setAllowed(1n, [alice.address, carol.address, dave.address], true))
      .to.emit(characters, "AllowListChanged")
      .withArgs(1n, [alice.address, carol.address, dave.address], true);
    await expect(by.setAllowed(1n, [alice.address, dave.address], false))
      .to.emit(characters, "AllowListChanged")
      .withArgs(1n, [alice.address, dave.address], false);
    expect(await characters.isAllowed(1n, carol.address)).to.equal(true);
    for (const { address } of [alice, dave]) expect(await characters.isAllowed(1n, address)).to.equal(false);
  });

  it("takes who is on it twice, and lets go who is not", async () => {
    const { characters, alice, bob, carol } = await load();
    const by = characters.connect(bob);
    await by.setAllowed(1n, [alice.address, alice.address], true);
    await by.setAllowed(1n, [alice.address], true);
    await by.setAllowed(1n, [carol.address], false);
    expect(await characters.isAllowed(1n, alice.address)).to.equal(true);
    await by.setAllowed(1n, [alice.address], false);
    expect(await characters.isAllowed(1n, alice.address)).to.equal(false);
    await by.setAllowed(1n, [], true);
  });

  it("is one character's: another of the same owner has its own", async () => {
    const { characters, alice, bob } = await load();
    await characters.connect(bob).create(creationOf({ payee: payeeOf(bob), visibility: Visibility.Private }));
    await characters.connect(bob).setAllowed(1n, [alice.address], true);
    expect(await characters.isAllowed(2n, alice.address)).to.equal(false);
  });

  it("is the owner's to change: not of who is on it, may transfer it, serves it or moderates it", async () => {
    const { characters, alice, bob, carol, dave, moderator, admin } = await load();
    await characters.connect(bob).setAllowed(1n, [alice.address], true);
    await characters.connect(bob).setApprovalForAll(carol.address, true);
    for (const caller of [alice, carol, dave, moderator, admin]) {
      await expect(characters.connect(caller).setAllowed(1n, [caller.address], true))
        .to.be.revertedWithCustomError(characters, "NotCharacterOwner")
        .withArgs(1n, caller.address);
    }
    await expect(characters.connect(bob).setAllowed(9n, [bob.address], true))
      .to.be.revertedWithCustomError(characters, "ERC721NonexistentToken")
      .withArgs(9n);
  });

  it("is emptied by a transfer, and neither another one nor the way back fills it again", async () => {
    const { characters, alice, bob, carol, dave } = await load();
    await characters.connect(bob).setAllowed(1n, [alice.address], true);
    const sent = characters.connect(bob).transferFrom(bob.address, carol.address, 1n);
    await expect(sent).to.emit(characters, "AllowListCleared").withArgs(1n);
    await expect(sent).to.emit(characters, "InvitesRevoked").withArgs(1n, 1n);
    expect(await characters.isAllowed(1n, carol.address)).to.equal(true);
    for (const { address } of [alice, bob]) expect(await characters.isAllowed(1n, address)).to.equal(false);
    await characters.connect(carol).setAllowed(1n, [dave.address], true);
    expect(await characters.isAllowed(1n, dave.address)).to.equal(true);
    await characters.connect(carol).transferFrom(carol.address, bob.address, 1n);
    for (const { address } of [alice, carol, dave]) expect(await characters.isAllowed(1n, address)).to.equal(false);
    await characters.connect(bob).setAllowed(1n, [alice.address], true);
    expect(await characters.isAllowed(1n, alice.address)).to.equal(true);
  });

  it("stays as it is when the character is sent to its own owner", async () => {
    const { characters, alice, bob } = await load();
    await characters.connect(bob).setAllowed(1n, [alice.address], true);
    await expect(characters.connect(bob).transferFrom(bob.address, bob.address, 1n)).not.to.emit(
      characters,
      "AllowListCleared",
    );
    expect(await characters.isAllowed(1n, alice.address)).to.equal(true);
    expect(await characters.inviteGenerationOf(1n)).to.equal(0n);
  });

  it("holds 10,000 accounts in batches a sixth of a block each, and a transfer costs what it costs without", async () => {
    const { characters, bob, carol } = await load();
    const by = characters.connect(bob);
    const transferGas = () => characters.connect(bob).transferFrom.estimateGas(bob.address, carol.address, 1n);
    const short = await transferGas();
    for (let from = 0; from < 10_000; from += BATCH) {
      const sent = await by.setAllowed(1n, accountsFrom(0x10_000 + from, BATCH), true);
      const receipt = await sent.wait();
      // Small enough for chains whose blocks hold 30 million.
      expect(receipt.gasUsed).to.be.lessThan(5_000_000n);
    }
    for (let from = 0; from < 10_000; from += BATCH) {
      for (const account of accountsFrom(0x10_000 + from, BATCH).filter((_, index) => index % 199 === 0)) {
        expect(await characters.isAllowed(1n, account)).to.equal(true);
      }
    }
    for (const account of accountsFrom(0x10_000 - 1, 1).concat(accountsFrom(0x10_000 + 10_000, 1))) {
      expect(await characters.isAllowed(1n, account)).to.equal(false);
    }
    expect(await transferGas()).to.equal(short);
    await by.transferFrom(bob.address, carol.address, 1n);
    for (const account of accountsFrom(0x10_000, 10_000).filter((_, index) => index % 199 === 0)) {
      expect(await characters.isAllowed(1n, account)).to.equal(false);
    }
  });
});

async function isActive(w: PrivateWorld): Promise<boolean> {
  return (await w.access.accessOf(1n, w.alice.address)).active;
}
