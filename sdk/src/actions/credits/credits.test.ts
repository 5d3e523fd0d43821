import { expect } from "chai";
import { startTestRelayer, type TestRelayer } from "../../../test/relayer.ts";
import { newcomer, stelaiOf, withCredits } from "../../../test/world.ts";
import {
  ERC20InsufficientBalanceError,
  NotSponsoredError,
  PackageNotForSaleError,
  PriceAboveMaximumError,
  RedemptionBelowMinimumError,
  WalletRequiredError,
  WrongDeploymentError,
  ZeroQuantityError,
} from "../../index.ts";

/** The error that a promise rejects with. */
async function failure(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => expect.fail("it did not fail"),
    (error: unknown) => error,
  );
}

describe("Credits", () => {
  let relayer: TestRelayer;
  before(async () => {
    relayer = await startTestRelayer();
  });
  after(() => relayer.stop());

  it("are sold in packages that cost less a credit the bigger they are", async () => {
    const packages = await (await stelaiOf()).credits.getPackages();
    expect(packages.length).to.be.greaterThan(1);
    const bySize = [...packages].sort((a, b) => (a.credits < b.credits ? -1 : 1));
    const perCredit = bySize.map(({ price, credits }) => (price * 10n ** 24n) / credits);
    expect(perCredit).to.deep.equal([...perCredit].sort((a, b) => (a > b ? -1 : 1)));
  });

  for (const way of ["buy", "buyWithPermit", "buySponsored"] as const) {
    it(`come by ${way} for exactly the quoted price`, async () => {
      const person = await newcomer({ eth: way === "buySponsored" ? 0n : 10n ** 18n });
      const stelai = await stelaiOf(person, { relayerUrl: relayer.url });
      const [{ packageId } = { packageId: 0n }] = await stelai.credits.getPackages();
      const quote = await stelai.credits.quotePackage({ packageId, quantity: 2n });
      const before = await stelai.credits.getBalance();
      const bought = await (await stelai.credits[way]({ packageId, quantity: 2n })).wait();
      const after = await stelai.credits.getBalance();
      expect(bought).to.include(quote);
      expect(after.stelai - before.stelai).to.equal(quote.credits);
      const fee = way === "buySponsored" ? 20_000n : 0n;
      expect(before.reserve - after.reserve).to.equal(quote.price + fee);
    });
  }

  it("say before the signature what a sponsored purchase takes at most, and give back what it does not need", async () => {
    const stelai = await stelaiOf(await newcomer({ eth: 0n }), { relayerUrl: relayer.url });
    const [{ packageId } = { packageId: 0n }] = await stelai.credits.getPackages();
    const { price } = await stelai.credits.quotePackage({ packageId });
    const purchase = await stelai.credits.prepareSponsoredPurchase({ packageId, maxPrice: price + 500_000n });
    expect(purchase.value).to.equal(price + 500_000n + purchase.sponsorship.fee);
    const before = await stelai.credits.getBalance();
    await (await stelai.credits.buySponsored({ purchase })).wait();
    const after = await stelai.credits.getBalance();
    expect(before.reserve - after.reserve).to.equal(price + purchase.sponsorship.fee);
  });

  it("refuse with a typed error before the wallet is asked", async () => {
    const stelai = await stelaiOf(await newcomer());
    const [{ packageId } = { packageId: 0n }] = await stelai.credits.getPackages();
    expect(await failure(stelai.credits.quotePackage({ packageId: 999n }))).to.be.instanceOf(PackageNotForSaleError);
    expect(await failure(stelai.credits.quotePackage({ packageId, quantity: 0n }))).to.be.instanceOf(ZeroQuantityError);
    const dear = await failure(stelai.credits.buy({ packageId, maxPrice: 1n }));
    expect(dear).to.be.instanceOf(PriceAboveMaximumError).and.to.have.nested.property("args.maxPrice", 1n);
    const poor = await stelaiOf(await newcomer({ reserve: 0n }));
    expect(await failure(poor.credits.buy({ packageId }))).to.be.instanceOf(ERC20InsufficientBalanceError);
    const nobody = await stelaiOf();
    expect(await failure(nobody.credits.buy({ packageId }))).to.be.instanceOf(WalletRequiredError);
  });

  it("are not bought through a relayer that does not sponsor, or works with other contracts", async () => {
    const person = await newcomer({ eth: 0n });
    const stelai = await stelaiOf(person, { relayerUrl: relayer.url });
    const [{ packageId } = { packageId: 0n }] = await stelai.credits.getPackages();
    relayer.mischief.sponsors = false;
    expect(await failure(stelai.credits.buySponsored({ packageId }))).to.be.instanceOf(NotSponsoredError);
    relayer.mischief.sponsors = true;
    const { deployment } = stelai.client;
    const elsewhere = { ...deployment, genesisHash: `0x${"00".repeat(32)}` as const };
    const other = await stelaiOf(person, { relayerUrl: relayer.url, deployment: elsewhere });
    expect(await failure(other.credits.buySponsored({ packageId }))).to.be.instanceOf(WrongDeploymentError);
  });

  it("are redeemed at the floor", async () => {
    const stelai = await stelaiOf(await withCredits());
    const amount = 10n * 10n ** 18n;
    const { floorPrice } = await stelai.credits.getSolvency();
    const before = await stelai.credits.getBalance();
    const { paid } = await (await stelai.credits.redeem({ amount })).wait();
    const after = await stelai.credits.getBalance();
    expect(paid).to.equal((amount * floorPrice) / 10n ** 18n);
    expect(after.reserve - before.reserve).to.equal(paid);
    expect(before.stelai - after.stelai).to.equal(amount);
    const greedy = await failure(stelai.credits.redeem({ amount, minimum: paid + 1n }));
    expect(greedy).to.be.instanceOf(RedemptionBelowMinimumError);
  });

  it("are backed, and the surplus is what the floor does not need", async () => {
    const stelai = await stelaiOf(await withCredits());
    const { solvent, surplus, needed, reserve } = await stelai.credits.getSolvency();
    expect(solvent).to.equal(true);
    expect(surplus).to.equal(reserve - needed);
    expect(await stelai.credits.getSurplus()).to.equal(surplus);
  });
});
