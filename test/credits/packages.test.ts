import { expect } from "chai";
import { credits, DAY, ethers, FLOOR, networkHelpers, orderOf, usd, type World, withDollars } from "../fixtures.ts";
import { expectDelayed } from "../managed.ts";

const load = () => networkHelpers.loadFixture(withDollars);
const SMALL = { credits: credits("100"), price: usd("1.2") };

/** Announces a table and waits; the call itself is left to the test. */
async function announced(w: World, table: { credits: bigint; price: bigint }[]) {
  const data = w.store.interface.encodeFunctionData("setPackages", [table]);
  await w.manager.connect(w.pricing).schedule(w.store.target, data, 0n);
  await networkHelpers.time.increase(2 * DAY);
  return w.store.connect(w.pricing).setPackages(table);
}

describe("CreditStore.setPackages", () => {
  it("replaces the whole table, two days after it was announced", async () => {
    const w = await load();
    const replaced = expectDelayed(w, w.store, w.pricing, "setPackages", [[SMALL]], 2 * DAY);
    await expect(replaced)
      .to.emit(w.store, "PackagesReplaced")
      .withArgs(4n, [[SMALL.credits, SMALL.price]]);
    expect(await w.store.packages()).to.deep.equal([4n, [[SMALL.credits, SMALL.price]]]);
  });

  it("never sells an old id again, so that an order signed for it cannot buy something else", async () => {
    const w = await load();
    await announced(w, [SMALL]);
    for (const packageId of [1n, 2n, 3n]) {
      await expect(w.store.connect(w.alice).buy(orderOf(w.alice.address, { packageId })))
        .to.be.revertedWithCustomError(w.store, "PackageNotForSale")
        .withArgs(packageId);
    }
    await w.store.connect(w.alice).buy(orderOf(w.alice.address, { packageId: 4n }));
    await announced(w, [SMALL, SMALL]);
    expect((await w.store.packages()).firstId).to.equal(5n);
  });

  it("is refused to everyone without the role, the admin included", async () => {
    const { store, alice, admin, guardian } = await load();
    for (const caller of [alice, admin, guardian]) {
      await expect(store.connect(caller).setPackages([SMALL]))
        .to.be.revertedWithCustomError(store, "AccessManagedUnauthorized")
        .withArgs(caller.address);
    }
  });

  it("refuses an empty table and more than 32 packages", async () => {
    const w = await load();
    await expect(announced(w, [])).to.be.revertedWithCustomError(w.store, "InvalidPackageCount").withArgs(0n);
    const table = Array.from({ length: 33 }, () => SMALL);
    await expect(announced(w, table)).to.be.revertedWithCustomError(w.store, "InvalidPackageCount").withArgs(33n);
    await announced(w, table.slice(0, 32));
  });

  it("refuses a package that costs a unit less than the floor, and takes one that costs the floor", async () => {
    const w = await load();
    const atFloor = { credits: credits("1000"), price: 1_000n * FLOOR };
    await expect(announced(w, [SMALL, { ...atFloor, price: atFloor.price - 1n }]))
      .to.be.revertedWithCustomError(w.store, "PackageBelowFloor")
      .withArgs(1n);
    await announced(w, [atFloor]);
  });

  it("refuses a credit's last wei above the price, and an empty package", async () => {
    const w = await load();
    await expect(announced(w, [{ credits: credits("1000") + 1n, price: 1_000n * FLOOR }]))
      .to.be.revertedWithCustomError(w.store, "PackageBelowFloor")
      .withArgs(0n);
    await expect(announced(w, [{ credits: 0n, price: usd("1") }]))
      .to.be.revertedWithCustomError(w.store, "PackageBelowFloor")
      .withArgs(0n);
  });

  it("takes the largest numbers that fit without wrapping around", async () => {
    const w = await load();
    const max = 2n ** 128n - 1n;
    await expect(announced(w, [{ credits: max, price: 1n }]))
      .to.be.revertedWithCustomError(w.store, "PackageBelowFloor")
      .withArgs(0n);
    await announced(w, [{ credits: max, price: max }]);
    expect(await w.store.quote(4n, 2n ** 127n)).to.deep.equal([max * 2n ** 127n, max * 2n ** 127n]);
  });
});

describe("CreditStore's constructor", () => {
  it("refuses a zero address and a zero floor", async () => {
    const { store, manager, stelai, usdc, treasury, plans, rewards } = await load();
    const good = [manager.target, stelai.target, usdc.target, FLOOR, treasury.address, plans.target, rewards.target];
    for (const [index, value] of good.entries()) {
      const bad = good.with(index, value === FLOOR ? 0n : ethers.ZeroAddress);
      await expect(ethers.deployContract("CreditStore", bad)).to.be.revertedWithCustomError(
        store,
        "InvalidConfiguration",
      );
    }
    await ethers.deployContract("CreditStore", good);
  });
});
