import { expect } from "chai";
import { id, MaxUint256, type Signer, toBeHex, ZeroAddress, ZeroHash } from "ethers";
import { typed } from "../contracts.ts";
import { creationOf, credits, ethers, networkHelpers, payeeOf, TERMS, withCharacter } from "../fixtures.ts";
import { domainOf, signCancel, signTransfer } from "../signing.ts";

const { loadFixture, time } = networkHelpers;
const LIFETIME = TERMS.lifetime * 10n ** 12n;

/** {@link withCharacter}; Dave, its operator, has his receiver. Metered use pays a commission of 10 %. */
async function withReceiver() {
  const w = await loadFixture(withCharacter);
  await w.receivers.create(w.dave.address);
  const address = await w.receivers.receiverOf(w.dave.address);
  const receiver = typed("OperatorReceiver", await ethers.getContractAt("OperatorReceiver", address)).connect(w.dave);
  return { ...w, receiver };
}
type World = Awaited<ReturnType<typeof withReceiver>>;

let salt = 0;

/** What a stock x402 client signs: any nonce, to the receiver. */
async function paymentOf(w: World, value: bigint, signer: Signer = w.alice, from?: string) {
  const fields = {
    from: from ?? (await signer.getAddress()),
    to: String(w.receiver.target),
    value,
    validAfter: 0n,
    validBefore: BigInt(await time.latest()) + 600n,
    nonce: id(`nonce ${salt++}`),
  };
  const signature = await signTransfer(await domainOf(w.stelai, w.chainId), signer, fields);
  const { to: _, ...payment } = { ...fields, signature };
  return payment;
}
type Payment = Awaited<ReturnType<typeof paymentOf>>;

const transfer = (w: World, by: Signer, { from, value, validAfter, validBefore, nonce, signature }: Payment) =>
  w.stelai.connect(by).getFunction("transferWithAuthorization(address,address,uint256,uint256,uint256,bytes32,bytes)")(
    ...[from, w.receiver.target, value, validAfter, validBefore, nonce, signature],
  );
const line = (characterId: bigint, amount: bigint) => ({ characterId, amount });
const held = (w: World): Promise<bigint> => w.stelai.balanceOf(w.receiver);

describe("OperatorReceivers", () => {
  it("makes one receiver an operator, which a payer can check, whoever asks for it", async () => {
    const w = await loadFixture(withCharacter);
    expect(await w.receivers.receiverOf(w.dave)).to.equal(ZeroAddress);
    const expected = await w.receivers.connect(w.carol).create.staticCall(w.dave);
    await expect(w.receivers.connect(w.carol).create(w.dave))
      .to.emit(w.receivers, "OperatorReceiverCreated")
      .withArgs(w.dave.address, expected);
    expect(await w.receivers.receiverOf(w.dave)).to.equal(expected);
    const receiver = await ethers.getContractAt("OperatorReceiver", expected);
    expect(await receiver.getFunction("operator")()).to.equal(w.dave.address);
    await expect(w.receivers.create(w.dave))
      .to.be.revertedWithCustomError(w.receivers, "AlreadyCreated")
      .withArgs(w.dave.address, expected);
    await expect(w.receivers.create(ZeroAddress)).to.be.revertedWithCustomError(w.receivers, "ZeroOperator");
  });
});

describe("OperatorReceiver: settling", () => {
  it("passes a payment on as its lines, at the commission of metered use, in one call", async () => {
    const w = await loadFixture(withReceiver);
    const payment = await paymentOf(w, credits("10"));
    const act = w.receiver.settle(payment, [line(1n, credits("9")), line(0n, credits("1"))], 0n);
    await expect(act).to.changeTokenBalances(
      ethers,
      w.stelai,
      [w.alice, w.receiver, w.payouts],
      [-credits("10"), 0n, credits("10")],
    );
    await expect(act).to.emit(w.receiver, "Settled").withArgs(w.alice.address, payment.nonce, credits("10"), 0n);
    await expect(act).to.emit(w.receiver, "Distributed").withArgs(1n, credits("9"));
    await expect(act).to.emit(w.receiver, "Distributed").withArgs(0n, credits("1"));
    const { target } = w.receiver;
    await expect(act)
      .to.emit(w.payouts, "Earned")
      .withArgs(payeeOf(w.bob), target, toBeHex(1n, 32), credits("9"), credits("0.9"))
      .and.to.emit(w.payouts, "Earned")
      .withArgs(payeeOf(w.dave), target, ZeroHash, credits("1"), credits("0.1"));
    expect(await w.payouts.claimable(w.bob)).to.equal(credits("8.1"));
    expect(await w.payouts.claimable(w.dave)).to.equal(credits("0.9"));
  });

  it("gives who paid a lifetime pass at its price, which is the character's income", async () => {
    const w = await loadFixture(withReceiver);
    const payment = await paymentOf(w, LIFETIME + credits("1"));
    const act = w.receiver.settle(payment, [line(0n, credits("1"))], 1n);
    await expect(act).to.changeTokenBalances(
      ethers,
      w.stelai,
      [w.alice, w.receiver, w.payouts, w.access],
      [-LIFETIME - credits("1"), 0n, credits("1"), LIFETIME],
    );
    await expect(act).to.emit(w.receiver, "Settled").withArgs(w.alice.address, payment.nonce, payment.value, 1n);
    expect((await w.access.accessOf(1n, w.alice.address))[0]).to.equal(true);
    expect(await w.stelai.allowance(w.receiver, w.access)).to.equal(0n);
    expect(await w.access.harvestable(1n)).to.equal(TERMS.lifetime);
  });

  it("keeps nothing and takes nothing from what else is here: lines and pass are exactly the payment", async () => {
    const w = await loadFixture(withReceiver);
    await w.stelai.connect(w.alice).transfer(w.receiver.target, credits("500"));
    for (const [value, lines, passOf] of [
      [credits("10"), [line(1n, credits("9"))], 0n],
      [credits("10"), [line(1n, credits("11"))], 0n],
      [credits("10"), [], 0n],
      [LIFETIME - 1n, [], 1n],
      [LIFETIME, [line(1n, 1n)], 1n],
    ] as const) {
      const spent = lines.reduce((sum, { amount }) => sum + amount, 0n) + (passOf === 0n ? 0n : LIFETIME);
      await expect(w.receiver.settle(await paymentOf(w, value), [...lines], passOf))
        .to.be.revertedWithCustomError(w.receiver, "Unbalanced")
        .withArgs(value, spent);
    }
    expect(await held(w)).to.equal(credits("500"));
  });

  it("refuses everyone but its operator, the payer and the owner of the character included", async () => {
    const w = await loadFixture(withReceiver);
    const payment = await paymentOf(w, credits("10"));
    await w.stelai.connect(w.alice).transfer(w.receiver.target, credits("5"));
    for (const stranger of [w.alice, w.bob, w.admin]) {
      const other = w.receiver.connect(stranger);
      for (const act of [
        other.settle(payment, [line(1n, credits("10"))], 0n),
        other.distribute(credits("5"), [line(1n, credits("5"))], 0n, ZeroAddress),
      ]) {
        await expect(act).to.be.revertedWithCustomError(w.receiver, "NotOperator").withArgs(stranger.address);
      }
    }
    expect(await held(w)).to.equal(credits("5"));
  });

  it("moves nothing by a payment that is replayed, bent, late, cancelled or not funded", async () => {
    const w = await loadFixture(withReceiver);
    const settle = (payment: Payment) => w.receiver.settle(payment, [line(1n, payment.value)], 0n);
    const good = await paymentOf(w, credits("10"));
    await settle(good);
    await expect(settle(good)).to.be.revertedWithCustomError(w.stelai, "ERC3009UsedAuthorization");
    const bent = { ...(await paymentOf(w, credits("10"))), value: credits("11") };
    await expect(settle(bent)).to.be.revertedWithCustomError(w.stelai, "ERC3009InvalidSignature");
    const ofAnother = await paymentOf(w, credits("10"), w.carol, w.alice.address);
    await expect(settle(ofAnother)).to.be.revertedWithCustomError(w.stelai, "ERC3009InvalidSignature");
    const unfunded = await paymentOf(w, credits("10"), w.carol);
    await expect(settle(unfunded)).to.be.revertedWithCustomError(w.stelai, "ERC20InsufficientBalance");
    const cancelled = await paymentOf(w, credits("10"));
    const domain = await domainOf(w.stelai, w.chainId);
    const signature = await signCancel(domain, w.alice, w.alice.address, cancelled.nonce);
    await w.stelai.getFunction("cancelAuthorization(address,bytes32,bytes)")(w.alice, cancelled.nonce, signature);
    await expect(settle(cancelled)).to.be.revertedWithCustomError(w.stelai, "ERC3009UsedAuthorization");
    const late = await paymentOf(w, credits("10"));
    await time.increase(601);
    await expect(settle(late)).to.be.revertedWithCustomError(w.stelai, "ERC3009InvalidAuthorizationTime");
  });

  it("takes a payment of a contract wallet, and none that its wallet does not stand by", async () => {
    const w = await loadFixture(withReceiver);
    const wallet = typed("ContractWallet", await ethers.deployContract("ContractWallet", [w.alice.address]));
    await w.stelai.connect(w.alice).transfer(wallet.target, credits("20"));
    const from = String(wallet.target);
    const lines = [line(1n, credits("10"))];
    await w.receiver.settle(await paymentOf(w, credits("10"), w.alice, from), lines, 0n);
    expect(await w.stelai.balanceOf(wallet)).to.equal(credits("10"));
    await wallet.behave(1n);
    await expect(
      w.receiver.settle(await paymentOf(w, credits("10"), w.alice, from), lines, 0n),
    ).to.be.revertedWithCustomError(w.stelai, "ERC3009InvalidSignature");
  });

  it("refuses a line of a character that does not exist, of nothing, and a pass that is not for sale", async () => {
    const w = await loadFixture(withReceiver);
    const payment = await paymentOf(w, credits("10"));
    await expect(w.receiver.settle(payment, [line(9n, credits("10"))], 0n))
      .to.be.revertedWithCustomError(w.characters, "ERC721NonexistentToken")
      .withArgs(9n);
    await expect(w.receiver.settle(payment, [line(1n, credits("10")), line(0n, 0n)], 0n)).to.be.revertedWithCustomError(
      w.payouts,
      "ZeroAmount",
    );
    await w.characters.connect(w.bob).create(creationOf({ payee: payeeOf(w.bob), terms: { ...TERMS, lifetime: 0n } }));
    await expect(w.receiver.settle(payment, [line(1n, credits("10"))], 2n)).to.be.revert(ethers);
    expect(await w.stelai.balanceOf(w.alice)).to.equal(credits("5000"));
  });
});

describe("OperatorReceiver: what came in past settling", () => {
  it("cannot be settled when somebody else sent the payment, and is distributed by its operator instead", async () => {
    const w = await loadFixture(withReceiver);
    const payment = await paymentOf(w, credits("10"));
    await transfer(w, w.carol, payment);
    await expect(w.receiver.settle(payment, [line(1n, credits("10"))], 0n)).to.be.revertedWithCustomError(
      w.stelai,
      "ERC3009UsedAuthorization",
    );
    await w.receiver.distribute(credits("10"), [line(1n, credits("10"))], 0n, ZeroAddress);
    expect(await w.payouts.claimable(w.bob)).to.equal(credits("9"));
    expect(await held(w)).to.equal(0n);
  });

  it("gives a pass that somebody else sent the payment of", async () => {
    const w = await loadFixture(withReceiver);
    await transfer(w, w.carol, await paymentOf(w, LIFETIME));
    await w.receiver.distribute(LIFETIME, [], 1n, w.alice.address);
    expect((await w.access.accessOf(1n, w.alice.address))[0]).to.equal(true);
    expect(await held(w)).to.equal(0n);
  });

  it("takes nothing from what others brought, though a pass costs more by now, or less", async () => {
    const w = await loadFixture(withReceiver);
    await w.stelai.connect(w.alice).transfer(w.receiver.target, credits("500"));
    await transfer(w, w.carol, await paymentOf(w, LIFETIME));
    for (const lifetime of [TERMS.lifetime * 2n, TERMS.lifetime / 2n]) {
      await w.characters.connect(w.bob).setTerms(1n, { ...TERMS, lifetime });
      await expect(w.receiver.distribute(LIFETIME, [], 1n, w.alice.address))
        .to.be.revertedWithCustomError(w.receiver, "Unbalanced")
        .withArgs(LIFETIME, lifetime * 10n ** 12n);
    }
    await w.characters.connect(w.bob).setTerms(1n, TERMS);
    await expect(w.receiver.distribute(LIFETIME, [line(1n, 1n)], 1n, w.alice.address))
      .to.be.revertedWithCustomError(w.receiver, "Unbalanced")
      .withArgs(LIFETIME, LIFETIME + 1n);
    await w.receiver.distribute(LIFETIME, [], 1n, w.alice.address);
    expect(await held(w)).to.equal(credits("500"));
  });

  it("cannot distribute more than came in, whatever allowance others gave", async () => {
    const w = await loadFixture(withReceiver);
    await w.stelai.connect(w.alice).approve(w.receiver.target, MaxUint256);
    await w.stelai.connect(w.alice).transfer(w.receiver.target, credits("5"));
    const tooMuch = credits("5") + 1n;
    await expect(w.receiver.distribute(tooMuch, [line(1n, tooMuch)], 0n, ZeroAddress)).to.be.revertedWithCustomError(
      w.stelai,
      "ERC20InsufficientBalance",
    );
    expect(await w.stelai.balanceOf(w.alice)).to.equal(credits("4995"));
  });

  it("has no way out but these two", async () => {
    const w = await loadFixture(withReceiver);
    const changing = w.receiver.interface.fragments.filter(
      (fragment) => fragment.type === "function" && !("constant" in fragment && fragment.constant),
    );
    expect(changing.map((fragment) => ("name" in fragment ? fragment.name : "")).sort()).to.deep.equal([
      "distribute",
      "settle",
    ]);
  });
});
