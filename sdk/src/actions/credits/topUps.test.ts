import { expect } from "chai";
import { failure } from "../../../test/failure.ts";
import { newcomer, passTime, stelaiOf } from "../../../test/world.ts";
import { InvalidTopUpError, NotSoldInThisAmountError, TopUpNotDueError } from "../../index.ts";

const CREDIT = 10n ** 18n;
const agreement = { threshold: 100n * CREDIT, credits: 1_000n * CREDIT, cap: 15_000_000n };

describe("Automatic top-ups", () => {
  it("buy what was agreed to when credits run low, up to the limit of 30 days and no further", async () => {
    const person = await newcomer();
    const stelai = await stelaiOf(person);
    const operator = await stelaiOf(await newcomer());
    expect(await stelai.credits.getTopUp()).to.deep.equal({ agreed: null, spent: 0n, windowEnd: null });
    expect((await stelai.credits.getTopUpStatus()).status).to.equal("NotAgreed");
    const sent = await stelai.credits.setTopUp(agreement);
    await sent.wait();
    expect(sent.steps.map(({ kind }) => kind)).to.deep.equal(["approve", "call"]);
    expect((await stelai.credits.getTopUp()).agreed).to.deep.equal({ ...agreement, maxPrice: 10_000_000n });
    const { status, order } = await operator.credits.getTopUpStatus({ account: person.address });
    expect([status, order?.quantity, order?.price]).to.deep.equal(["Due", 1n, 10_000_000n]);
    const done = await (await operator.credits.topUp({ account: person.address })).wait();
    expect(done).to.include({ credits: 1_000n * CREDIT, price: 10_000_000n, spent: 10_000_000n });
    expect((await stelai.credits.getTopUpStatus()).status).to.equal("BalanceEnough");
    await (await stelai.credits.redeem({ amount: 950n * CREDIT })).wait();
    const again = await failure(operator.credits.topUp({ account: person.address }));
    expect(again).to.be.instanceOf(TopUpNotDueError).and.to.have.property("status", "CapReached");
    await passTime(30 * 86_400 + 1);
    await (await operator.credits.topUp({ account: person.address })).wait();
    await (await stelai.credits.cancelTopUp()).wait();
    expect((await stelai.credits.getTopUp()).agreed).to.equal(null);
  });

  it("need no new allowance while the one that was given does for a window", async () => {
    const stelai = await stelaiOf(await newcomer());
    await (await stelai.credits.setTopUp(agreement)).wait();
    const sent = await stelai.credits.setTopUp({ ...agreement, threshold: 50n * CREDIT });
    expect(sent.steps.map(({ kind }) => kind)).to.deep.equal(["call"]);
    await sent.wait();
    const allowances = await stelai.credits.getAllowances();
    expect(allowances.find(({ contract }) => contract === "CreditStore")?.amount).to.equal(12n * agreement.cap);
  });

  it("leave a plan's renewals their part of the allowance", async () => {
    const stelai = await stelaiOf(await newcomer());
    await (await stelai.plans.subscribe({ planId: 1n })).wait();
    await (await stelai.credits.setTopUp({ ...agreement, cap: 120_000_000n })).wait();
    const [store] = await stelai.credits.getAllowances();
    expect(store?.amount).to.equal(12n * 120_000_000n + 12n * 9_500_000n);
  });

  it("are refused in amounts that are not sold, or with a limit below the price", async () => {
    const stelai = await stelaiOf(await newcomer());
    const odd = await failure(stelai.credits.setTopUp({ ...agreement, credits: CREDIT / 2n }));
    expect(odd).to.be.instanceOf(NotSoldInThisAmountError);
    const low = await failure(stelai.credits.setTopUp({ ...agreement, cap: 9_999_999n }));
    expect(low).to.be.instanceOf(InvalidTopUpError);
  });
});

describe("Allowances", () => {
  it("are listed with what each is for, and ended one by one", async () => {
    const stelai = await stelaiOf(await newcomer());
    const given = async () => (await stelai.credits.getAllowances()).filter(({ amount }) => amount > 0n);
    expect(await given()).to.deep.equal([]);
    await (await stelai.credits.setTopUp(agreement)).wait();
    await (await stelai.access.setAllowance({ amount: 2n ** 200n })).wait();
    const [store, access] = await given();
    expect(store).to.deep.include({ asset: "reserve", contract: "CreditStore", isUnlimited: false });
    expect(store?.uses).to.include.members(["plans", "topUps"]);
    expect(access).to.deep.include({
      asset: "stelai",
      contract: "CharacterAccess",
      isUnlimited: true,
      uses: ["passes"],
    });
    await (await stelai.credits.revoke({ contract: "CharacterAccess" })).wait();
    await (await stelai.credits.revoke({ contract: "CreditStore" })).wait();
    expect(await given()).to.deep.equal([]);
    expect((await stelai.credits.getTopUpStatus()).status).to.equal("AllowanceTooLow");
  });
});
