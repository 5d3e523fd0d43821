import { expect } from "chai";
import { eq } from "drizzle-orm";
import type { Hex } from "viem";
import { codeOf } from "../../test/periphery.ts";
import { type Sponsoring, startSponsoring } from "../../test/sponsoring.ts";
import type { TransactionQueue } from "../settlement/transactions.ts";
import { tables } from "../store/index.ts";

describe("Sponsor", () => {
  let desk: Sponsoring;

  before(async () => {
    desk = await startSponsoring();
  });
  after(() => desk.world.stop());

  describe("what keeps it from being drained", () => {
    it("sends one at a time for an account: two that are each good may be bad together", async () => {
      const payer = await desk.holder();
      const all = 600n * 1_000_000n;
      const [one, two] = [await desk.tab(payer, { cap: all }), await desk.tab(payer, { cap: all })];
      await desk.world.testChain.request("evm_setAutomine", [false]);
      try {
        const first = await desk.post("tabs", one);
        expect(first.status).to.equal(202);
        const second = await desk.post("tabs", two);
        expect([202, 409, 422]).to.include(second.status);
        expect(second.status).not.to.equal(202);
        const small = await desk.post("tabs", await desk.tab(payer));
        expect(await codeOf(small)).to.equal("request_in_progress");
      } finally {
        await desk.world.testChain.request("evm_setAutomine", [true]);
        await desk.world.testChain.request("evm_mine");
      }
      const third = await desk.post("tabs", await desk.tab(payer));
      await desk.sent(third);
    });

    it("sends one of many that come at the same moment", async () => {
      const payer = await desk.holder();
      const bodies = await Promise.all([
        desk.tab(payer, { cap: 600_000_000n }),
        desk.tab(payer, { cap: 600_000_000n }),
        desk.tab(payer, { cap: 600_000_000n }),
      ]);
      const statuses = (await Promise.all(bodies.map((body) => desk.post("tabs", body)))).map(({ status }) => status);
      expect(statuses.filter((status) => status === 202)).to.have.length(1);
      await desk.queue.work();
      const rows = await desk.world.store.db
        .select()
        .from(tables.transactions)
        .where(eq(tables.transactions.status, "reverted"));
      expect(rows).to.have.length(0);
    });

    it("sends no more for an account whose transaction reverted, until the next day", async () => {
      const payer = await desk.holder();
      const tabId = await desk.openTab(payer);
      const body = await desk.tab(payer);
      const raced: TransactionQueue = {
        ...desk.queue,
        // The payer cancels after the simulation: what a front-runner does.
        enqueue: async (request, also) => {
          await desk.world.testChain.request("evm_setAutomine", [false]);
          const hash = await desk.queue.enqueue(request, also);
          await desk.cancelFirst(payer, body);
          await desk.world.testChain.request("evm_mine");
          await desk.world.testChain.request("evm_setAutomine", [true]);
          return hash;
        },
      };
      const response = await desk.post("tabs", body, desk.newApp({}, raced));
      const { transaction } = (await response.json()) as { transaction: Hex };
      const receipt = await desk.world.chain.client.waitForTransactionReceipt({ hash: transaction });
      expect(receipt.status).to.equal("reverted");
      // Whether or not the queue has looked since.
      expect(await codeOf(await desk.post("tabs", await desk.tab(payer)))).to.equal("rate_limited");
      await desk.queue.work();
      const again = await desk.post("tabs", await desk.tab(payer));
      expect(again.status).to.equal(429);
      expect(Number(again.headers.get("Retry-After"))).to.be.within(1, 86_400);
      // The way out stays open: whoever sends a call of the account first makes the operator's revert.
      await desk.sent(await desk.post("closures", await desk.signRequest(payer, "RequestClose", { tabId })));
    });

    it("limits an account and a network address for each day", async () => {
      const payer = await desk.holder();
      for (let number = 0; number < 3; number += 1)
        await desk.sent(await desk.post("tabs", await desk.tab(payer), desk.newApp(), `198.51.100.${number}`));
      expect((await desk.post("tabs", await desk.tab(payer), desk.newApp(), "198.51.100.9")).status).to.equal(429);
      const narrow = desk.newApp({ SPONSOR_PER_ADDRESS_PER_DAY: 1 });
      await desk.sent(await desk.post("tabs", await desk.tab(await desk.holder()), narrow, "203.0.113.1"));
      expect((await desk.post("tabs", await desk.tab(await desk.holder()), narrow, "203.0.113.1")).status).to.equal(
        429,
      );
      await desk.sent(await desk.post("tabs", await desk.tab(await desk.holder()), narrow, "203.0.113.2"));
    });

    it("stops at the budget of the day, holding the most a transaction may cost before it is sent", async () => {
      await desk.newSponsor().reconcile();
      const before = await desk.budgetUsed();
      const tight = desk.newApp({ SPONSOR_DAILY_BUDGET: (before + 1_000n) * 1_000_000_000n });
      const payer = await desk.holder();
      const body = await desk.tab(payer);
      expect(await codeOf(await desk.post("tabs", body, tight))).to.equal("rate_limited");
      expect(await desk.budgetUsed()).to.equal(before);
      await desk.sent(await desk.post("tabs", body));
    });

    it("refuses a call that needs more gas than it may", async () => {
      const error = await desk.refused(
        await desk.post("tabs", await desk.tab(await desk.holder()), desk.newApp({ SPONSOR_MAXIMUM_GAS: 60_000n })),
      );
      expect(error.stelai.reason).to.equal("Reverted");
    });

    it("gives back what it held when nothing was stored", async () => {
      const payer = await desk.holder();
      const failing: TransactionQueue = {
        ...desk.queue,
        enqueue: () => Promise.reject(new Error("the database is gone")),
      };
      await desk.newSponsor().reconcile();
      const before = await desk.world.store.db.select().from(tables.quotas);
      expect((await desk.post("tabs", await desk.tab(payer), desk.newApp({}, failing), "192.0.2.250")).status).to.equal(
        500,
      );
      const after = await desk.world.store.db.select().from(tables.quotas);
      const total = (rows: typeof after) => rows.reduce((sum, { used }) => sum + used, 0n);
      expect(total(after)).to.equal(total(before));
    });
  });
});
