import { licensesAbi } from "@stelai/sdk/abis";
import { LICENCE_STATUSES } from "@stelai/sdk/wire";
import { expect } from "chai";
import { createPublicClient, http } from "viem";
import { freshDatabase } from "../../test/database.ts";
import { type RelayerProcess, spawnRelayer } from "../../test/process.ts";
import { buy, buyer, createWork } from "../../test/sales.ts";
import { serveRelayer, startWorld, type World } from "../../test/world.ts";

describe("A relayer that is killed while it delivers", () => {
  let world: World;
  let relayer: RelayerProcess;

  before(async () => {
    world = await startWorld();
  });
  after(() => world.stop());

  /** Waits for something another process brings about; gives up after a minute or more. */
  async function until(holds: () => Promise<boolean>): Promise<void> {
    for (let tries = 0; !(await holds()); tries += 1) {
      if (tries > 1_000) throw new Error("it did not come about");
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  for (const moment of ["at once", "when its transaction waits to be mined"]) {
    it(`${moment}, attests everything once after it comes back`, async () => {
      const client = createPublicClient({ transport: http(world.chain.rpcUrl) });
      const { Licenses } = world.chain.deployment.contracts;
      const environment = world.environment({ DELIVERY_INTERVAL_MS: "100" });
      await freshDatabase(environment.DATA_DIR ?? "");
      const first = await serveRelayer(world, environment);
      const { finalityBlocks } = first.services.chain;
      const works = [await createWork(world, first, world.creator), await createWork(world, first, world.creator)];
      await first.stop();
      const ann = await buyer(world, moment === "at once" ? 4_000 : 4_001);
      relayer = await spawnRelayer(environment);
      try {
        const from = await client.getBlockNumber();
        const ids: bigint[] = [];
        for (const { offerId } of [...works, ...works]) ids.push(await buy(world, ann, offerId));
        for (let block = 1; block < finalityBlocks; block += 1) await world.chain.request("evm_mine");
        const isUnmined = moment !== "at once";
        if (isUnmined) await world.chain.request("evm_setAutomine", [false]);
        await world.chain.request("evm_mine");
        const pending = async () => (await client.getBlock({ blockTag: "pending" })).transactions.length;
        if (isUnmined) await until(async () => (await pending()) > 0);
        await relayer.kill();
        if (isUnmined) {
          await world.chain.request("evm_setAutomine", [true]);
          await world.chain.request("evm_mine");
        }
        relayer = await spawnRelayer(environment);
        const statusOf = async (id: bigint) => {
          const licence = await client.readContract({
            ...{ address: Licenses, abi: licensesAbi, functionName: "licenceOf", args: [id] },
          });
          return LICENCE_STATUSES[licence.status];
        };
        for (const id of ids) await until(async () => (await statusOf(id)) === "Delivered");
        // What was sent is looked after until it is final: by then a second one would have been sent, too.
        for (let block = 0; block <= finalityBlocks; block += 1) await world.chain.request("evm_mine");
        await until(async () => {
          const states = await Promise.all(
            ids.map(async (id) => (await (await fetch(`${relayer.url}/v1/licences/${id}/delivery`)).json()) as object),
          );
          return states.every((one) => "state" in one && one.state === "ready");
        });
        const events = await client.getContractEvents({
          ...{ address: Licenses, abi: licensesAbi, eventName: "Delivered", fromBlock: from },
        });
        expect(events.map(({ args }) => args.licenceId).sort()).to.deep.equal([...ids].sort());
        const sent = await Promise.all(
          [...new Set(events.map(({ transactionHash }) => transactionHash))].map((hash) =>
            client.getTransaction({ hash }),
          ),
        );
        const last = Math.max(...sent.map(({ nonce }) => nonce));
        expect(await client.getTransactionCount({ address: world.operator.address })).to.equal(last + 1);
      } finally {
        await relayer.kill();
      }
    });
  }
});
