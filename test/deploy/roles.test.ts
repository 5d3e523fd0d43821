import { expect } from "chai";
import type { Signer } from "ethers";
import { handOverCalls, PERMISSIONS, ROLES } from "../../scripts/deploy/roles.ts";
import {
  credits,
  DAY,
  DELAYS,
  deployed,
  ethers,
  networkHelpers,
  payeeOf,
  REF,
  REFERRAL,
  type World,
  withCharacter,
} from "../fixtures.ts";
import { settle } from "../settle.ts";

const load = () => networkHelpers.loadFixture(deployed);

/** What functions of a contract are restricted to a role other than ADMIN. */
async function roleOf(w: World, target: unknown, signature: string): Promise<bigint> {
  return w.manager.getTargetFunctionRole(target, ethers.id(signature).slice(0, 10));
}

/** Announces a call of the manager by the admin, waits two days, and makes it. */
async function asAdmin(w: World, name: string, values: unknown[], caller: Signer = w.admin) {
  const data = w.manager.interface.encodeFunctionData(name, values);
  await w.manager.connect(caller).schedule(w.manager.target, data, 0n);
  await networkHelpers.time.increase(2 * DAY);
  return w.manager.connect(caller).getFunction(name)(...values);
}

describe("roles", () => {
  it("may call what they are for; everything else that is restricted is the admin's", async () => {
    const w = await load();
    const targets = {
      CreditStore: w.store.target,
      Payouts: w.payouts.target,
      Characters: w.characters.target,
      InferenceMeter: w.meter.target,
      CharacterAccess: w.access.target,
      Works: w.works.target,
      Licenses: w.licenses.target,
      Resale: w.resale.target,
      CreditPlans: w.plans.target,
      Rewards: w.rewards.target,
    };
    for (const [contract, signature, role] of PERMISSIONS) {
      expect(await roleOf(w, targets[contract], signature), `${contract}.${signature}`).to.equal(ROLES[role]);
    }
    for (const { target } of [w.store, w.meter, w.access, w.licenses, w.resale]) {
      expect(await roleOf(w, target, "unpause()")).to.equal(ROLES.ADMIN);
    }
  });

  it("are held with their delays, and by nobody else", async () => {
    const w = await load();
    const holders = [
      [ROLES.ADMIN, w.admin, DELAYS.admin],
      [ROLES.PRICING, w.pricing, DELAYS.pricing],
      [ROLES.COMMISSION, w.commissioner, DELAYS.commission],
      [ROLES.MODERATOR, w.moderator, 0],
      [ROLES.GUARDIAN, w.guardian, 0],
      [ROLES.RESOLVER, w.resolver, 0],
      [ROLES.CAMPAIGNS, w.campaigner, 0],
    ] as const;
    for (const [role, holder, delay] of holders) {
      expect(await w.manager.hasRole(role, holder.address)).to.deep.equal([true, BigInt(delay)]);
      expect((await w.manager.hasRole(role, w.deployer.address)).isMember).to.equal(false);
    }
  });

  it("say every selector as the contracts have it", async () => {
    const w = await load();
    const interfaces = {
      CreditStore: w.store,
      Payouts: w.payouts,
      Characters: w.characters,
      InferenceMeter: w.meter,
      CharacterAccess: w.access,
      Works: w.works,
      Licenses: w.licenses,
      Resale: w.resale,
      CreditPlans: w.plans,
      Rewards: w.rewards,
    };
    for (const [contract, signature] of PERMISSIONS) {
      expect(interfaces[contract].interface.hasFunction(signature), signature).to.equal(true);
    }
  });

  it("reach no restricted function without the role: nobody may pause, price, set commissions, suspend or give away", async () => {
    const w = await load();
    const campaign = {
      ...{ source: 2, signer: w.alice.address, start: 0n, end: 2n ** 40n },
      ...{ perAccount: credits("1"), daily: credits("1"), uri: "" },
    };
    const calls = [
      () => w.store.connect(w.alice).setPackages([]),
      () => w.store.connect(w.alice).pause(),
      () => w.store.connect(w.alice).unpause(),
      () => w.payouts.connect(w.alice).setCommission(w.alice.address, 0),
      () => w.characters.connect(w.alice).setSuspended(1n, true, ""),
      () => w.meter.connect(w.alice).pause(),
      () => w.meter.connect(w.alice).unpause(),
      () => w.access.connect(w.alice).pause(),
      () => w.access.connect(w.alice).unpause(),
      () => w.works.connect(w.alice).setSuspended(1n, true),
      () => w.licenses.connect(w.alice).pause(),
      () => w.licenses.connect(w.alice).unpause(),
      () => w.licenses.connect(w.alice).resolve(1n, true, ""),
      () => w.resale.connect(w.alice).pause(),
      () => w.resale.connect(w.alice).unpause(),
      () => w.plans.connect(w.alice).addPlans([]),
      () => w.plans.connect(w.alice).setPlanPrice(1n, 0n),
      () => w.rewards.connect(w.alice).setReferralTerms(REFERRAL),
      () => w.rewards.connect(w.alice).startCampaign(campaign),
      () => w.rewards.connect(w.alice).fundCampaign(1n, 1n, 1n),
      () => w.rewards.connect(w.alice).stopCampaign(1n),
      () => w.rewards.connect(w.alice).setTrusted(w.alice.address, true),
    ];
    for (const call of calls) {
      await expect(call())
        .to.be.revertedWithCustomError(w.store, "AccessManagedUnauthorized")
        .withArgs(w.alice.address);
    }
  });

  it("give the admin no way around its own delay", async () => {
    const w = await load();
    const grant = [ROLES.PRICING, w.admin.address, 0];
    await expect(w.manager.connect(w.admin).getFunction("grantRole")(...grant)).to.be.revertedWithCustomError(
      w.manager,
      "AccessManagerNotScheduled",
    );
    await expect(
      w.manager.connect(w.admin).updateAuthority(w.payouts.target, w.alice.address),
    ).to.be.revertedWithCustomError(w.manager, "AccessManagerNotScheduled");
  });

  it("give the admin no way around the seven days of commissions, once the deployment is five days old", async () => {
    const w = await load();
    await networkHelpers.time.increase(5 * DAY);
    const selector = w.payouts.interface.getFunction("setCommission")?.selector;

    await asAdmin(w, "grantRole", [ROLES.COMMISSION, w.admin.address, 0]);
    await expect(
      w.payouts.connect(w.admin).setCommission(w.alice.address, 1),
      "a fresh grant has to wait",
    ).to.be.revertedWithCustomError(w.payouts, "AccessManagedUnauthorized");

    const rewire = [w.payouts.target, [selector], ROLES.GUARDIAN];
    const data = w.manager.interface.encodeFunctionData("setTargetFunctionRole", rewire);
    await w.manager.connect(w.admin).schedule(w.manager.target, data, 0n);
    await networkHelpers.time.increase(7 * DAY - 10);
    await expect(
      w.manager.connect(w.admin).getFunction("setTargetFunctionRole")(...rewire),
      "so has another role for the function",
    ).to.be.revertedWithCustomError(w.manager, "AccessManagerNotReady");
    await networkHelpers.time.increase(10);
    await w.manager.connect(w.admin).getFunction("setTargetFunctionRole")(...rewire);
    await w.payouts.connect(w.guardian).setCommission(w.alice.address, 1);
  });

  it("stop no exit, though the admin closes every contract and the guardian pauses all there is to pause", async () => {
    const w = await networkHelpers.loadFixture(withCharacter);
    await settle(w, 1n, 1_000_000n);
    await w.payouts.connect(w.alice).earn(payeeOf(w.carol), 1_000n, REF);
    await w.store.connect(w.guardian).pause();
    await w.meter.connect(w.guardian).pause();
    await w.access.connect(w.guardian).pause();
    const targets = [w.store.target, w.payouts.target, w.characters.target, w.meter.target, w.access.target];
    const calls = targets.map((target) => w.manager.interface.encodeFunctionData("setTargetClosed", [target, true]));
    for (const data of calls) await w.manager.connect(w.admin).schedule(w.manager.target, data, 0n);
    await networkHelpers.time.increase(2 * DAY);
    for (const data of calls) await w.manager.connect(w.admin).execute(w.manager.target, data);

    await w.meter.collect(1n);
    await w.payouts.connect(w.bob).claimAndRedeem([], w.bob.address, 0n);
    await w.payouts.connect(w.carol).claim([], w.carol.address);
    await w.store.connect(w.alice).redeem(1_000n, w.alice.address, 0n);
    await w.store.sweepSurplus();
    await w.characters.connect(w.bob).transferFrom(w.bob.address, w.carol.address, 1n);
  });

  it("let an announcement be taken back by the admin at once", async () => {
    const w = await load();
    const data = w.payouts.interface.encodeFunctionData("setCommission", [w.alice.address, 3_000]);
    await w.manager.connect(w.commissioner).schedule(w.payouts.target, data, 0n);
    await w.manager.connect(w.admin).cancel(w.commissioner.address, w.payouts.target, data);
    await networkHelpers.time.increase(7 * DAY);
    await expect(w.payouts.connect(w.commissioner).setCommission(w.alice.address, 3_000)).to.be.revertedWithCustomError(
      w.manager,
      "AccessManagerNotScheduled",
    );
  });

  it("make the deployer wait like any admin when it stays the admin", async () => {
    const { manager } = await load();
    const [, own] = await ethers.getSigners();
    if (!own) throw new Error("too few accounts");
    const address = own.address;
    const fresh = await ethers.deployContract("AccessManager", [address]);
    const nothing = ethers.ZeroAddress;
    const calls = handOverCalls(
      manager.interface,
      {
        CreditStore: nothing,
        Payouts: nothing,
        Characters: nothing,
        InferenceMeter: nothing,
        CharacterAccess: nothing,
        Works: nothing,
        Licenses: nothing,
        Resale: nothing,
        CreditPlans: nothing,
        Rewards: nothing,
      },
      {
        deployer: address,
        holders: {
          ...{ admin: address, pricing: address, commission: address },
          ...{ moderator: address, guardian: address, resolver: address, campaigns: address },
        },
        delays: DELAYS,
      },
    );
    await (fresh.connect(own) as typeof fresh).getFunction("multicall")(calls);
    expect(await fresh.getFunction("hasRole")(ROLES.ADMIN, address)).to.deep.equal([true, BigInt(DELAYS.admin)]);
  });
});
