import { expect } from "chai";
import { ZeroAddress } from "ethers";
import {
  credits,
  DAY,
  ethers,
  networkHelpers,
  payeeOf,
  REF,
  type Share,
  sharesOf,
  usd,
  type World,
  withSplit,
} from "../fixtures.ts";
import { expectDelayed } from "../managed.ts";

const load = () => networkHelpers.loadFixture(withSplit);

/** Alice's payments carry `bps` of commission from now on. */
async function commission(w: World, bps: number) {
  await expectDelayed(w, w.payouts, w.commissioner, "setCommission", [w.alice.address, bps], 7 * DAY);
}

/** The step to the share of `account` in `shares`. */
function stepTo(shares: Share[], recipient: bigint) {
  return { shares, index: shares.findIndex((share) => share.recipient === recipient) };
}

describe("Payouts.earn", () => {
  it("credits an address, which claims it", async () => {
    const { payouts, stelai, alice, bob } = await load();
    const earned = payouts.connect(alice).earn(payeeOf(bob), credits("10"), REF);
    await expect(earned).to.changeTokenBalances(ethers, stelai, [alice, payouts], [-credits("10"), credits("10")]);
    await expect(earned).to.emit(payouts, "Earned").withArgs(payeeOf(bob), alice.address, REF, credits("10"), 0n);
    expect(await payouts.claimable(bob.address)).to.equal(credits("10"));
  });

  it("credits a split by moving its running total alone", async () => {
    const { payouts, alice, bob, carol, split } = await load();
    await payouts.connect(alice).earn(split, credits("10"), REF);
    expect(await payouts.receivedBySplit(split)).to.equal(credits("10"));
    expect(await payouts.claimable(bob.address)).to.equal(0n);
    expect(await payouts.claimable(carol.address)).to.equal(0n);
  });

  it("takes the caller's commission for the treasury, rounded down for the earner", async () => {
    const w = await load();
    await commission(w, 3_000);
    await expect(w.payouts.connect(w.alice).earn(payeeOf(w.bob), 9_999n, REF))
      .to.emit(w.payouts, "Earned")
      .withArgs(payeeOf(w.bob), w.alice.address, REF, 9_999n, 2_999n);
    expect(await w.payouts.claimable(w.treasury.address)).to.equal(2_999n);
    expect(await w.payouts.claimable(w.bob.address)).to.equal(7_000n);
    await w.payouts.connect(w.alice).earn(payeeOf(w.bob), 1n, REF);
    expect(await w.payouts.claimable(w.bob.address)).to.equal(7_001n);
  });

  it("takes the commission of the moment, never of an earning before", async () => {
    const w = await load();
    await w.payouts.connect(w.alice).earn(payeeOf(w.bob), 1_000n, REF);
    await commission(w, 1_000);
    expect(await w.payouts.claimable(w.bob.address)).to.equal(1_000n);
    await w.payouts.connect(w.alice).earn(payeeOf(w.bob), 1_000n, REF);
    expect(await w.payouts.claimable(w.bob.address)).to.equal(1_900n);
  });

  it("is refused for nothing, for nobody, for an unregistered split and from who has no credits", async () => {
    const { payouts, stelai, alice, bob } = await load();
    const by = payouts.connect(alice);
    await expect(by.earn(payeeOf(bob), 0n, REF)).to.be.revertedWithCustomError(payouts, "ZeroAmount");
    for (const payee of [0n, 2n ** 160n, 2n ** 256n - 1n]) {
      await expect(by.earn(payee, 1n, REF))
        .to.be.revertedWithCustomError(payouts, "UnknownPayee")
        .withArgs(payee);
    }
    await expect(payouts.connect(bob).earn(payeeOf(bob), 1n, REF))
      .to.be.revertedWithCustomError(stelai, "ERC20InsufficientBalance")
      .withArgs(bob.address, 0n, 1n);
  });
});

describe("Payouts.earnAt", () => {
  it("takes the commission that was agreed to, whatever the caller's is now", async () => {
    const w = await load();
    for (const [now, agreed] of [
      [0, 3_000],
      [3_000, 1_000],
      [3_000, 0],
    ] as const) {
      await commission(w, now);
      await expect(w.payouts.connect(w.alice).earnAt(payeeOf(w.bob), 1_000n, REF, agreed))
        .to.emit(w.payouts, "Earned")
        .withArgs(payeeOf(w.bob), w.alice.address, REF, 1_000n, BigInt(agreed / 10));
    }
    expect(await w.payouts.claimable(w.treasury.address)).to.equal(400n);
    expect(await w.payouts.claimable(w.bob.address)).to.equal(2_600n);
  });

  it("is refused above 30 %, for nothing, and for nobody", async () => {
    const { payouts, alice, bob } = await load();
    const by = payouts.connect(alice);
    await expect(by.earnAt(payeeOf(bob), 1n, REF, 3_001))
      .to.be.revertedWithCustomError(payouts, "CommissionTooHigh")
      .withArgs(3_001n);
    await expect(by.earnAt(payeeOf(bob), 0n, REF, 0)).to.be.revertedWithCustomError(payouts, "ZeroAmount");
    await expect(by.earnAt(0n, 1n, REF, 0))
      .to.be.revertedWithCustomError(payouts, "UnknownPayee")
      .withArgs(0n);
  });
});

describe("Payouts.flow", () => {
  it("moves a share on, whoever calls, and nothing when nothing is due", async () => {
    const { payouts, alice, bob, dave, shares, split } = await load();
    await payouts.connect(alice).earn(split, credits("10"), REF);
    const step = stepTo(shares, payeeOf(bob));
    await expect(payouts.connect(dave).flow(step))
      .to.emit(payouts, "Flowed")
      .withArgs(split, payeeOf(bob), credits("7"));
    expect(await payouts.claimable(bob.address)).to.equal(credits("7"));
    expect(await payouts.flowed(split, step.index)).to.equal(credits("7"));
    await expect(payouts.flow(step)).not.to.emit(payouts, "Flowed");
    expect(await payouts.claimable(bob.address)).to.equal(credits("7"));
  });

  it("is refused for an unregistered split and for a share that is not there", async () => {
    const { payouts, bob, shares } = await load();
    const unknown = sharesOf([bob, 10_000]);
    await expect(payouts.flow({ shares: unknown, index: 0n }))
      .to.be.revertedWithCustomError(payouts, "UnknownPayee")
      .withArgs(await payouts.splitOf(unknown));
    await expect(payouts.flow({ shares, index: 2n }))
      .to.be.revertedWithCustomError(payouts, "ShareOutOfRange")
      .withArgs(2n);
  });

  it("cannot be given other parts than were registered", async () => {
    const { payouts, alice, shares, split } = await load();
    await payouts.connect(alice).earn(split, credits("10"), REF);
    const bent = shares.map((share) => ({ ...share, bps: 10_000 - share.bps }));
    await expect(payouts.flow({ shares: bent, index: 0n })).to.be.revertedWithCustomError(payouts, "UnknownPayee");
    await expect(payouts.flow({ shares: [], index: 0n })).to.be.revertedWithCustomError(payouts, "UnknownPayee");
  });

  it("pays the same in the end, however often and in whichever order it is called; dust is below the shares", async () => {
    const { payouts, alice, others } = await load();
    const [a, b, c] = others;
    if (!a || !b || !c) throw new Error("too few accounts");
    const shares = sharesOf([a, 3_333], [b, 3_333], [c, 3_334]);
    const split: bigint = await payouts.splitOf(shares);
    await payouts.registerSplit(shares);
    let received = 0n;
    for (const [turn, amount] of [1n, 1n, 7n, 10_001n, 2n, 99_999n, 3n].entries()) {
      await payouts.connect(alice).earn(split, amount, REF);
      received += amount;
      await payouts.flow({ shares, index: turn % 3 });
    }
    for (const index of [2, 0, 1]) await payouts.flow({ shares, index });
    let credited = 0n;
    for (const [index, share] of shares.entries()) {
      const flowed: bigint = await payouts.flowed(split, index);
      expect(flowed).to.equal((received * BigInt(share.bps)) / 10_000n);
      credited += flowed;
    }
    expect(received - credited).to.be.within(0n, BigInt(shares.length - 1));
  });
});

describe("Payouts.claim", () => {
  it("runs the steps and withdraws all to whom the caller names", async () => {
    const { payouts, stelai, alice, bob, dave, shares, split } = await load();
    await payouts.connect(alice).earn(split, credits("10"), REF);
    await payouts.connect(alice).earn(payeeOf(bob), credits("1"), REF);
    const claimed = payouts.connect(bob).claim([stepTo(shares, payeeOf(bob))], dave.address);
    await expect(claimed).to.changeTokenBalances(ethers, stelai, [payouts, dave], [-credits("8"), credits("8")]);
    await expect(claimed).to.emit(payouts, "Claimed").withArgs(bob.address, dave.address, credits("8"), 0n);
    expect(await payouts.claimable(bob.address)).to.equal(0n);
    await expect(payouts.connect(bob).claim([stepTo(shares, payeeOf(bob))], dave.address))
      .to.be.revertedWithCustomError(payouts, "NothingToClaim")
      .withArgs(bob.address);
  });

  it("reaches through nested splits, outermost first, and pays a step's stranger their own", async () => {
    const { payouts, stelai, alice, bob, carol, dave, shares, split } = await load();
    const outer = sharesOf([dave, 1_000], [split, 9_000]);
    await payouts.registerSplit(outer);
    await payouts.connect(alice).earn(await payouts.splitOf(outer), credits("100"), REF);
    const steps = [
      stepTo(outer, split),
      stepTo(shares, payeeOf(bob)),
      stepTo(shares, payeeOf(carol)),
      stepTo(outer, payeeOf(dave)),
    ];
    await expect(payouts.connect(bob).claim(steps, bob.address)).to.changeTokenBalance(
      ethers,
      stelai,
      bob,
      credits("63"),
    );
    expect(await payouts.claimable(carol.address)).to.equal(credits("27"));
    expect(await payouts.claimable(dave.address)).to.equal(credits("10"));
  });

  it("gains nothing by repeating a step", async () => {
    const { payouts, stelai, alice, bob, shares, split } = await load();
    await payouts.connect(alice).earn(split, credits("10"), REF);
    const step = stepTo(shares, payeeOf(bob));
    await expect(payouts.connect(bob).claim([step, step, step], bob.address)).to.changeTokenBalance(
      ethers,
      stelai,
      bob,
      credits("7"),
    );
  });

  it("is refused to nobody, and for nothing", async () => {
    const { payouts, bob, dave } = await load();
    await expect(payouts.connect(bob).claim([], ZeroAddress)).to.be.revertedWithCustomError(payouts, "ZeroRecipient");
    await expect(payouts.connect(dave).claim([], dave.address))
      .to.be.revertedWithCustomError(payouts, "NothingToClaim")
      .withArgs(dave.address);
  });

  it("pays only the caller: a thief of a split's steps gets nothing", async () => {
    const { payouts, alice, bob, dave, shares, split } = await load();
    await payouts.connect(alice).earn(split, credits("10"), REF);
    await expect(payouts.connect(dave).claim([stepTo(shares, payeeOf(bob))], dave.address))
      .to.be.revertedWithCustomError(payouts, "NothingToClaim")
      .withArgs(dave.address);
  });

  it("pays one recipient though the other is a contract that cannot claim, the zero-code kind or Payouts itself", async () => {
    const { payouts, stelai, usdc, alice, bob } = await load();
    for (const hostile of [usdc.target, stelai.target, payouts.target, "0x000000000000000000000000000000000000dEaD"]) {
      const shares = sharesOf([bob, 5_000], [BigInt(String(hostile)), 5_000]);
      await payouts.registerSplit(shares);
      await payouts.connect(alice).earn(await payouts.splitOf(shares), credits("2"), REF);
      await payouts.flow(stepTo(shares, BigInt(String(hostile))));
      await expect(payouts.connect(bob).claim([stepTo(shares, payeeOf(bob))], bob.address)).to.changeTokenBalance(
        ethers,
        stelai,
        bob,
        credits("1"),
      );
    }
  });

  it("pays the treasury its commission like anyone", async () => {
    const w = await load();
    await commission(w, 1_000);
    await w.payouts.connect(w.alice).earn(w.split, credits("10"), REF);
    await expect(w.payouts.connect(w.treasury).claim([], w.treasury.address)).to.changeTokenBalance(
      ethers,
      w.stelai,
      w.treasury,
      credits("1"),
    );
  });

  it("always holds what it owes", async () => {
    const w = await load();
    await commission(w, 777);
    for (const amount of [1n, 3n, 99_991n, credits("1") + 7n]) {
      await w.payouts.connect(w.alice).earn(w.split, amount, REF);
      await w.payouts.connect(w.alice).earn(payeeOf(w.bob), amount, REF);
    }
    for (const account of [w.bob, w.carol]) {
      await w.payouts.connect(account).claim([stepTo(w.shares, payeeOf(account))], account.address);
    }
    await w.payouts.connect(w.treasury).claim([], w.treasury.address);
    expect(await w.stelai.balanceOf(w.payouts.target)).to.be.within(0n, 1n);
  });
});

describe("Payouts.claimAndRedeem", () => {
  it("pays the floor in the same call, while sales are paused too", async () => {
    const { payouts, store, usdc, stelai, guardian, alice, bob, dave, shares, split } = await load();
    await payouts.connect(alice).earn(split, credits("1000"), REF);
    await store.connect(guardian).pause();
    const claimed = payouts.connect(bob).claimAndRedeem([stepTo(shares, payeeOf(bob))], dave.address, usd("5.6"));
    await expect(claimed).to.changeTokenBalances(ethers, usdc, [store, dave], [-usd("5.6"), usd("5.6")]);
    await expect(claimed).to.changeTokenBalance(ethers, stelai, payouts, -credits("700"));
    await expect(claimed).to.emit(payouts, "Claimed").withArgs(bob.address, dave.address, credits("700"), usd("5.6"));
  });

  it("is refused below the minimum, to nobody, and for nothing", async () => {
    const { payouts, store, alice, bob, dave } = await load();
    await payouts.connect(alice).earn(payeeOf(bob), credits("100"), REF);
    const by = payouts.connect(bob);
    await expect(by.claimAndRedeem([], bob.address, usd("0.8") + 1n))
      .to.be.revertedWithCustomError(store, "RedemptionBelowMinimum")
      .withArgs(usd("0.8"), usd("0.8") + 1n);
    await expect(by.claimAndRedeem([], ZeroAddress, 0n)).to.be.revertedWithCustomError(payouts, "ZeroRecipient");
    await expect(payouts.connect(dave).claimAndRedeem([], dave.address, 0n))
      .to.be.revertedWithCustomError(payouts, "NothingToClaim")
      .withArgs(dave.address);
  });
});

describe("Payouts.setCommission", () => {
  it("waits seven days", async () => {
    const w = await load();
    const set = expectDelayed(w, w.payouts, w.commissioner, "setCommission", [w.alice.address, 2_000], 7 * DAY);
    await expect(set).to.emit(w.payouts, "CommissionSet").withArgs(w.alice.address, 2_000n);
    expect(await w.payouts.commissionOf(w.alice.address)).to.equal(2_000n);
  });

  it("is refused above thirty percent and to everyone without the role", async () => {
    const w = await load();
    await expect(expectDelayed(w, w.payouts, w.commissioner, "setCommission", [w.alice.address, 3_001], 7 * DAY))
      .to.be.revertedWithCustomError(w.payouts, "CommissionTooHigh")
      .withArgs(3_001n);
    await expect(w.payouts.connect(w.admin).setCommission(w.alice.address, 1))
      .to.be.revertedWithCustomError(w.payouts, "AccessManagedUnauthorized")
      .withArgs(w.admin.address);
    expect(await w.payouts.MAX_COMMISSION_BPS()).to.equal(3_000n);
  });

  it("starts at ten percent for the meter and at nothing for anyone else", async () => {
    const { payouts, meter, alice } = await load();
    expect(await payouts.commissionOf(meter.target)).to.equal(1_000n);
    expect(await payouts.commissionOf(alice.address)).to.equal(0n);
  });
});
