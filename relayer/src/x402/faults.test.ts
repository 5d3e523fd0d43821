import { setTimeout as delay } from "node:timers/promises";
import { stelaiAbi } from "@stelai/sdk/abis";
import { expect } from "chai";
import { sql } from "drizzle-orm";
import { type Address, createPublicClient, http, type PrivateKeyAccount } from "viem";
import { hardhat } from "viem/chains";
import { startPostgres, type TestPostgres } from "../../test/postgres.ts";
import { spawnRelayer } from "../../test/process.ts";
import { answer, cutAfter, fail, stallAfter } from "../../test/upstream.ts";
import type { ServedRelayer } from "../../test/world.ts";
import {
  AUTHORIZATION,
  bend,
  bringAsStranger,
  chatBody,
  codeOf,
  errorOf,
  type Payload,
  type PayWorld,
  payloadIn,
  post,
  settledIn,
  signedRequest,
  startPayWorld,
  stockHeader,
} from "../../test/x402.ts";

const CHAT = "/v1/chat/completions";

describe("Single payments: attacks and faults, with two relayers on one database", () => {
  let postgres: TestPostgres;
  let pay: PayWorld;
  let other: ServedRelayer;
  before(async () => {
    postgres = await startPostgres();
    pay = await startPayWorld({ DATABASE_URL: await postgres.database() });
    other = await pay.serve({ X402_SETTLE_SECONDS: "1" });
  });
  after(async () => {
    await other?.stop();
    await pay?.relayer.stop();
    await pay?.world.stop();
    await postgres?.stop();
  });
  beforeEach(() => {
    pay.world.upstream.behave = answer(["Hello", " there"]);
  });

  const chatUrl = () => `${pay.relayer.url}${CHAT}`;
  const client = () => createPublicClient({ chain: hardhat, transport: http(pay.world.chain.rpcUrl), cacheTime: 0 });
  const isUsed = ({ payload }: Payload): Promise<boolean> =>
    client().readContract({
      ...{ address: pay.world.chain.deployment.contracts.Stelai, abi: stelaiAbi, functionName: "authorizationState" },
      args: [payload.authorization.from, payload.authorization.nonce],
    });

  const give = (from: PrivateKeyAccount, to: Address, value: bigint) =>
    pay.world.write(from, "Stelai", "transfer", [to, value]);

  it("gives the same answer to the same payment again, from either relayer, for one charge", async () => {
    for (const stream of [false, true]) {
      const { body, header, paid, value } = await signedRequest(pay, chatBody(pay.chat, { stream }));
      const first = await post(chatUrl(), body, header);
      const [status, text] = [first.status, await first.text()];
      const asked = pay.world.upstream.count();
      for (const { url } of [pay.relayer, other]) {
        const again = await post(`${url}${CHAT}`, body, header);
        expect(again.status).to.equal(200);
        const said = await again.text();
        if (!stream) expect(said).to.equal(text);
        expect(said).to.include("Hello").and.to.include(" there");
        expect(settledIn(again)).to.deep.equal(settledIn(first));
      }
      expect(status).to.equal(200);
      expect(pay.world.upstream.count()).to.equal(asked);
      expect(await paid()).to.equal(value);
    }
  });

  it("refuses another request under the same payment, and the payment in another form", async () => {
    const { body, header, paid, value } = await signedRequest(pay);
    expect((await post(chatUrl(), body, header)).status).to.equal(200);
    const differs = await post(chatUrl(), chatBody(pay.chat, { seed: 1 }), header);
    expect(differs.headers.get("x-should-retry")).to.equal("false");
    const { code, message } = await errorOf(differs);
    expect([differs.status, code]).to.deep.equal([409, "request_differs"]);
    expect(message).to.include("This payment").and.to.include("sign a new payment");
    // All of it that is on the chain, and not the rest of the header.
    const { id: _, ...extra } = (payloadIn(header) as { accepted: { extra?: { id?: string } } }).accepted.extra ?? {};
    const copied = bend(header, (payload) => Object.assign(payload.accepted, { extra }));
    expect(await codeOf(await post(chatUrl(), body, copied))).to.deep.equal([409, "request_differs"]);
    expect(await paid()).to.equal(value);
  });

  it("refuses what is not exactly what was asked for, before anything is done for it", async () => {
    const other = "0x00000000000000000000000000000000000000AA";
    const cases: [reason: string, change: (payload: Payload) => void][] = [
      ["invalid_exact_evm_network_mismatch", ({ accepted }) => Object.assign(accepted, { network: "eip155:8453" })],
      ["invalid_exact_evm_asset_mismatch", ({ accepted }) => Object.assign(accepted, { asset: other })],
      ["invalid_exact_evm_recipient_mismatch", ({ accepted }) => Object.assign(accepted, { payTo: other })],
      ["invalid_exact_evm_recipient_mismatch", ({ payload }) => Object.assign(payload.authorization, { to: other })],
      ["unsupported_scheme", ({ accepted }) => Object.assign(accepted, { scheme: "upto" })],
      [
        "invalid_exact_evm_payload_authorization_value_mismatch",
        ({ payload }) => Object.assign(payload.authorization, { value: "1" }),
      ],
      [
        "invalid_exact_evm_payload_authorization_valid_before",
        ({ payload }) => Object.assign(payload.authorization, { validBefore: "1000" }),
      ],
      [
        "invalid_exact_evm_payload_authorization_valid_after",
        ({ payload }) => Object.assign(payload.authorization, { validAfter: String(4_000_000_000) }),
      ],
      [
        "invalid_exact_evm_signature",
        ({ payload }) => Object.assign(payload.authorization, { nonce: `0x${"77".repeat(32)}` }),
      ],
      ["invalid_exact_evm_signature", ({ payload }) => Object.assign(payload, { signature: `0x${"11".repeat(65)}` })],
      ["invalid_payment", ({ payload }) => Object.assign(payload, { signature: "nothing" })],
    ];
    const asked = pay.world.upstream.count();
    for (const [reason, change] of cases) {
      const { body, header, paid } = await signedRequest(pay, chatBody(pay.chat), change);
      const response = await post(chatUrl(), body, header);
      expect(response.headers.has("PAYMENT-REQUIRED"), reason).to.equal(true);
      const { code, stelai } = await errorOf(response);
      expect([response.status, code, stelai], reason).to.deep.equal([402, "payment_refused", { reason }]);
      expect(await paid()).to.equal(0n);
    }
    const nonsense = await post(chatUrl(), chatBody(pay.chat), "%%%");
    expect(await codeOf(nonsense)).to.deep.equal([402, "payment_refused"]);
    expect(pay.world.upstream.count()).to.equal(asked);
  });

  it("works for a payer only as far as the payer's balance goes, however many ask at once", async () => {
    const poor = await pay.payer(0n);
    const body = chatBody(pay.chat);
    const empty = await post(chatUrl(), body, await stockHeader(pay, poor, await post(chatUrl(), body)));
    expect((await errorOf(empty)).stelai).to.deep.equal({ reason: "invalid_exact_evm_insufficient_balance" });

    const payer = await pay.payer(0n);
    const [first, second] = [
      await stockHeader(pay, payer, await post(chatUrl(), body)),
      await stockHeader(pay, payer, await post(chatUrl(), body)),
    ];
    await give(pay.world.payer, payer.address, (BigInt(payloadIn(first).payload.authorization.value) * 3n) / 2n);
    const asked = pay.world.upstream.count();
    const answers = await Promise.all([post(chatUrl(), body, first), post(`${other.url}${CHAT}`, body, second)]);
    expect(answers.map(({ status }) => status).sort()).to.deep.equal([200, 402]);
    expect(pay.world.upstream.count()).to.equal(asked + 1);
  });

  it("charges nothing when the upstream fails before its first words; the same payment pays the next try", async () => {
    for (const stream of [false, true]) {
      pay.world.upstream.behave = fail(500);
      const { body, header, paid, value } = await signedRequest(pay, chatBody(pay.chat, { stream }));
      expect(await codeOf(await post(chatUrl(), body, header))).to.deep.equal([502, "upstream_failed"]);
      expect(await isUsed(payloadIn(header))).to.equal(false);
      expect(await paid()).to.equal(0n);
      pay.world.upstream.behave = answer(["Now"]);
      expect((await post(chatUrl(), body, header)).status).to.equal(200);
      expect(await paid()).to.equal(value);
    }
  });

  it("charges nothing for an answer in one piece that broke off", async () => {
    pay.world.upstream.behave = cutAfter(["Half"]);
    const { body, header, paid } = await signedRequest(pay);
    expect(await codeOf(await post(chatUrl(), body, header))).to.deep.equal([502, "upstream_cut"]);
    expect(await paid()).to.equal(0n);
  });

  it("charges a stream that broke off, says so, and answers it anew without another charge, a few times", async () => {
    pay.world.upstream.behave = cutAfter(["Half"]);
    const { body, header, paid, value } = await signedRequest(pay, chatBody(pay.chat, { stream: true }));
    const broken = await (await post(chatUrl(), body, header)).text();
    expect(broken).to.include("Half").and.to.include("It was charged").and.to.include('"payment"');
    await (await post(chatUrl(), body, header)).text();
    pay.world.upstream.behave = answer(["Whole"]);
    const whole = await post(chatUrl(), body, header);
    expect(await whole.text())
      .to.include("Whole")
      .and.not.to.include('"error"');
    expect(await paid()).to.equal(value);

    pay.world.upstream.behave = cutAfter(["Half"]);
    const often = await signedRequest(pay, chatBody(pay.chat, { stream: true }));
    for (let tries = 0; tries < 3; tries += 1) await (await post(chatUrl(), often.body, often.header)).text();
    expect(await codeOf(await post(chatUrl(), often.body, often.header))).to.deep.equal([409, "payment_used_up"]);
    expect(await often.paid()).to.equal(often.value);
  });

  it("finishes what a client paid for and hung up on, and keeps it for who comes back", async () => {
    let go: () => void = () => {};
    const wait = new Promise<void>((resolve) => {
      go = resolve;
    });
    pay.world.upstream.behave = async (response) => {
      response.writeHead(200, { "Content-Type": "text/event-stream" });
      response.write(`data: ${JSON.stringify({ choices: [{ index: 0, delta: { content: "One" } }] })}\n\n`);
      await wait;
      answerRest(response);
    };
    const { body, header, paid, value } = await signedRequest(pay, chatBody(pay.chat, { stream: true }));
    const leaving = new AbortController();
    const response = await post(chatUrl(), body, header, { signal: leaving.signal });
    await (response.body as ReadableStream<Uint8Array>).getReader().read();
    leaving.abort();
    go();
    let again = await post(chatUrl(), body, header);
    while (again.status === 409) {
      await delay(50);
      again = await post(chatUrl(), body, header);
    }
    expect(await again.text())
      .to.include("One")
      .and.to.include(" two")
      .and.not.to.include('"error"');
    expect(await paid()).to.equal(value);
  });

  it("charges nothing when the client hung up before the first words", async () => {
    let gone: () => void = () => {};
    const left = new Promise<void>((resolve) => {
      gone = resolve;
    });
    const leaving = new AbortController();
    pay.world.upstream.behave = (response, body) => {
      leaving.abort();
      return stallAfter([], gone)(response, body);
    };
    const { body, header, paid, value } = await signedRequest(pay, chatBody(pay.chat, { stream: true }));
    await post(chatUrl(), body, header, { signal: leaving.signal }).catch(() => undefined);
    await left;
    expect(await paid()).to.equal(0n);
    pay.world.upstream.behave = answer(["Back"]);
    let again = await post(chatUrl(), body, header);
    while (again.status === 409) {
      await delay(50);
      again = await post(chatUrl(), body, header);
    }
    expect(again.status).to.equal(200);
    await again.text();
    expect(await paid()).to.equal(value);
  });

  it("charges nothing when the relayer stops before the first words; the same payment pays another relayer", async () => {
    for (const stream of [true, false]) {
      const stopping = await pay.serve();
      const { body, header, paid, value } = await signedRequest(pay, chatBody(pay.chat, { stream }));
      const reached = Promise.withResolvers<void>();
      pay.world.upstream.behave = () => reached.resolve();
      const asked = post(`${stopping.url}${CHAT}`, body, header);
      await reached.promise;
      await stopping.services.runs.close(0);
      expect(await codeOf(await asked)).to.deep.equal([503, "unavailable"]);
      expect(await paid()).to.equal(0n);
      await stopping.stop();
      pay.world.upstream.behave = answer(["Hello"]);
      expect((await post(chatUrl(), body, header)).status).to.equal(200);
      expect(await paid()).to.equal(value);
    }
  });

  it("gives what was charged although it cannot be kept, and again once it could be", async () => {
    const { db } = pay.relayer.services.store;
    await db.execute(sql`create function relayer.refuse() returns trigger language plpgsql
      as 'begin raise exception ''no room''; end'`);
    await db.execute(sql`create trigger refuse before update on relayer.x402_payments for each row
      when (new.answer is not null) execute function relayer.refuse()`);
    const given: Pick<Awaited<ReturnType<typeof signedRequest>>, "body" | "header" | "paid" | "value">[] = [];
    try {
      for (const stream of [true, false]) {
        const { body, header, paid, value } = await signedRequest(pay, chatBody(pay.chat, { stream }));
        const answered = await post(chatUrl(), body, header);
        expect([answered.status, settledIn(answered)?.success]).to.deep.equal([200, true]);
        expect(await answered.text())
          .to.include("Hello")
          .and.to.not.include("error");
        expect(await paid()).to.equal(value);
        given.push({ body, header, paid, value });
      }
    } finally {
      await db.execute(sql`drop function relayer.refuse cascade`);
    }
    const asked = pay.world.upstream.count();
    await pay.relayer.services.x402?.catchUp();
    for (const { body, header, paid, value } of given) {
      const again = await post(`${other.url}${CHAT}`, body, header);
      expect(again.status).to.equal(200);
      expect(await again.text()).to.include("Hello");
      expect(await paid()).to.equal(value);
    }
    expect(pay.world.upstream.count()).to.equal(asked);
  });

  it("takes a payment again that it could not let go of, as soon as it can", async () => {
    const { db } = pay.relayer.services.store;
    const { body, header, paid, value } = await signedRequest(pay);
    await db.execute(sql`create function relayer.refuse() returns trigger language plpgsql
      as 'begin raise exception ''no room''; end'`);
    await db.execute(sql`create trigger refuse before update on relayer.x402_payments for each row
      when (new.status = 'released') execute function relayer.refuse()`);
    try {
      pay.world.upstream.behave = fail(500);
      expect((await post(chatUrl(), body, header)).status).to.be.at.least(500);
      expect(await codeOf(await post(chatUrl(), body, header))).to.deep.equal([409, "request_in_progress"]);
    } finally {
      await db.execute(sql`drop function relayer.refuse cascade`);
    }
    pay.world.upstream.behave = answer(["Hello"]);
    expect((await post(chatUrl(), body, header)).status).to.equal(200);
    expect(await paid()).to.equal(value);
  });

  it("lets go of nothing that others hold when the database was away from all of them", async () => {
    const { body, header, paid, value } = await signedRequest(pay);
    const { from: payer, nonce } = payloadIn(header).payload.authorization;
    const reached = Promise.withResolvers<void>();
    const goOn = Promise.withResolvers<void>();
    pay.world.upstream.behave = async (response, asked) => {
      reached.resolve();
      await goOn.promise;
      await answer(["Hello"])(response, asked);
    };
    const answered = post(`${other.url}${CHAT}`, body, header);
    await reached.promise;
    const { services } = pay.relayer;
    await services.store.db.execute(sql`update relayer.instances set seen_at = now() - interval '1 hour'`);
    // The first one that is back, and one that is new.
    const newcomer = await pay.serve();
    for (const { metering, x402 } of [services, newcomer.services]) {
      await metering.tend();
      await x402?.tend();
      expect((await x402?.recordOf({ payer, nonce }, undefined))?.status).to.equal("held");
    }
    await newcomer.stop();
    expect(await codeOf(await post(chatUrl(), body, header))).to.deep.equal([409, "request_in_progress"]);
    goOn.resolve();
    expect((await answered).status).to.equal(200);
    expect(await paid()).to.equal(value);
    // For the tests to come that was long ago.
    await services.store.db.execute(
      sql`update relayer.instances set seen_at = now(), since = now() - interval '1 hour'`,
    );
  });

  it("gives nothing to who spent it elsewhere before it was charged", async () => {
    for (const stream of [false, true]) {
      const { payer, body, header, paid } = await signedRequest(pay, chatBody(pay.chat, { stream }));
      const held = await pay.balanceOf(payer.address);
      pay.world.upstream.behave = async (response, asked) => {
        await give(payer, pay.world.creator.address, held);
        await answer(["Hello"])(response, asked);
      };
      const response = await post(chatUrl(), body, header);
      expect(settledIn(response)).to.deep.include({
        success: false,
        errorReason: "invalid_exact_evm_insufficient_balance",
      });
      const { code, stelai } = await errorOf(response);
      expect([response.status, code]).to.deep.equal([402, "payment_refused"]);
      expect(stelai).to.deep.equal({ reason: "invalid_exact_evm_insufficient_balance" });
      expect(await paid()).to.equal(held);
    }
  });

  it("distributes what somebody else brought to the chain, before or while it is answered, and answers", async () => {
    for (const when of ["before", "while"] as const) {
      const { body, header, paid, value } = await signedRequest(pay);
      const creator = await pay.claimable(pay.world.creator.address);
      if (when === "before") await bringAsStranger(pay, header);
      else {
        pay.world.upstream.behave = async (response, asked) => {
          await bringAsStranger(pay, header);
          await answer(["Hello"])(response, asked);
        };
      }
      const response = await post(chatUrl(), body, header);
      expect(response.status, when).to.equal(200);
      await response.text();
      expect(await paid()).to.equal(value);
      expect(await pay.balanceOf(pay.receiver)).to.equal(0n);
      const share = settledIn(response)?.extra?.lines[0]?.amount ?? 0n;
      expect(await pay.claimable(pay.world.creator.address)).to.equal(creator + (share * 9n) / 10n);
      expect((await post(chatUrl(), body, header)).status).to.equal(200);
      expect(await pay.balanceOf(pay.receiver)).to.equal(0n);
    }
  });

  it("asks for no other payment while a stranger's transaction with it waits to be mined", async () => {
    const { body, header, paid, value } = await signedRequest(pay);
    await pay.world.chain.request("evm_setAutomine", [false]);
    try {
      const sending = bringAsStranger(pay, header);
      const waits = async () => (await client().getBlock({ blockTag: "pending" })).transactions.length > 0;
      while (!(await waits()));
      expect(await codeOf(await post(chatUrl(), body, header))).to.deep.equal([503, "payment_pending"]);
      await pay.world.chain.request("evm_mine");
      await sending;
    } finally {
      await pay.world.chain.request("evm_setAutomine", [true]);
    }
    expect((await post(chatUrl(), body, header)).status).to.equal(200);
    expect(await paid()).to.equal(value);
    expect(await pay.balanceOf(pay.receiver)).to.equal(0n);
  });

  it("is not paid by an authorization that was used for something else", async () => {
    const { payer, body, header } = await signedRequest(pay);
    const { authorization } = payloadIn(header).payload;
    // The same nonce, signed once more for the payer's own account: the authorization is used, and nothing came.
    const { contracts, chainId } = pay.world.chain.deployment;
    const message = {
      ...{ from: payer.address, to: payer.address, value: BigInt(authorization.value) },
      ...{ validAfter: 0n, validBefore: BigInt(authorization.validBefore), nonce: authorization.nonce },
    };
    const types = { TransferWithAuthorization: AUTHORIZATION };
    const domain = { name: "Stelai", version: "1", chainId, verifyingContract: contracts.Stelai };
    const signature = await payer.signTypedData({ domain, types, primaryType: "TransferWithAuthorization", message });
    const bent = bend(header, ({ payload }) => Object.assign(payload, { signature }));
    const { from, to, value, validAfter, validBefore, nonce } = message;
    await pay.world.write(pay.world.creator, "Stelai", "transferWithAuthorization", [
      ...[from, to, value, validAfter, validBefore, nonce, signature],
    ]);
    for (const [one, reason] of [
      [header, "invalid_exact_evm_nonce_already_used"],
      [bent, "invalid_exact_evm_signature"],
    ] as const) {
      const response = await post(chatUrl(), body, one);
      expect((await errorOf(response)).stelai).to.deep.equal({ reason });
    }
  });

  it("charges once when both relayers are asked at the same time", async () => {
    const { body, header, paid, value } = await signedRequest(pay);
    const asked = pay.world.upstream.count();
    const answers = await Promise.all(
      [pay.relayer, other, pay.relayer, other].map(({ url }) => post(`${url}${CHAT}`, body, header)),
    );
    const statuses = answers.map(({ status }) => status);
    expect(statuses).to.include(200);
    expect(statuses.every((status) => status === 200 || status === 409)).to.equal(true);
    expect(pay.world.upstream.count()).to.equal(asked + 1);
    expect(await paid()).to.equal(value);
  });

  it("answers no 402 while the chain has not confirmed a payment, and finds it when it is asked again", async () => {
    const { body, header, paid, value } = await signedRequest(pay);
    await pay.world.chain.request("evm_setAutomine", [false]);
    try {
      const pending = await post(`${other.url}${CHAT}`, body, header);
      expect(settledIn(pending)).to.deep.include({ success: false, errorReason: "settlement_pending" });
      expect(settledIn(pending)?.transaction).to.match(/^0x[0-9a-f]{64}$/);
      expect(pending.headers.get("x-should-retry")).to.equal("false");
      expect(await codeOf(pending)).to.deep.equal([503, "payment_pending"]);
      // However often it is asked for: nothing is worked for meanwhile, and nothing is used up.
      const asked = pay.world.upstream.count();
      for (let tries = 0; tries < 3; tries += 1) {
        expect(await codeOf(await post(`${other.url}${CHAT}`, body, header))).to.deep.equal([503, "payment_pending"]);
      }
      expect(pay.world.upstream.count()).to.equal(asked);
      await pay.world.chain.request("evm_mine");
    } finally {
      await pay.world.chain.request("evm_setAutomine", [true]);
    }
    // An upstream that is out is no try either.
    pay.world.upstream.behave = fail(500);
    for (let tries = 0; tries < 4; tries += 1) {
      expect(await codeOf(await post(chatUrl(), body, header))).to.deep.equal([502, "upstream_failed"]);
    }
    pay.world.upstream.behave = answer(["Hello"]);
    expect((await post(chatUrl(), body, header)).status).to.equal(200);
    expect(await paid()).to.equal(value);
  });

  it("refuses a payment whose answer is no longer kept, and asks no upstream for another", async () => {
    const { body, header, paid, value } = await signedRequest(pay);
    expect((await post(chatUrl(), body, header)).status).to.equal(200);
    const { from, nonce } = payloadIn(header).payload.authorization;
    const { store, x402 } = pay.relayer.services;
    await store.db.execute(sql`update relayer.x402_payments set created_at = now() - interval '1 year'
      where payer = ${from.toLowerCase()} and nonce = ${nonce}`);
    await x402?.tend();
    const asked = pay.world.upstream.count();
    const { code, message } = await errorOf(await post(chatUrl(), body, header));
    expect(code).to.equal("payment_used_up");
    expect(message).to.include("no longer kept");
    expect(pay.world.upstream.count()).to.equal(asked);
    expect(await paid()).to.equal(value);
  });

  it("finds on the chain what a process sent that was killed before it was mined", async () => {
    const { chain, environment, operator } = pay.world;
    const killed = await spawnRelayer(environment(pay.settings));
    const { body, header, paid, value } = await signedRequest(pay);
    const sent = () => client().getTransactionCount({ address: operator.address, blockTag: "pending" });
    const before = await sent();
    await chain.request("evm_setAutomine", [false]);
    try {
      const answered = post(`${killed.url}${CHAT}`, body, header).catch(() => undefined);
      while ((await sent()) === before);
      await killed.kill();
      expect(await answered).to.equal(undefined);
      await chain.request("evm_mine");
    } finally {
      await chain.request("evm_setAutomine", [true]);
    }
    const { store, metering } = pay.relayer.services;
    const own = [metering.instance, other.services.metering.instance];
    // As if it had been away for as long as it takes for a process to count as dead.
    await store.db.execute(
      sql`update relayer.instances set seen_at = now() - interval '1 hour' where id not in ${own}`,
    );
    await pay.relayer.services.x402?.tend();
    const { from, nonce } = payloadIn(header).payload.authorization;
    const record = await pay.relayer.services.x402?.recordOf({ payer: from, nonce }, undefined);
    expect(record?.status).to.equal("settled");
    expect((await post(chatUrl(), body, header)).status).to.equal(200);
    expect(await paid()).to.equal(value);
  });
});

function answerRest(response: { write(text: string): void; end(text: string): void }): void {
  response.write(`data: ${JSON.stringify({ choices: [{ index: 0, delta: { content: " two" } }] })}\n\n`);
  response.write(`data: ${JSON.stringify({ choices: [{ index: 0, delta: {}, finish_reason: "stop" }] })}\n\n`);
  response.end("data: [DONE]\n\n");
}
