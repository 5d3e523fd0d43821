import { expect } from "chai";
import { getBalance as getEth } from "viem/actions";
import { failure } from "../../../test/failure.ts";
import { newcomer, passTime, stelaiOf } from "../../../test/world.ts";
import {
  DeadlinePassedError,
  NoEthCheckoutError,
  PackageNotForSaleError,
  PriceAboveMaximumError,
  SwapFailedError,
} from "../../index.ts";

describe("Credits for ETH", () => {
  const firstOf = async (stelai: Awaited<ReturnType<typeof stelaiOf>>) => {
    const [{ packageId } = { packageId: 0n }] = await stelai.credits.getPackages();
    return packageId;
  };

  it("cost what the quote says, which needs no wallet and no ETH, and give the rest back", async () => {
    const anyone = await stelaiOf();
    const packageId = await firstOf(anyone);
    const quote = await anyone.credits.quoteEth({ packageId, quantity: 2n, slippageBps: 100 });
    expect(quote).to.include({ ...(await anyone.credits.quotePackage({ packageId, quantity: 2n })), poolFee: 500 });
    // About 2,500 dollars an ETH, the pool's fee and what the purchase itself moves on top.
    expect(Number(quote.eth)).to.be.within(Number(quote.price) * 4e8, Number(quote.price) * 4.05e8);
    expect(quote.maxEth).to.equal(quote.eth + (quote.eth + 99n) / 100n);
    const person = await newcomer({ reserve: 0n });
    const stelai = await stelaiOf(person);
    const before = await getEth(stelai.client.publicClient, { address: person.address });
    const { credits, paid, price, receipt } = await (await stelai.credits.buyWithEth({ quote })).wait();
    expect([credits, paid, price]).to.deep.equal([quote.credits, quote.eth, quote.price]);
    const after = await getEth(stelai.client.publicClient, { address: person.address });
    expect(before - after).to.equal(quote.eth + receipt.gasUsed * receipt.effectiveGasPrice);
    expect((await stelai.credits.getBalance()).stelai).to.equal(quote.credits);
  });

  it("go to somebody else where that is said, at the quote of the moment where none is given", async () => {
    const friend = (await newcomer({ eth: 0n })).address;
    const stelai = await stelaiOf(await newcomer());
    const packageId = await firstOf(stelai);
    const { credits } = await (await stelai.credits.buyWithEth({ packageId, recipient: friend })).wait();
    expect((await stelai.credits.getBalance({ account: friend })).stelai).to.equal(credits);
  });

  it("are refused when the market or the price moved, too late, and where ETH is not taken", async () => {
    const stelai = await stelaiOf(await newcomer());
    const packageId = await firstOf(stelai);
    const quote = await stelai.credits.quoteEth({ packageId });
    const moved = await failure(stelai.credits.buyWithEth({ quote: { ...quote, maxEth: quote.eth - 1n } }));
    expect(moved).to.be.instanceOf(SwapFailedError);
    const dear = await failure(stelai.credits.buyWithEth({ quote: { ...quote, price: quote.price - 1n } }));
    expect(dear).to.be.instanceOf(PriceAboveMaximumError);
    const noPool = await failure(stelai.credits.buyWithEth({ quote: { ...quote, poolFee: 3_000 } }));
    expect(noPool).to.be.instanceOf(SwapFailedError);
    await passTime(60);
    expect(await failure(stelai.credits.buyWithEth({ quote, deadline: 1n }))).to.be.instanceOf(DeadlinePassedError);
    expect(await failure(stelai.credits.quoteEth({ packageId: 999n }))).to.be.instanceOf(PackageNotForSaleError);
    const { EthCheckout: _none, ...contracts } = stelai.client.deployment.contracts;
    const elsewhere = await stelaiOf(undefined, { deployment: { ...stelai.client.deployment, contracts } });
    expect(await failure(elsewhere.credits.quoteEth({ packageId }))).to.be.instanceOf(NoEthCheckoutError);
  });

  it("are not quoted above what the pools hold", async () => {
    const stelai = await stelaiOf();
    const packageId = await firstOf(stelai);
    const all = await failure(stelai.credits.quoteEth({ packageId, quantity: 200_000n }));
    expect(all).to.be.instanceOf(SwapFailedError);
  });
});
