import { hashReceipt, quoteUp } from "@stelai/sdk";
import { expect } from "chai";
import { keccak256, stringToBytes } from "viem";
import { generatePrivateKey, privateKeyToAccount } from "viem/accounts";
import { auditReceipts } from "../../test/audit.ts";
import type { TabClient } from "../../test/client.ts";
import { answer, begin, end, say } from "../../test/upstream.ts";
import { randomId, type ServedRelayer, serveRelayer, startWorld, type World } from "../../test/world.ts";

const PRICES = { perInference: 10_000n, perUnit: 50_000n };
const FEE = 1_000n;
const USAGE = { prompt_tokens: 9, completion_tokens: 2 };

describe("Metering", () => {
  let world: World;
  let relayer: ServedRelayer;
  let character: bigint;

  before(async () => {
    world = await startWorld();
    character = await world.publish(PRICES);
    relayer = await serveRelayer(world, { FEE_PER_UNIT_CHAT: String(FEE), EXPOSURE_INITIAL: "50000" });
  });
  after(async () => {
    await relayer.stop();
    await world.stop();
  });
  beforeEach(() => {
    world.upstream.behave = answer(["Hello", " there"], USAGE);
  });

  const newClient = async (cap = 5_000_000n): Promise<TabClient> => relayer.client(await world.openTab(cap));

  describe("a paid inference", () => {
    it("is charged what its usage comes to, with a receipt that names the answer", async () => {
      const client = await newClient();
      const { text, receipt, base } = await client.ask(character);
      expect(text).to.equal("Hello there");
      const cost = quoteUp(PRICES, FEE, { milliunits: 11n, quality: "Standard" });
      expect(receipt).to.include({ sequence: 1n, milliunits: 11n, quality: 1, amount: cost.amount, fee: cost.fee });
      expect(receipt?.response).to.equal(keccak256(stringToBytes("Hello there")));
      expect(base).to.equal(0n);
    });

    it("is charged no more tokens than the answer has bytes, whatever the upstream counts", async () => {
      world.upstream.behave = answer(["Hello", " there"], { prompt_tokens: 9, completion_tokens: 60 });
      const client = await newClient();
      expect((await client.ask(character)).receipt).to.include({ milliunits: 9n + BigInt("Hello there".length) });
    });

    it("carries the same receipt when it is streamed", async () => {
      const client = await newClient();
      const { text, receipt } = await client.ask(character, { stream: true });
      expect(text).to.equal("Hello there");
      expect(receipt).to.include({ sequence: 1n, milliunits: 11n });
    });

    it("links each receipt to the one before", async () => {
      const client = await newClient();
      const first = await client.ask(character);
      client.take(first);
      expect((await client.acknowledge()).status).to.equal(204);
      const second = await client.ask(character, { stream: true });
      expect(first.receipt && hashReceipt(first.receipt)).to.equal(second.receipt?.previous);
      client.take(second);
      expect(await client.status()).to.include({ cumulative: client.state.cumulative, head: client.state.head });
    });

    it("is signed by the operator, and the statement shows it with the request", async () => {
      const client = await newClient();
      client.take(await client.ask(character));
      const statement = await client.statement();
      expect(statement.entries).to.have.length(1);
      expect(await auditReceipts(world, client, statement)).to.equal(client.state.cumulative);
    });
  });

  describe("an idempotency key", () => {
    it("gives the same answer and one charge, streamed or not", async () => {
      const client = await newClient();
      const id = randomId();
      const first = await client.ask(character, { id });
      const upstreamCalls = world.upstream.count();
      const again = await client.ask(character, { id });
      expect(again).to.deep.equal(first);
      expect(world.upstream.count()).to.equal(upstreamCalls);
      expect((await client.status()).sequence).to.equal(1n);

      const other = await newClient();
      const streamed = await other.ask(character, { id, stream: true });
      expect(await other.ask(character, { id, stream: true })).to.deep.equal(streamed);
    });

    it("gives the same answer although the prices changed meanwhile", async () => {
      const priced = await world.publish(PRICES);
      const client = await newClient();
      const id = randomId();
      const first = await client.ask(priced, { id });
      await world.setTerms(priced, { perInference: 20_000n, perUnit: 1n });
      await relayer.watcher.look();
      expect(await client.ask(priced, { id })).to.deep.equal(first);
      const refused = await client.ask(priced);
      expect(refused.error?.code).to.equal("terms_changed");
      expect(refused.error?.stelai).to.include({ termsVersion: "2" });
    });

    it("is refused with request_differs for another body", async () => {
      const client = await newClient();
      const id = randomId();
      await client.ask(character, { id });
      const other = await client.ask(character, { id, text: "Something else" });
      expect([other.status, other.error?.code]).to.deep.equal([409, "request_differs"]);
    });

    it("is refused with request_in_progress while it is served", async () => {
      const client = await newClient();
      const id = randomId();
      let release: () => void = () => {};
      const reached = new Promise<void>((resolve) => {
        world.upstream.behave = async (response) => {
          begin(response);
          resolve();
          await new Promise<void>((go) => {
            release = go;
          });
          say(response, "Late");
          end(response, USAGE);
        };
      });
      const first = client.ask(character, { id });
      await reached;
      const second = await client.ask(character, { id });
      expect([second.status, second.error?.code]).to.deep.equal([409, "request_in_progress"]);
      release();
      expect((await first).receipt?.sequence).to.equal(1n);
    });
  });

  describe("a payment", () => {
    const refusals: [
      string,
      number,
      string,
      (client: TabClient) => Promise<{ status: number; error: { code: string } | undefined }>,
    ][] = [
      [
        "signed by another key",
        401,
        "invalid_payment",
        (c) => c.ask(character, { key: privateKeyToAccount(generatePrivateKey()) }),
      ],
      ["over another body", 401, "invalid_payment", (c) => c.ask(character, { signedBody: "{}" })],
      ["after its deadline", 401, "invalid_payment", (c) => c.ask(character, { deadline: 1n })],
      ["for older terms", 409, "terms_changed", (c) => c.ask(character, { termsVersion: 2n })],
      ["for less than it may cost", 409, "max_cost_too_low", (c) => c.ask(character, { maxCost: 10_000n })],
    ];
    for (const [what, status, code, ask] of refusals) {
      it(`${what} is refused with ${code}, and nothing is held`, async () => {
        const client = await newClient();
        const refused = await ask(client);
        expect([refused.status, refused.error?.code]).to.deep.equal([status, code]);
        expect(await client.status()).to.include({ cumulative: 0n, reserved: 0n, sequence: 0n });
      });
    }

    it("for less than it may cost is told the prices in force, the operator's among them", async () => {
      const client = await newClient();
      const { error } = await client.ask(character, { maxCost: 10_000n });
      expect(error?.stelai).to.include({ termsVersion: "1", feePerUnit: String(FEE) });
      expect(error?.stelai).to.have.nested.property("terms.perUnit", String(PRICES.perUnit));
      expect(error?.stelai).to.have.nested.property("quote.total");
    });

    it("holds nothing when it cannot be told whether the account is blocked", async () => {
      const client = await newClient();
      const { blocklist } = relayer.services.people;
      const isAccountBlocked = blocklist.isAccountBlocked;
      blocklist.isAccountBlocked = () => Promise.reject(new Error("the connection was lost"));
      try {
        expect((await client.ask(character)).status).to.equal(500);
      } finally {
        blocklist.isAccountBlocked = isAccountBlocked;
      }
      expect(await client.status()).to.include({ cumulative: 0n, reserved: 0n, sequence: 0n });
    });

    it("is let go of when the database's answer to holding it was lost", async () => {
      const client = await newClient();
      await client.status();
      const { store, metering } = relayer.services;
      const { book, transaction } = store;
      const lost = () => Promise.reject(new Error("the connection was lost"));
      store.book = (batch) => book(batch).then(lost);
      store.transaction = (work) => transaction(work).then(lost);
      try {
        expect((await client.ask(character)).status).to.equal(500);
      } finally {
        Object.assign(store, { book, transaction });
      }
      expect((await client.status()).reserved > 0n).to.equal(true);
      await metering.tend();
      expect((await client.status()).reserved).to.equal(0n);
    });

    it("for a tab that does not exist is refused with tab_not_found", async () => {
      const { key } = await world.openTab(1_000_000n);
      const refused = await relayer.client({ tabId: 999_999n, key }).ask(character);
      expect([refused.status, refused.error?.code]).to.deep.equal([404, "tab_not_found"]);
    });

    it("that is missing is refused with payment_required and the quote", async () => {
      const client = await newClient();
      const { body } = await client.request(character);
      const refused = await client.send(body, { "Content-Type": "application/json" });
      expect([refused.status, refused.error?.code]).to.deep.equal([402, "payment_required"]);
      expect(refused.error?.stelai).to.have.nested.property("quote.total");
    });
  });

  describe("a tab", () => {
    it("that cannot hold the maximum says what is left and what is needed, and serves a shorter answer", async () => {
      const client = await newClient(15_000n);
      const refused = await client.ask(character, { maxTokens: 1_000 });
      expect([refused.status, refused.error?.code]).to.deep.equal([402, "tab_exhausted"]);
      expect(refused.error?.stelai).to.include({ available: "15000" });
      expect((await client.ask(character, { maxTokens: 16 })).status).to.equal(200);
    });

    it("never spends more than its cap, however many ask at once", async () => {
      const client = await newClient(40_000n);
      const answers = await Promise.all(Array.from({ length: 12 }, () => client.ask(character, { maxTokens: 16 })));
      client.take(...answers);
      const served = answers.filter(({ status }) => status === 200).length;
      expect(served).to.be.within(1, 3);
      const status = await client.status();
      expect(status.cumulative).to.equal(client.state.cumulative);
      expect(status.cumulative <= 40_000n).to.equal(true);
      expect(status.reserved).to.equal(0n);
    });

    it("that was rotated takes only the new key for requests, and the old one's vouchers", async () => {
      const client = await newClient();
      client.take(await client.ask(character));
      const next = privateKeyToAccount(generatePrivateKey());
      await world.meter("rotate", [world.operator.address, client.tab.tabId, next.address]);
      await relayer.watcher.look();
      const refused = await client.ask(character);
      expect([refused.status, refused.error?.code]).to.deep.equal([401, "invalid_payment"]);
      expect((await client.acknowledge()).status).to.equal(204);
      expect((await client.ask(character, { key: next })).status).to.equal(200);
    });

    it("that its payer closes is honoured as soon as it is seen", async () => {
      const client = await newClient();
      await client.ask(character);
      await world.meter("requestClose", [world.operator.address, client.tab.tabId]);
      await relayer.watcher.look();
      const refused = await client.ask(character);
      expect([refused.status, refused.error?.code]).to.deep.equal([410, "tab_closed"]);
    });

    it("that was topped up can spend more", async () => {
      const client = await newClient(15_000n);
      await client.ask(character, { maxTokens: 16 });
      await world.meter("topUp", [world.operator.address, client.tab.tabId, 100_000]);
      await relayer.watcher.look();
      expect((await client.status()).cap).to.equal(115_000n);
    });
  });

  describe("unsigned exposure", () => {
    it("above the tab's limit is refused with the total to sign, and served once that is signed", async () => {
      const client = await newClient();
      const limit = (await client.status()).exposureLimit;
      let refused: Awaited<ReturnType<TabClient["ask"]>> | undefined;
      for (let asked = 0; asked < 10 && refused === undefined; asked += 1) {
        const answered = await client.ask(character, { maxTokens: 16 });
        if (answered.status === 200) client.take(answered);
        else refused = answered;
      }
      expect([refused?.status, refused?.error?.code]).to.deep.equal([402, "voucher_required"]);
      expect(refused?.error?.stelai).to.include({ cumulative: String(client.state.cumulative) });
      expect(client.state.cumulative <= limit).to.equal(true);
      expect((await client.acknowledge()).status).to.equal(204);
      expect((await client.ask(character, { maxTokens: 16 })).status).to.equal(200);
    });
  });

  describe("a hundred requests at once on one tab", () => {
    it("are charged exactly what was served", async () => {
      const generous = await serveRelayer(world, { FEE_PER_UNIT_CHAT: String(FEE), EXPOSURE_INITIAL: "1000000000" });
      try {
        const client = generous.client(await world.openTab(100_000_000n));
        let turn = 0;
        world.upstream.behave = (response) => {
          turn += 1;
          begin(response);
          say(response, "word ".repeat(turn % 7));
          end(response, turn % 3 === 0 ? { prompt_tokens: 5, completion_tokens: turn % 7 } : undefined);
        };
        const answers = await Promise.all(
          Array.from({ length: 100 }, (_, index) => client.ask(character, { stream: index % 2 === 0 })),
        );
        const served = answers.filter(({ receipt }) => receipt !== undefined);
        client.take(...served);
        const status = await client.status();
        expect(status).to.include({
          cumulative: client.state.cumulative,
          reserved: 0n,
          sequence: BigInt(served.length),
        });
        const total = served.reduce((sum, { receipt }) => sum + (receipt?.amount ?? 0n) + (receipt?.fee ?? 0n), 0n);
        expect(status.cumulative).to.equal(total);
        expect(served.length).to.be.greaterThan(80);
        // What the upstream left empty was not charged.
        for (const one of answers) expect(one.receipt === undefined).to.equal(one.text === "");
      } finally {
        await generous.stop();
      }
    });
  });

  describe("lines", () => {
    it("at their limit are sealed by themselves, so that a seventeenth character can be paid", async () => {
      const free = { perInference: 100n, perUnit: 0n };
      const characters = await Promise.all(Array.from({ length: 1 }, () => world.publish(free)));
      for (let index = 1; index < 17; index += 1) characters.push(await world.publish(free));
      const client = await newClient();
      for (const [index, one] of characters.entries()) {
        const answered = await client.ask(one, { maxTokens: 8 });
        expect(answered.status, `character ${index}: ${answered.error?.code}`).to.equal(200);
        if (answered.base !== undefined && answered.base > client.state.base) {
          client.state = { ...client.state, base: answered.base, lines: [] };
        }
        client.take(answered);
        expect((await client.acknowledge()).status).to.equal(204);
      }
      expect(client.state.base).to.be.greaterThan(0n as never);
    });
  });
});
