import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect } from "chai";
import { getAddress } from "ethers";
import { network } from "hardhat";
import { AddressMismatchError, deploy } from "../../scripts/deploy/deploy.ts";
import type { Deployment } from "../../scripts/deploy/deployment.ts";
import {
  type DeployParameters,
  InvalidParametersError,
  parseParameters,
  readParameters,
} from "../../scripts/deploy/parameters.ts";
import { ROLES } from "../../scripts/deploy/roles.ts";
import {
  connection,
  credits,
  deployed,
  ethers,
  networkHelpers,
  PACKAGES,
  PLANS,
  parametersOf,
  REFERRAL,
} from "../fixtures.ts";

/** Every contract that a deployment names. */
const CONTRACTS = [
  "AccessManager",
  "Stelai",
  "CreditStore",
  "Payouts",
  "Characters",
  "InferenceMeter",
  "CharacterAccess",
  "Reviews",
  "Works",
  "Licenses",
  "Resale",
  "WorkReviews",
  "CreditPlans",
  "Rewards",
  "OperatorReceivers",
  "Reserve",
] as const;
/** The price table of the local parameters: the packages, and a single credit, which any quantity is bought by. */
const LOCAL_PACKAGES = [...PACKAGES, { credits: credits("1"), price: 10_500n }];
/** What PRICING to CAMPAIGNS and ADMIN are told apart by. */
const EVERY_ROLE = Object.values(ROLES);
const LOCAL = fileURLToPath(new URL("../../scripts/deploy/parameters/local.json", import.meta.url));
const load = () => networkHelpers.loadFixture(deployed);

/** The error that `promise` ends in. */
async function failure(promise: Promise<unknown>): Promise<unknown> {
  try {
    await promise;
  } catch (error) {
    return error;
  }
  throw new Error("it did not fail");
}

describe("deploy", () => {
  it("puts every contract where the others were told it would be", async () => {
    const w = await load();
    const { contracts } = w.deployment;
    expect(await w.stelai.creditStore()).to.equal(w.store.target);
    expect(await w.store.stelai()).to.equal(w.stelai.target);
    expect(await w.store.reserve()).to.equal(w.usdc.target);
    expect(await w.store.treasury()).to.equal(w.treasury.address);
    expect(await w.payouts.stelai()).to.equal(w.stelai.target);
    expect(await w.payouts.creditStore()).to.equal(w.store.target);
    expect(await w.payouts.treasury()).to.equal(w.treasury.address);
    expect(await w.characters.payouts()).to.equal(w.payouts.target);
    expect(await w.characters.meter()).to.equal(w.meter.target);
    expect(await w.meter.characters()).to.equal(w.characters.target);
    expect(await w.characters.access()).to.equal(w.access.target);
    expect(await w.access.characters()).to.equal(w.characters.target);
    expect(await w.reviews.access()).to.equal(w.access.target);
    expect(await w.reviews.meter()).to.equal(w.meter.target);
    expect(await w.works.meter()).to.equal(w.meter.target);
    expect(await w.works.licenses()).to.equal(w.licenses.target);
    expect(await w.licenses.works()).to.equal(w.works.target);
    expect(await w.resale.licenses()).to.equal(w.licenses.target);
    for (const selling of [w.works, w.licenses]) expect(await selling.resale()).to.equal(w.resale.target);
    for (const earning of [w.works, w.licenses, w.resale]) expect(await earning.payouts()).to.equal(w.payouts.target);
    expect(await w.store.plans()).to.equal(w.plans.target);
    expect(await w.store.rewards()).to.equal(w.rewards.target);
    expect(await w.plans.creditStore()).to.equal(w.store.target);
    expect(await w.rewards.creditStore()).to.equal(w.store.target);
    expect(await w.rewards.stelai()).to.equal(w.stelai.target);
    expect(await w.rewards.inferenceMeter()).to.equal(w.meter.target);
    const selling = [w.store, w.plans, w.rewards, w.access, w.licenses, w.resale];
    for (const managed of [...selling, w.payouts, w.characters, w.meter, w.works]) {
      expect(await managed.authority()).to.equal(w.manager.target);
    }
    for (const name of CONTRACTS) expect(await ethers.provider.getCode(contracts[name])).to.match(/^0x.{100}/);
    expect((await w.store.packages()).table).to.deep.equal(PACKAGES.map((one) => [one.credits, one.price]));
    expect(await w.plans.planCount()).to.equal(BigInt(PLANS.length));
    for (const [index, { credits, price, period }] of PLANS.entries()) {
      expect(await w.plans.planOf(index + 1)).to.deep.equal([credits, price, BigInt(period)]);
    }
    expect(await w.rewards.referralTerms()).to.deep.equal([500n, 500n, REFERRAL.cap]);
    expect(await w.payouts.commissionOf(w.meter.target)).to.equal(1_000n);
    for (const earning of [w.access, w.licenses, w.resale]) {
      expect(await w.payouts.commissionOf(earning.target)).to.equal(1_000n);
    }
  });

  it("tells the chain by its genesis, and from which block on there is anything", async () => {
    const { deployment } = await load();
    expect(deployment.chainId).to.equal(31_337);
    expect(deployment.genesisHash).to.equal((await ethers.provider.getBlock(0))?.hash);
    expect(deployment.finalityBlocks).to.equal(2);
    const [first] = await ethers.provider.getLogs({ address: deployment.contracts.AccessManager, fromBlock: 0 });
    expect(deployment.startBlock).to.be.within(1, first?.blockNumber ?? 0);
  });

  it("writes what it returns to the file it is given", async () => {
    const folder = mkdtempSync(join(tmpdir(), "stelai-"));
    try {
      const output = join(folder, "deep", "31337.json");
      const deployment = await deploy(connection, await parametersOf(), { output });
      const written: Deployment = JSON.parse(readFileSync(output, "utf8"));
      expect(written).to.deep.equal(deployment);
      expect(Object.keys(written.contracts).sort()).to.deep.equal([...CONTRACTS].sort());
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it("deploys the local parameters: the deployer holds every role without delay", async () => {
    const { contracts } = await deploy(connection, readParameters(LOCAL));
    const store = await ethers.getContractAt("CreditStore", contracts.CreditStore);
    const [deployer] = await ethers.getSigners();
    expect(await store.getFunction("floorPrice")()).to.equal(8_000n);
    expect((await store.getFunction("packages")()).table).to.deep.equal(
      LOCAL_PACKAGES.map((p) => [p.credits, p.price]),
    );
    const manager = await ethers.getContractAt("AccessManager", contracts.AccessManager);
    for (const role of EVERY_ROLE) {
      expect(await manager.getFunction("hasRole")(role, deployer?.address)).to.deep.equal([true, 0n]);
    }
    await store.getFunction("setPackages")([PACKAGES[0]]);
    await store.getFunction("pause")();
    await store.getFunction("unpause")();
  });

  it("fails when a contract did not land where it was predicted", async () => {
    const other = "0x000000000000000000000000000000000000dEaD";
    const bent = Object.create(connection, {
      ignition: {
        value: {
          deploy: async (...values: Parameters<typeof connection.ignition.deploy>) => {
            const results = await connection.ignition.deploy(...values);
            return { ...results, stelai: await ethers.getContractAt("Stelai", other) };
          },
        },
      },
    });
    const error = await failure(deploy(bent, await parametersOf()));
    expect(error).to.be.instanceOf(AddressMismatchError);
    expect(String(error)).to.match(/^AddressMismatchError: Stelai was predicted at 0x\w{40} and is at 0x0{36}dEaD/);
  });

  describe("on a public network", () => {
    const complete = async (overrides: Partial<DeployParameters> = {}) => {
      const chain = await network.create({ network: "default", override: { chainId: 84_532 } });
      const reserve = await (await chain.ethers.deployContract("TestUSDC")).getAddress();
      return { chain, parameters: await parametersOf({ reserve, ...overrides }) };
    };

    it("refuses a reserve whose decimals are not those of the prices", async () => {
      const { chain, parameters } = await complete();
      const reserve = await (
        await chain.ethers.deployContract("Stelai", [ethers.ZeroAddress, ethers.ZeroAddress])
      ).getAddress();
      const error = await failure(deploy(chain, { ...parameters, reserve }));
      expect(error).to.be.instanceOf(InvalidParametersError);
      expect(String(error)).to.contain("6 decimals");
      await chain.close();
    });

    it("needs a reserve that exists, a treasury, and a holder for every role", async () => {
      const { holders } = await parametersOf();
      const { admin: _, ...withoutAdmin } = holders;
      const refused: [string, Partial<DeployParameters>][] = [
        ["reserve", { reserve: undefined }],
        ["reserve", { reserve: "0x000000000000000000000000000000000000dEaD" }],
        ["accounts.treasury", { treasury: undefined }],
        ["accounts.admin", { holders: withoutAdmin }],
      ];
      for (const [field, overrides] of refused) {
        const { chain, parameters } = await complete(overrides);
        const error = await failure(deploy(chain, parameters));
        expect(error).to.be.instanceOf(InvalidParametersError);
        expect(String(error)).to.contain(`"${field}"`);
        await chain.close();
      }
    });

    it("uses the reserve it is given and leaves the deployer nothing", async () => {
      const { chain, parameters } = await complete();
      const { contracts } = await deploy(chain, parameters);
      expect(contracts.Reserve).to.equal(parameters.reserve);
      const [deployer] = await chain.ethers.getSigners();
      const manager = await chain.ethers.getContractAt("AccessManager", contracts.AccessManager);
      for (const role of EVERY_ROLE) {
        expect((await manager.getFunction("hasRole")(role, deployer?.address)).isMember).to.equal(false);
      }
      await chain.close();
    });
  });
});

describe("parseParameters", () => {
  const local = () => JSON.parse(readFileSync(LOCAL, "utf8"));

  it("reads decimals exactly", () => {
    const { floorPrice, packages, plans, referral, commissionBps, treasury } = parseParameters(local());
    expect(floorPrice).to.equal(8_000n);
    expect(packages).to.deep.equal(LOCAL_PACKAGES);
    expect(plans).to.deep.equal(PLANS);
    expect(referral).to.deep.equal(REFERRAL);
    expect(commissionBps).to.equal(1_000);
    expect(treasury).to.equal(getAddress("0x3c44cdddb6a900fa2b585dd299e03d12fa4293bc"));
  });

  const refused: [string, Record<string, unknown>][] = [
    ["floorPrice", { floorPrice: 0.008 }],
    ["floorPrice", { floorPrice: "0.0000001" }],
    ["floorPrice", { floorPrice: "-1" }],
    ["packages", { packages: {} }],
    ["packages[0]", { packages: [7] }],
    ["packages[0].price", { packages: [{ credits: "1", price: "1e3" }] }],
    ["commissionBps", { commissionBps: 1.5 }],
    ["delays", { delays: undefined }],
    ["delays.pricing", { delays: { admin: 0, commission: 0, moderator: 0, guardian: 0 } }],
    ["reserve", { reserve: "0x00" }],
    ["accounts.admin", { accounts: { admin: "0x0000000000000000000000000000000000000000" } }],
    ["finalityBlocks", { finalityBlocks: -1 }],
  ];
  for (const [field, change] of refused) {
    it(`names "${field}" when it is ${JSON.stringify(Object.values(change)[0]) ?? "missing"}`, () => {
      expect(() => parseParameters({ ...local(), ...change }))
        .to.throw(InvalidParametersError)
        .with.property("message")
        .that.contains(`"${field}"`);
    });
  }
});
