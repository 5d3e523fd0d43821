import { expect } from "chai";
import { maxUint256 } from "viem";
import { newcomer, passTime, stelaiOf } from "../../../test/world.ts";
import type { Stelai } from "../../index.ts";

const CREDIT = 10n ** 18n;
const DOLLAR = 1_000_000n;

/** What the credit store may take of the wallet's dollars. */
async function allowanceOf(stelai: Stelai): Promise<bigint> {
  const allowances = await stelai.credits.getAllowances();
  return allowances.find(({ contract }) => contract === "CreditStore")?.amount ?? 0n;
}

/** Somebody who agreed to top-ups of at most 15 dollars in 30 days, and let the store take so much. */
async function withTopUps(allowance: bigint): Promise<Stelai> {
  const stelai = await stelaiOf(await newcomer());
  const agreement = { threshold: 100n * CREDIT, credits: 1_000n * CREDIT, cap: 15n * DOLLAR, allowance };
  await (await stelai.credits.setTopUp(agreement)).wait();
  return stelai;
}

async function firstPackage(stelai: Stelai): Promise<{ packageId: bigint; price: bigint }> {
  const [{ packageId } = { packageId: 0n }] = await stelai.credits.getPackages();
  const { price } = await stelai.credits.quotePackage({ packageId });
  return { packageId, price };
}

describe("The allowance of a purchase", () => {
  for (const way of ["buy", "buyWithPermit"] as const) {
    it(`by ${way} leaves top-ups what they had, when that was too little for the purchase`, async () => {
      const stelai = await withTopUps(5n * DOLLAR);
      const { packageId, price } = await firstPackage(stelai);
      expect(price > 5n * DOLLAR).to.equal(true);
      await (await stelai.credits[way]({ packageId })).wait();
      expect(await allowanceOf(stelai)).to.equal(5n * DOLLAR);
    });

    it(`by ${way} leaves a plan the year that was allowed, and its renewals go on`, async () => {
      const person = await newcomer();
      const stelai = await stelaiOf(person);
      await (await stelai.plans.subscribe({ planId: 1n })).wait();
      const { packageId } = await firstPackage(stelai);
      const year = 12n * 9_500_000n;
      expect(await allowanceOf(stelai)).to.equal(year);
      await (await stelai.credits[way]({ packageId, quantity: 2n })).wait();
      expect(await allowanceOf(stelai)).to.equal(year);
      await passTime(30 * 86_400 + 1);
      const { renewed } = await (await stelai.plans.renew({ accounts: [person.address] })).wait();
      expect(renewed).to.have.length(1);
    });

    it(`by ${way} stays unlimited when it was`, async () => {
      const stelai = await withTopUps(maxUint256);
      const { packageId } = await firstPackage(stelai);
      await (await stelai.credits[way]({ packageId })).wait();
      expect(await allowanceOf(stelai)).to.equal(maxUint256);
    });

    it(`by ${way} ends with it where none stood`, async () => {
      const stelai = await stelaiOf(await newcomer());
      const { packageId } = await firstPackage(stelai);
      await (await stelai.credits[way]({ packageId })).wait();
      expect(await allowanceOf(stelai)).to.equal(0n);
    });
  }

  it("is not asked for when what stands covers it and what top-ups need for a year", async () => {
    const stelai = await withTopUps(1_000n * DOLLAR);
    const { packageId, price } = await firstPackage(stelai);
    await (await stelai.credits.buy({ packageId })).wait();
    expect(await allowanceOf(stelai)).to.equal(1_000n * DOLLAR - price);
  });
});
