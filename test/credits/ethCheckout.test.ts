import { expect } from "chai";
import { MaxUint256, parseEther, ZeroAddress } from "ethers";
import { deploy } from "../../scripts/deploy/deploy.ts";
import { deployUniswap, POOL_DOLLARS, POOL_FEE } from "../../scripts/deploy/uniswap.ts";
import { typed } from "../contracts.ts";
import { connection, credits, deployed, ethers, networkHelpers, orderOf, parametersOf, usd } from "../fixtures.ts";

/** A little above what 1,000 credits cost: 10 dollars of 2,500 an ETH, and the pool's 0.05 %. */
const ENOUGH = parseEther("0.0041");
const EMPTY_POOL_FEE = 3_000;

/** Everything deployed, with the published Uniswap v3 beside it. */
async function withUniswap() {
  const w = await networkHelpers.loadFixture(deployed);
  const uniswap = await deployUniswap(connection, w.deployment.contracts.Reserve);
  const contract = await ethers.deployContract("EthCheckout", [w.store.target, uniswap.router]);
  const router = await ethers.getContractAt("ISwapRouter", uniswap.router);
  return { ...w, uniswap, router, checkout: typed("EthCheckout", contract) };
}

const load = () => networkHelpers.loadFixture(withUniswap);

/** Nothing stays behind: no ETH, no dollars, no credits, neither here nor at the router. */
async function expectNothingLeft(w: Awaited<ReturnType<typeof withUniswap>>) {
  for (const at of [w.checkout.target, w.uniswap.router]) {
    expect(await ethers.provider.getBalance(at)).to.equal(0n);
    expect(await w.usdc.balanceOf(at)).to.equal(0n);
    expect(await w.stelai.balanceOf(at)).to.equal(0n);
  }
}

describe("EthCheckout", () => {
  it("buys for exactly the price and sends the rest of the ETH back", async () => {
    const w = await load();
    const before = await ethers.provider.getBalance(w.alice.address);
    const order = orderOf(w.alice.address);
    const call = w.checkout.connect(w.alice).getFunction("buy");
    const [bought, paid] = await call.staticCall(order, POOL_FEE, MaxUint256, { value: parseEther("5") });
    const transaction = await call(order, POOL_FEE, MaxUint256, { value: parseEther("5") });
    const receipt = await transaction.wait();
    expect(bought).to.equal(credits("1000"));
    expect(paid).to.be.within(parseEther("0.004"), ENOUGH);
    expect(await ethers.provider.getBalance(w.alice.address)).to.equal(before - paid - receipt.fee);
    expect(await w.stelai.balanceOf(w.alice.address)).to.equal(credits("1000"));
    expect(await w.usdc.balanceOf(w.store.target)).to.equal(usd("10"));
    await expect(transaction)
      .to.emit(w.checkout, "BoughtWithEth")
      .withArgs(w.alice.address, w.alice.address, credits("1000"), usd("10"), paid);
    await expectNothingLeft(w);
  });

  it("buys with exactly the ETH that is needed, and sends nothing back", async () => {
    const w = await load();
    const call = w.checkout.connect(w.alice).getFunction("buy");
    const order = orderOf(w.alice.address);
    const [, paid] = await call.staticCall(order, POOL_FEE, MaxUint256, { value: ENOUGH });
    await call(order, POOL_FEE, MaxUint256, { value: paid });
    expect(await w.stelai.balanceOf(w.alice.address)).to.equal(credits("1000"));
    await expectNothingLeft(w);
  });

  it("buys for somebody else, whom it binds to no referrer", async () => {
    const w = await load();
    const order = orderOf(w.bob.address, { referrer: w.alice.address });
    await w.checkout.connect(w.alice).buy(order, POOL_FEE, MaxUint256, { value: ENOUGH });
    expect(await w.stelai.balanceOf(w.bob.address)).to.equal(credits("1000"));
    expect(await w.rewards.referrerOf(w.bob.address)).to.deep.equal([ZeroAddress, false]);
  });

  it("takes nothing when the price moved beyond what was sent", async () => {
    const w = await load();
    const order = orderOf(w.alice.address);
    const [, paid] = await w.checkout
      .connect(w.alice)
      .getFunction("buy")
      .staticCall(order, POOL_FEE, MaxUint256, { value: ENOUGH });
    // Somebody else takes a fifth of the pool's dollars first.
    await w.router.connect(w.carol).getFunction("exactOutputSingle")(
      {
        ...{ tokenIn: w.uniswap.weth, tokenOut: w.usdc.target, fee: POOL_FEE, recipient: w.carol.address },
        ...{ deadline: MaxUint256, amountOut: POOL_DOLLARS / 5n, amountInMaximum: MaxUint256, sqrtPriceLimitX96: 0n },
      },
      { value: parseEther("101") },
    );
    await w.router.connect(w.carol).getFunction("refundETH")();
    const before = await ethers.provider.getBalance(w.checkout.target);
    await expect(w.checkout.connect(w.alice).buy(order, POOL_FEE, MaxUint256, { value: paid }))
      .to.be.revertedWithCustomError(w.checkout, "SwapFailed")
      .withArgs(paid, usd("10"));
    expect(await ethers.provider.getBalance(w.checkout.target)).to.equal(before);
    expect(await w.stelai.balanceOf(w.alice.address)).to.equal(0n);
  });

  it("takes nothing when the pool holds less than the price, or there is none", async () => {
    const w = await load();
    const tooMany = orderOf(w.alice.address, { packageId: 3n, quantity: 30_000n, maxPrice: MaxUint256 });
    await expect(
      w.checkout.connect(w.alice).buy(tooMany, POOL_FEE, MaxUint256, { value: parseEther("1000") }),
    ).to.be.revertedWithCustomError(w.checkout, "SwapFailed");
    await expect(
      w.checkout.connect(w.alice).buy(orderOf(w.alice.address), EMPTY_POOL_FEE, MaxUint256, { value: ENOUGH }),
    ).to.be.revertedWithCustomError(w.checkout, "SwapFailed");
  });

  it("takes nothing when the store refuses: a price above the agreed one, an unknown package, sales stopped", async () => {
    const w = await load();
    const buy = (order: ReturnType<typeof orderOf>) =>
      w.checkout.connect(w.alice).buy(order, POOL_FEE, MaxUint256, { value: ENOUGH });
    await expect(buy(orderOf(w.alice.address, { maxPrice: usd("9.99") })))
      .to.be.revertedWithCustomError(w.store, "PriceAboveMaximum")
      .withArgs(usd("10"), usd("9.99"));
    await expect(buy(orderOf(w.alice.address, { packageId: 9n })))
      .to.be.revertedWithCustomError(w.store, "PackageNotForSale")
      .withArgs(9n);
    await w.store.connect(w.guardian).pause();
    await expect(buy(orderOf(w.alice.address))).to.be.revertedWithCustomError(w.store, "EnforcedPause");
  });

  it("takes nothing after its deadline, and nothing without ETH", async () => {
    const w = await load();
    const now = BigInt(await networkHelpers.time.latest());
    await expect(w.checkout.connect(w.alice).buy(orderOf(w.alice.address), POOL_FEE, now, { value: ENOUGH }))
      .to.be.revertedWithCustomError(w.checkout, "DeadlinePassed")
      .withArgs(now);
    await expect(
      w.checkout.connect(w.alice).buy(orderOf(w.alice.address), POOL_FEE, MaxUint256),
    ).to.be.revertedWithCustomError(w.checkout, "NoEth");
  });

  it("refuses a buyer that cannot take the rest, and one that comes in again with it", async () => {
    const w = await load();
    const buyer = await ethers.deployContract("EthRefuser", [w.checkout.target]);
    const order = orderOf(w.alice.address);
    await expect(
      buyer.getFunction("buy")(order, POOL_FEE, false, { value: parseEther("1") }),
    ).to.be.revertedWithCustomError(w.checkout, "RefundFailed");
    await expect(
      buyer.getFunction("buy")(order, POOL_FEE, true, { value: parseEther("1") }),
    ).to.be.revertedWithCustomError(w.checkout, "RefundFailed");
    expect(await w.stelai.balanceOf(w.alice.address)).to.equal(0n);
  });

  it("takes ETH from nobody but the router", async () => {
    const w = await load();
    await expect(w.alice.sendTransaction({ to: w.checkout.target, value: 1n }))
      .to.be.revertedWithCustomError(w.checkout, "UnexpectedEth")
      .withArgs(w.alice.address);
  });

  it("has no way for anyone to take dollars that were forced upon it but as somebody's purchase", async () => {
    const w = await load();
    await w.usdc.mint(w.checkout.target, usd("10"));
    await w.checkout.connect(w.alice).buy(orderOf(w.alice.address), POOL_FEE, MaxUint256, { value: ENOUGH });
    expect(await w.usdc.balanceOf(w.checkout.target)).to.equal(usd("10"));
  });

  it("is not built on nothing", async () => {
    const w = await load();
    const factory = await ethers.getContractFactory("EthCheckout");
    for (const values of [
      [ZeroAddress, w.uniswap.router],
      [w.store.target, ZeroAddress],
    ]) {
      await expect(factory.deploy(...values)).to.be.revertedWithCustomError(w.checkout, "InvalidConfiguration");
    }
  });

  it("is deployed where the parameters name a router, and nowhere else", async () => {
    const w = await load();
    const { contracts } = await deploy(connection, await parametersOf({ router: w.uniswap.router }));
    if (contracts.EthCheckout === undefined) throw new Error("EthCheckout was not deployed.");
    const checkout = typed("EthCheckout", await ethers.getContractAt("EthCheckout", contracts.EthCheckout));
    expect(await checkout.router()).to.equal(w.uniswap.router);
    expect(await checkout.weth()).to.equal(w.uniswap.weth);
    expect(await checkout.creditStore()).to.equal(contracts.CreditStore);
    expect(w.deployment.contracts).not.to.have.property("EthCheckout");
  });
});
