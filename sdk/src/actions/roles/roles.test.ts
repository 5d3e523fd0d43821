import { expect } from "chai";
import { type Address, parseAbi } from "viem";
import { waitForTransactionReceipt, writeContract } from "viem/actions";
import { failure } from "../../../test/failure.ts";
import { admin, chainNow, fundWithDollars, withCode } from "../../../test/rewards.ts";
import { newcomer, passTime, stelaiOf } from "../../../test/world.ts";
import {
  AccessManagedUnauthorizedError,
  AccessManagerAlreadyScheduledError,
  AccessManagerNotReadyError,
  AccessManagerNotScheduledError,
  type Announcement,
  callOfAnnouncement,
  deedOf,
  EnforcedPauseError,
  InvalidReferralTermsError,
  PackageNotForSaleError,
  PriceBelowFloorError,
  type RoleCall,
} from "../../index.ts";

const CREDIT = 10n ** 18n;
const TWO_DAYS = 172_800;
const grantAbi = parseAbi(["function grantRole(uint64 roleId, address account, uint32 executionDelay)"]);

/** Somebody who holds a role, and waits as long as is told. */
async function holder(roleId: bigint, delay: number) {
  const person = await newcomer();
  const { client } = await admin();
  const { walletClient, publicClient, deployment, chain } = client;
  if (!walletClient?.account) throw new Error("the admin has a wallet");
  const hash = await writeContract(walletClient, {
    ...{ address: deployment.contracts.AccessManager, abi: grantAbi, functionName: "grantRole" },
    ...{ args: [roleId, person.address, delay], account: walletClient.account, chain },
  });
  await waitForTransactionReceipt(publicClient, { hash });
  return { person, stelai: await stelaiOf(person) };
}

describe("Who holds a role", () => {
  it("changes plans and what referrals bring at once where it need not wait", async () => {
    const { stelai } = await holder(1n, 0);
    expect(await stelai.roles.hasRole({ role: "PRICING" })).to.equal(true);
    expect(await stelai.roles.hasRole({ role: "COMMISSION" })).to.equal(false);
    const call: RoleCall = {
      ...{ kind: "addPlans", plans: [{ credits: 10n * CREDIT, price: 90_000n, period: "Monthly" }] },
    };
    expect(await stelai.roles.canCall({ call })).to.deep.equal({ isAllowed: true, delay: 0 });
    const proposed = await stelai.roles.propose(call);
    expect(proposed.isScheduled).to.equal(false);
    expect(await proposed.wait()).to.include({ operationId: null, readyAt: null, campaignId: null });
    const plan = (await stelai.plans.list()).at(-1);
    expect(plan).to.include({ credits: 10n * CREDIT, price: 90_000n, period: 30 * 86_400 });
    const planId = plan?.planId ?? 0n;
    const cheap = await failure(stelai.roles.propose({ kind: "setPlanPrice", planId, price: 1n }));
    expect(cheap).to.be.instanceOf(PriceBelowFloorError).and.to.have.property("message").that.includes(`${planId}`);
    await (await stelai.roles.propose({ kind: "setPlanPrice", planId, price: 0n })).wait();
    expect((await stelai.plans.list()).at(-1)).to.include({ planId, price: 0n });
    const { terms } = await stelai.rewards.getReferrer();
    const greedy = { ...terms, kind: "setReferralTerms", referrerBps: 5_000, refereeBps: 1 } as const;
    expect(await failure(stelai.roles.propose(greedy))).to.be.instanceOf(InvalidReferralTermsError);
    await (await stelai.roles.propose({ ...terms, kind: "setReferralTerms" })).wait();
    expect((await stelai.rewards.getReferrer()).terms).to.deep.equal(terms);
  });

  it("announces what has to wait, makes it when it may, and can take it back", async () => {
    const { stelai } = await holder(1n, TWO_DAYS);
    const packages = (await stelai.credits.getPackages()).map(({ credits, price }) => ({ credits, price }));
    const call: RoleCall = { kind: "setPackages", packages };
    expect(await stelai.roles.canCall({ call })).to.deep.equal({ isAllowed: true, delay: TWO_DAYS });
    const proposed = await stelai.roles.propose(call);
    expect(proposed.isScheduled).to.equal(true);
    const { readyAt, operationId } = await proposed.wait();
    expect(readyAt).to.equal((await chainNow()) + BigInt(TWO_DAYS));
    expect(operationId).to.match(/^0x[0-9a-f]{64}$/);
    expect(await failure(stelai.roles.propose(call))).to.be.instanceOf(AccessManagerAlreadyScheduledError);
    expect(await failure(stelai.roles.execute(call))).to.be.instanceOf(AccessManagerNotReadyError);
    const [first] = await stelai.credits.getPackages();
    await passTime(TWO_DAYS);
    await (await stelai.roles.execute(call)).wait();
    expect((await stelai.credits.getPackages())[0]?.packageId).to.not.equal(first?.packageId);
    const gone = await failure(stelai.credits.quotePackage({ packageId: first?.packageId ?? 0n }));
    expect(gone).to.be.instanceOf(PackageNotForSaleError);
    await (await stelai.roles.propose(call)).wait();
    await (await stelai.roles.cancel({ call })).wait();
    await passTime(TWO_DAYS);
    expect(await failure(stelai.roles.execute(call))).to.be.instanceOf(AccessManagerNotScheduledError);
  });

  it("stops sales and resumes them", async () => {
    const guardian = (await holder(4n, 0)).stelai;
    const buyer = await stelaiOf(await newcomer());
    const [{ packageId } = { packageId: 0n }] = await buyer.credits.getPackages();
    await (await guardian.roles.propose({ kind: "pause", contract: "CreditStore" })).wait();
    try {
      expect(await failure(buyer.credits.buy({ packageId }))).to.be.instanceOf(EnforcedPauseError);
      const resumes = await failure(guardian.roles.propose({ kind: "unpause", contract: "CreditStore" }));
      expect(resumes).to.be.instanceOf(AccessManagedUnauthorizedError);
    } finally {
      await (await (await admin()).roles.propose({ kind: "unpause", contract: "CreditStore" })).wait();
    }
    await (await buyer.credits.buy({ packageId })).wait();
  });

  it("sets a contract's commission", async () => {
    const { stelai } = await holder(2n, 0);
    const source = stelai.client.deployment.contracts.Licenses;
    await (await stelai.roles.propose({ kind: "setCommission", source, bps: 1_000 })).wait();
  });

  it("funds campaigns with its own dollars, at once or after a delay", async () => {
    const { campaignId } = await withCode({ budget: 0n });
    const { person, stelai } = await holder(6n, 3_600);
    await fundWithDollars(person.address, 1_000_000n);
    const call: RoleCall = { kind: "fundCampaign", campaignId, amount: 25_000_000n, maxCost: 200_000n };
    const topUps = { threshold: 1n, credits: 1_000n * 10n ** 18n, cap: 15_000_000n, allowance: 150_000n };
    await (await stelai.credits.setTopUp(topUps)).wait();
    await (await stelai.roles.propose(call)).wait();
    await passTime(3_600);
    const before = (await stelai.credits.getBalance()).reserve;
    await (await stelai.roles.execute(call)).wait();
    expect(before - (await stelai.credits.getBalance()).reserve).to.equal(200_000n);
    expect((await stelai.rewards.getCampaign({ campaignId })).budget).to.equal(25_000_000n);
    const [store] = await stelai.credits.getAllowances();
    expect(store?.amount, "what its own top-ups live on").to.equal(topUps.allowance);
  });

  it("is who the chain says, nobody else", async () => {
    const stelai = await stelaiOf(await newcomer());
    const call: RoleCall = { kind: "setTrusted", operator: stelai.client.deployment.contracts.Stelai, isTrusted: true };
    expect(await stelai.roles.canCall({ call })).to.deep.equal({ isAllowed: false, delay: 0 });
    expect(await failure(stelai.roles.propose(call))).to.be.instanceOf(AccessManagedUnauthorizedError);
    expect(await failure(stelai.roles.execute(call))).to.be.instanceOf(AccessManagedUnauthorizedError);
  });
});

describe("An announcement", () => {
  const account: Address = "0x00000000000000000000000000000000000000A1";
  const wei = (microcredits: bigint) => String(microcredits * 10n ** 12n);
  /** As the index tells each change. */
  const told: [RoleCall, target: string, args: unknown[]][] = [
    [{ kind: "setPackages", packages: [{ credits: 5n, price: 7n }] }, "CreditStore", [[{ credits: "5", price: "7" }]]],
    [
      { kind: "addPlans", plans: [{ credits: 5n, price: 7n, period: "Annual" }] },
      "CreditPlans",
      [[{ credits: "5", price: "7", period: "31536000" }]],
    ],
    [{ kind: "setPlanPrice", planId: 2n, price: 9n }, "CreditPlans", ["2", "9"]],
    [
      { kind: "setReferralTerms", referrerBps: 500, refereeBps: 400, cap: 3n },
      "Rewards",
      [{ referrerBps: "500", refereeBps: "400", cap: wei(3n) }],
    ],
    [{ kind: "setCommission", source: account, bps: 900 }, "Payouts", [account.toLowerCase(), "900"]],
    [
      {
        ...{ kind: "startCampaign", source: "Contribution", signer: account, start: 1n, end: 2n },
        ...{ perAccount: 3n, daily: 4n, uri: "ipfs://x" },
      },
      "Rewards",
      [{ source: "3", signer: account, start: "1", end: "2", perAccount: wei(3n), daily: wei(4n), uri: "ipfs://x" }],
    ],
    [{ kind: "fundCampaign", campaignId: 1n, amount: 2n, maxCost: 3n }, "Rewards", ["1", wei(2n), "3"]],
    [{ kind: "stopCampaign", campaignId: 1n }, "Rewards", ["1"]],
    [{ kind: "setTrusted", operator: account, isTrusted: true }, "Rewards", [account, true]],
    [{ kind: "unpause", contract: "InferenceMeter" }, "InferenceMeter", []],
  ];
  const rest: Omit<Announcement, "target" | "functionName" | "args"> = {
    ...{ operationId: deedOf("share", "1"), caller: account, scheduledAt: 1n, readyAt: 2n, expiresAt: 3n },
    ...{ state: "waiting", executedAt: null },
  };

  for (const [call, target, args] of told) {
    it(`is ${call.kind} again, as it was proposed`, () => {
      expect(callOfAnnouncement({ ...rest, target, functionName: call.kind, args })).to.deep.equal(call);
    });
  }

  it("is nothing that can be made here when the change is another", () => {
    const other = { ...rest, target: "AccessManager", functionName: "grantRole", args: ["1", account, "0"] };
    expect(callOfAnnouncement(other)).to.equal(undefined);
    expect(callOfAnnouncement({ ...rest, target: "Payouts", functionName: "pause", args: [] })).to.equal(undefined);
  });
});
