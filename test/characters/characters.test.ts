import { expect } from "chai";
import { id, keccak256, toBeHex, ZeroAddress, zeroPadValue } from "ethers";
import { typed } from "../contracts.ts";
import { creationOf, ethers, networkHelpers, payeeOf, sharesOf, TERMS, withCharacter } from "../fixtures.ts";
import { settle } from "../settle.ts";

const load = () => networkHelpers.loadFixture(withCharacter);
const terms = Object.values(TERMS);
const MICRO = 10n ** 12n;

describe("Characters.create", () => {
  it("publishes a character that its caller owns, and tells everything about it", async () => {
    const { characters, alice, bob, dave } = await load();
    const creation = creationOf({
      modality: 4,
      visibility: 1,
      payee: payeeOf(bob),
      operators: [dave.address, bob.address],
    });
    await expect(characters.connect(alice).create(creation))
      .to.emit(characters, "CharacterCreated")
      .withArgs(2n, alice.address, 4n, 1n, payeeOf(bob), creation.personaHash, "ipfs://card", terms)
      .and.to.emit(characters, "OperatorListed")
      .withArgs(2n, dave.address, true)
      .and.to.emit(characters, "OperatorListed")
      .withArgs(2n, bob.address, true);
    expect(await characters.characterOf(2n)).to.deep.equal([
      alice.address,
      4n,
      1n,
      false,
      1n,
      terms,
      payeeOf(bob),
      creation.personaHash,
      "ipfs://card",
    ]);
    expect(await characters.termsOf(2n)).to.deep.equal([terms, 1n]);
    expect(await characters.payeeOf(2n)).to.equal(payeeOf(bob));
    expect(await characters.tokenURI(2n)).to.equal("ipfs://card");
    expect(await characters.ownerOf(2n)).to.equal(alice.address);
    expect(await characters.count()).to.equal(2n);
    expect(await characters.isOperator(2n, dave.address)).to.equal(true);
    expect(await characters.isOperator(2n, alice.address)).to.equal(false);
  });

  it("is an ERC-721 by name", async () => {
    const { characters } = await load();
    expect(await characters.name()).to.equal("Stelai Characters");
    expect(await characters.symbol()).to.equal("STELAIC");
    expect(await characters.supportsInterface("0x80ac58cd")).to.equal(true);
  });

  it("keeps prices, version, modality, visibility and suspension in one slot", async () => {
    const w = await load();
    const max = 2n ** 40n - 1n;
    const full = { lifetime: max, monthly: max, annual: max, perInference: max, perUnit: max };
    await w.characters
      .connect(w.bob)
      .create(creationOf({ modality: 4, visibility: 1, payee: payeeOf(w.bob), terms: full }));
    await w.characters.connect(w.moderator).setSuspended(2n, true, "");
    const [character] = [await w.characters.characterOf(2n)];
    expect(character.terms).to.deep.equal(Object.values(full));
    expect([character.modality, character.visibility, character.suspended]).to.deep.equal([4n, 1n, true]);
    const slot = await listingSlot(w, 2n);
    const next = toBeHex(BigInt(slot) + 1n, 32);
    expect(await networkHelpers.getStorageAt(String(w.characters.target), BigInt(next))).to.match(/^0x0*$/);
  });

  it("registers the shares it is given and pays the split, also when someone published it before", async () => {
    const { characters, payouts, bob, carol, alice } = await load();
    const shares = sharesOf([bob, 4_000], [carol, 6_000]);
    const split: bigint = await payouts.splitOf(shares);
    await expect(characters.connect(alice).create(creationOf({ shares })))
      .to.emit(payouts, "SplitRegistered")
      .withArgs(
        split,
        shares.map((share) => [share.recipient, BigInt(share.bps)]),
      );
    expect(await characters.payeeOf(2n)).to.equal(split);
    await expect(characters.connect(alice).create(creationOf({ shares }))).not.to.emit(payouts, "SplitRegistered");
    expect(await characters.payeeOf(3n)).to.equal(split);
    await characters.connect(alice).create(creationOf({ payee: split }));
    expect(await characters.payeeOf(4n)).to.equal(split);
  });

  it("is refused without a payee that can earn, and with bad shares", async () => {
    const { characters, payouts, bob } = await load();
    for (const payee of [0n, 2n ** 160n, 2n ** 256n - 1n]) {
      await expect(characters.create(creationOf({ payee })))
        .to.be.revertedWithCustomError(characters, "UnknownPayee")
        .withArgs(payee);
    }
    await expect(
      characters.create(creationOf({ shares: [{ recipient: payeeOf(bob), bps: 9_999 }] })),
    ).to.be.revertedWithCustomError(payouts, "InvalidShares");
  });

  it("is refused with an empty card or one longer than 256 bytes", async () => {
    const { characters, bob } = await load();
    for (const metadataURI of ["", "x".repeat(257), "é".repeat(129)]) {
      await expect(characters.create(creationOf({ payee: payeeOf(bob), metadataURI }))).to.be.revertedWithCustomError(
        characters,
        "InvalidMetadataURI",
      );
    }
    await characters.create(creationOf({ payee: payeeOf(bob), metadataURI: "x".repeat(256) }));
  });

  it("is refused when ids have run out of 48 bits", async () => {
    const w = await load();
    const address = String(w.characters.target);
    const slot = await slotOf(w, 1n);
    await networkHelpers.setStorageAt(address, slot, 2n ** 48n - 2n);
    await w.characters.create(creationOf({ payee: payeeOf(w.bob) }));
    await expect(w.characters.create(creationOf({ payee: payeeOf(w.bob) }))).to.be.revertedWithCustomError(
      w.characters,
      "TooManyCharacters",
    );
  });

  it("does not read what does not exist", async () => {
    const { characters } = await load();
    for (const call of ["characterOf", "termsOf", "payeeOf", "tokenURI"] as const) {
      await expect(characters[call](9n))
        .to.be.revertedWithCustomError(characters, "ERC721NonexistentToken")
        .withArgs(9n);
    }
    await expect(characters.payeeOf(0n)).to.be.revertedWithCustomError(characters, "ERC721NonexistentToken");
  });
});

describe("Characters' owner", () => {
  it("changes the prices, each time under a new version, and nothing else with them", async () => {
    const { characters, bob, moderator } = await load();
    await characters.connect(moderator).setSuspended(1n, true, "");
    await characters.connect(bob).setVisibility(1n, 1);
    const other = { lifetime: 1n, monthly: 2n, annual: 3n, perInference: 4n, perUnit: 2n ** 40n - 1n };
    await expect(characters.connect(bob).setTerms(1n, other))
      .to.emit(characters, "TermsChanged")
      .withArgs(1n, 2n, Object.values(other));
    expect(await characters.termsOf(1n)).to.deep.equal([Object.values(other), 2n]);
    const character = await characters.characterOf(1n);
    expect([character.modality, character.visibility, character.suspended]).to.deep.equal([0n, 1n, true]);
  });

  it("cannot change the prices when the versions have run out of 40 bits", async () => {
    const w = await load();
    const address = String(w.characters.target);
    const slot = await listingSlot(w, 1n);
    const value = BigInt(await networkHelpers.getStorageAt(address, BigInt(slot)));
    const mask = (2n ** 40n - 1n) << 200n;
    expect((value & mask) >> 200n).to.equal(1n);
    await networkHelpers.setStorageAt(address, slot, value | mask);
    expect((await w.characters.termsOf(1n)).version).to.equal(2n ** 40n - 1n);
    await expect(w.characters.connect(w.bob).setTerms(1n, TERMS)).to.be.revertedWithCustomError(
      w.characters,
      "TooManyVersions",
    );
  });

  it("changes card, persona, visibility and operators", async () => {
    const { characters, bob, carol, dave } = await load();
    const by = characters.connect(bob);
    await expect(by.setMetadata(1n, "ipfs://new")).to.emit(characters, "MetadataChanged").withArgs(1n, "ipfs://new");
    await expect(by.setMetadata(1n, "")).to.be.revertedWithCustomError(characters, "InvalidMetadataURI");
    await expect(by.setPersona(1n, id("p")))
      .to.emit(characters, "PersonaChanged")
      .withArgs(1n, id("p"));
    await expect(by.setVisibility(1n, 1)).to.emit(characters, "VisibilityChanged").withArgs(1n, 1n);
    expect((await characters.characterOf(1n)).visibility).to.equal(1n);
    await by.setVisibility(1n, 0);
    expect((await characters.characterOf(1n)).visibility).to.equal(0n);
    await expect(by.setOperator(1n, carol.address, true))
      .to.emit(characters, "OperatorListed")
      .withArgs(1n, carol.address, true);
    await by.setOperator(1n, dave.address, false);
    expect(await characters.isOperator(1n, carol.address)).to.equal(true);
    expect(await characters.isOperator(1n, dave.address)).to.equal(false);
    expect(await characters.tokenURI(1n)).to.equal("ipfs://new");
  });

  it("is the only one who may; whom it approved to transfer may not", async () => {
    const { characters, bob, carol, admin } = await load();
    await characters.connect(bob).setApprovalForAll(carol.address, true);
    const calls: [string, unknown[]][] = [
      ["setTerms", [1n, TERMS]],
      ["setMetadata", [1n, "ipfs://x"]],
      ["setPersona", [1n, id("x")]],
      ["setPayee", [1n, payeeOf(carol)]],
      ["setVisibility", [1n, 1]],
      ["setOperator", [1n, carol.address, true]],
    ];
    for (const caller of [carol, admin]) {
      for (const [name, values] of calls) {
        await expect(characters.connect(caller).getFunction(name)(...values))
          .to.be.revertedWithCustomError(characters, "NotCharacterOwner")
          .withArgs(1n, caller.address);
      }
    }
    await expect(characters.connect(bob).setTerms(9n, TERMS))
      .to.be.revertedWithCustomError(characters, "ERC721NonexistentToken")
      .withArgs(9n);
  });

  it("changes the payee after what was settled went to the old one", async () => {
    const w = await load();
    await settle(w, 1n, 1_000_000n);
    const changed = w.characters.connect(w.bob).setPayee(1n, payeeOf(w.carol));
    await expect(changed).to.emit(w.characters, "PayeeChanged").withArgs(1n, payeeOf(w.carol));
    await expect(changed)
      .to.emit(w.payouts, "Earned")
      .withArgs(payeeOf(w.bob), w.meter.target, zeroPadValue("0x01", 32), 1_000_000n * MICRO, 100_000n * MICRO);
    await settle(w, 1n, 2_000_000n);
    await w.meter.collect(1n);
    expect(await w.payouts.claimable(w.bob.address)).to.equal(900_000n * MICRO);
    expect(await w.payouts.claimable(w.carol.address)).to.equal(1_800_000n * MICRO);
  });

  it("cannot name a payee that cannot earn", async () => {
    const { characters, bob } = await load();
    for (const payee of [0n, 2n ** 160n]) {
      await expect(characters.connect(bob).setPayee(1n, payee))
        .to.be.revertedWithCustomError(characters, "UnknownPayee")
        .withArgs(payee);
    }
  });
});

describe("Characters' transfer", () => {
  it("makes the new owner the payee, after what was settled went to the old one", async () => {
    const w = await load();
    await settle(w, 1n, 1_000_000n);
    const sent = w.characters.connect(w.bob).transferFrom(w.bob.address, w.carol.address, 1n);
    await expect(sent).to.emit(w.characters, "PayeeChanged").withArgs(1n, payeeOf(w.carol));
    expect(await w.payouts.claimable(w.bob.address)).to.equal(900_000n * MICRO);
    expect(await w.characters.payeeOf(1n)).to.equal(payeeOf(w.carol));
    await settle(w, 1n, 1_000_000n);
    await w.meter.collect(1n);
    expect(await w.payouts.claimable(w.carol.address)).to.equal(900_000n * MICRO);
  });

  it("does so by every way there is: approved, safe, and while suspended or paused", async () => {
    const w = await load();
    await w.characters.connect(w.moderator).setSuspended(1n, true, "");
    await w.store.connect(w.guardian).pause();
    await w.meter.connect(w.guardian).pause();
    await w.characters.connect(w.bob).approve(w.dave.address, 1n);
    await w.characters.connect(w.dave).getFunction("safeTransferFrom(address,address,uint256)")(
      w.bob.address,
      w.carol.address,
      1n,
    );
    expect(await w.characters.payeeOf(1n)).to.equal(payeeOf(w.carol));
    expect(await w.characters.getApproved(1n)).to.equal(ZeroAddress);
    await expect(
      w.characters.connect(w.dave).transferFrom(w.carol.address, w.dave.address, 1n),
    ).to.be.revertedWithCustomError(w.characters, "ERC721InsufficientApproval");
  });

  it("is refused to strangers before anything is collected or changed", async () => {
    const w = await load();
    await settle(w, 1n, 1_000_000n);
    await expect(
      w.characters.connect(w.carol).transferFrom(w.bob.address, w.carol.address, 1n),
    ).to.be.revertedWithCustomError(w.characters, "ERC721InsufficientApproval");
    expect(await w.meter.accruedOf(1n)).to.equal(1_000_000n);
    expect(await w.characters.payeeOf(1n)).to.equal(payeeOf(w.bob));
  });

  it("to oneself leaves the payee", async () => {
    const w = await load();
    await w.characters.connect(w.bob).setPayee(1n, payeeOf(w.carol));
    await w.characters.connect(w.bob).transferFrom(w.bob.address, w.bob.address, 1n);
    expect(await w.characters.payeeOf(1n)).to.equal(payeeOf(w.carol));
  });

  it("can be made to a contract wallet, which then earns and claims", async () => {
    const w = await load();
    const wallet = typed("ContractWallet", await ethers.deployContract("ContractWallet", [w.carol.address]));
    await w.characters.connect(w.bob).transferFrom(w.bob.address, wallet.target, 1n);
    await settle(w, 1n, 1_000_000n);
    await w.meter.collect(1n);
    const claim = w.payouts.interface.encodeFunctionData("claim", [[], w.carol.address]);
    await expect(wallet.connect(w.carol).execute(w.payouts.target, claim)).to.changeTokenBalance(
      ethers,
      w.stelai,
      w.carol,
      900_000n * MICRO,
    );
  });
});

describe("Characters.setSuspended", () => {
  it("is the moderator's, says why in public, and can be taken back", async () => {
    const { characters, moderator } = await load();
    const by = characters.connect(moderator);
    await expect(by.setSuspended(1n, true, "unlawful"))
      .to.emit(characters, "SuspensionChanged")
      .withArgs(1n, true, "unlawful");
    expect((await characters.characterOf(1n)).suspended).to.equal(true);
    await by.setSuspended(1n, false, "appeal");
    expect((await characters.characterOf(1n)).suspended).to.equal(false);
    await expect(by.setSuspended(9n, true, ""))
      .to.be.revertedWithCustomError(characters, "ERC721NonexistentToken")
      .withArgs(9n);
  });

  it("is refused to the owner and to everyone else", async () => {
    const { characters, bob, admin, guardian } = await load();
    for (const caller of [bob, admin, guardian]) {
      await expect(characters.connect(caller).setSuspended(1n, true, ""))
        .to.be.revertedWithCustomError(characters, "AccessManagedUnauthorized")
        .withArgs(caller.address);
    }
  });

  it("stops no exit: the owner collects, claims, changes the payee and transfers", async () => {
    const w = await load();
    await settle(w, 1n, 1_000_000n);
    await w.characters.connect(w.moderator).setSuspended(1n, true, "");
    await w.meter.collect(1n);
    await w.payouts.connect(w.bob).claimAndRedeem([], w.bob.address, 0n);
    await w.characters.connect(w.bob).setPayee(1n, payeeOf(w.carol));
    await w.characters.connect(w.bob).transferFrom(w.bob.address, w.carol.address, 1n);
  });
});

type W = Awaited<ReturnType<typeof withCharacter>>;

/** The slot that holds `value`, found among the contract's own: no layout is written down here. */
async function slotOf({ characters }: W, value: bigint): Promise<bigint> {
  for (let slot = 0n; slot < 32n; slot++) {
    if (BigInt(await networkHelpers.getStorageAt(String(characters.target), slot)) === value) return slot;
  }
  throw new Error(`no slot holds ${value}`);
}

/** The slot of a character's prices: that of the first mapping entry that holds the prices in order. */
async function listingSlot({ characters }: W, characterId: bigint): Promise<string> {
  const { terms: prices } = await characters.characterOf(characterId);
  const packed = [...prices].reduce((sum: bigint, price: bigint, index) => sum | (price << BigInt(40 * index)), 0n);
  for (let slot = 0n; slot < 32n; slot++) {
    const place = keccak256(`${toBeHex(characterId, 32)}${toBeHex(slot, 32).slice(2)}`);
    const value = BigInt(await networkHelpers.getStorageAt(String(characters.target), BigInt(place)));
    if ((value & (2n ** 200n - 1n)) === packed) return place;
  }
  throw new Error("the prices are not in one slot");
}
