import { expect } from "chai";
import { startKeeper } from "../../test/keeper.ts";
import { startWorld } from "../../test/world.ts";
import { transactions } from "../store/schema/operation.ts";

const MONTHLY = 1;
const MONTH = 30 * 86_400;

describe("A renewal that is hardly worth its gas", () => {
  it("is left to others, while those that are worth it are renewed", async () => {
    const world = await startWorld();
    const keeper = await startKeeper(world);
    try {
      for (const [index, monthly] of [99_999n, 100_000n].entries()) {
        const id = await world.publish({ monthly });
        const account = world.account(index + 1);
        await world.give(account, 20n);
        await world.write(account, "CharacterAccess", "subscribe", [id, MONTHLY, 1_000_000n, true, "0x"]);
      }
      await keeper.work();
      await world.pass(MONTH + 10);
      await keeper.work();
      const sent = await keeper.store.db.select().from(transactions);
      expect(sent.map(({ description }) => description)).to.deep.equal(["renew 1 passes"]);
      const [record, ...more] = await keeper.passes.renewals(10);
      expect(record?.account).to.equal(world.account(2).address);
      expect(more).to.deep.equal([]);
    } finally {
      await keeper.stop();
      await world.stop();
    }
  });
});
