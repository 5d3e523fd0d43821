import { creditPlansAbi } from "@stelai/sdk/abis";
import { expect } from "chai";
import { createPublicClient, http, zeroAddress } from "viem";
import { freshDatabase } from "../../test/database.ts";
import { CREDIT, creditsOf, DAY, MONTHLY_1000, setTopUp, USD, withDollars } from "../../test/plans.ts";
import { type RelayerProcess, spawnRelayer } from "../../test/process.ts";
import { startWorld, type World } from "../../test/world.ts";

describe("A relayer that is killed while it renews plans and tops up", () => {
  let world: World;
  let relayer: RelayerProcess;

  before(async () => {
    world = await startWorld();
  });
  after(() => world.stop());

  /** Waits for something another process brings about; gives up after a minute or more. */
  async function until(holds: () => Promise<boolean>): Promise<void> {
    for (let tries = 0; !(await holds()); tries += 1) {
      if (tries > 2_000) throw new Error("it did not come about");
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  for (const [index, moment] of [
    "at once",
    "when its transactions wait to be mined",
    "when they are mined",
  ].entries()) {
    it(`${moment}, charges everything once after it comes back`, async () => {
      const client = createPublicClient({ transport: http(world.chain.rpcUrl) });
      const { CreditPlans } = world.chain.deployment.contracts;
      const { finalityBlocks } = world.chain.deployment;
      const [ann, bob] = [await withDollars(world, 2 * index, 100n), await withDollars(world, 2 * index + 1, 100n)];
      const { planId, price, credits } = MONTHLY_1000;
      await world.write(ann, "CreditPlans", "subscribe", [planId, price, price, zeroAddress]);
      await world.pass(31 * DAY);
      await setTopUp(world, bob, { threshold: CREDIT, credits, maxPrice: 10n * USD, cap: 30n * USD });
      const environment = world.environment({ KEEPER_INTERVAL_MS: "100" });
      await freshDatabase(environment.DATA_DIR ?? "");
      const from = await client.getBlockNumber();
      const before = await client.getTransactionCount({ address: world.operator.address });
      const pending = () => client.getTransactionCount({ address: world.operator.address, blockTag: "pending" });
      const isUnmined = index === 1;
      if (isUnmined) await world.chain.request("evm_setAutomine", [false]);
      relayer = await spawnRelayer(environment);
      try {
        if (index > 0) await until(async () => (await pending()) === before + 2);
        await relayer.kill();
        if (isUnmined) {
          await world.chain.request("evm_setAutomine", [true]);
          await world.chain.request("evm_mine");
        }
        relayer = await spawnRelayer(environment);
        await until(
          async () => (await creditsOf(world, ann)) === 2n * credits && (await creditsOf(world, bob)) === credits,
        );
        // What was sent is looked after until it is final: by then a second one would have been sent, too.
        for (let block = 0; block <= finalityBlocks; block += 1) await world.chain.request("evm_mine");
        await until(async () => {
          const metrics = await (await fetch(`${relayer.url}/metrics`)).text();
          return metrics.includes('what="plan",outcome="Renewed"');
        });
        const events = await client.getContractEvents({ address: CreditPlans, abi: creditPlansAbi, fromBlock: from });
        const names = events
          .map(({ eventName }) => eventName)
          .filter((name) => name === "Renewed" || name === "ToppedUp");
        expect(names.sort()).to.deep.equal(["Renewed", "ToppedUp"]);
        expect(await client.getTransactionCount({ address: world.operator.address })).to.equal(before + 2);
      } finally {
        await relayer.kill();
        // The next test's is another account's: what is left of this one's must not be due.
        await world.write(ann, "CreditPlans", "cancel", []);
      }
    });
  }
});
