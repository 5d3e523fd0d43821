import { setImmediate } from "node:timers/promises";
import { stelaiAbi } from "@stelai/sdk/abis";
import { auditPayment, PaymentAuditError } from "@stelai/sdk/x402";
import { HTTPFacilitatorClient } from "@x402/core/http";
import { expect } from "chai";
import { sql } from "drizzle-orm";
import { createPublicClient, createWalletClient, http, type PrivateKeyAccount } from "viem";
import { hardhat } from "viem/chains";
import { gated, pictureOf } from "../../test/generations.ts";
import { signInAt } from "../../test/signIn.ts";
import { answer, fail } from "../../test/upstream.ts";
import type { ServedRelayer } from "../../test/world.ts";
import {
  bend,
  bringAsStranger,
  chatBody,
  codeOf,
  deploymentOf,
  errorOf,
  type Payload,
  type PayWorld,
  payloadIn,
  post,
  recordIn,
  resigned,
  signedRequest,
  startPayWorld,
  stockHeader,
} from "../../test/x402.ts";
import { TooManyGenerationsError } from "../generations/errors.ts";

const CHAT = "/v1/chat/completions";
const IMAGES = "/v1/images/generations";

describe("Single payments: what strangers bring, what is worked for and not paid, and what settling costs", () => {
  let pay: PayWorld;
  const others: ServedRelayer[] = [];
  before(async () => {
    pay = await startPayWorld();
  });
  after(async () => {
    for (const { stop } of others) await stop();
    await pay?.relayer.stop();
    await pay?.world.stop();
  });
  beforeEach(() => {
    pay.world.upstream.behave = answer(["Hello", " there"]);
    pay.provider.behave = async (request) => pictureOf(request);
  });

  /** Another relayer, with books of its own. */
  const serve = async (environment: Record<string, string>) => {
    const relayer = await pay.serve(environment);
    others.push(relayer);
    return relayer;
  };
  const chatAt = ({ url }: { url: string }) => `${url}${CHAT}`;
  const imagesAt = ({ url }: { url: string }) => `${url}${IMAGES}`;
  const imageBody = (seed: number) => JSON.stringify({ model: `stelai-${pay.tool}`, prompt: "a hill", seed });
  const client = () => createPublicClient({ chain: hardhat, transport: http(pay.world.chain.rpcUrl), cacheTime: 0 });
  const keyOf = ({ payload: { authorization } }: Payload) => ({
    payer: authorization.from,
    nonce: authorization.nonce,
  });
  const tend = async () => pay.relayer.services.x402?.tend();
  /** What the published facilitator client is told of it. */
  const verifiedAt = ({ url }: { url: string }, header: string) => {
    const payload = payloadIn(header);
    return new HTTPFacilitatorClient({ url: `${url}/x402` }).verify(payload as never, payload.accepted as never);
  };
  const recordOf = async (header: string) => pay.relayer.services.x402?.recordOf(keyOf(payloadIn(header)), undefined);
  const change = (header: string, set: string) => {
    const { payer, nonce } = keyOf(payloadIn(header));
    return pay.relayer.services.store.db.execute(
      sql`update relayer.x402_payments set ${sql.raw(set)} where payer = ${payer.toLowerCase()} and nonce = ${nonce}`,
    );
  };

  const sendAsStranger = (header: string) => bringAsStranger(pay, header);
  const give = (from: PrivateKeyAccount, value: bigint) =>
    pay.world.write(from, "Stelai", "transfer", [pay.world.creator.address, value]);
  /** Has who pays spend everything elsewhere while the upstream answers. */
  const spendWhileAnswered = (payer: PrivateKeyAccount) => {
    pay.world.upstream.behave = async (response, asked) => {
      await give(payer, await pay.balanceOf(payer.address));
      await answer(["Hello"])(response, asked);
    };
  };

  describe("what somebody else brings to the chain", () => {
    it("after an answer failed is distributed, and answered once when its payer comes back", async () => {
      const { body, header, paid, value } = await signedRequest(pay);
      const creator = await pay.claimable(pay.world.creator.address);
      pay.world.upstream.behave = fail(500);
      expect(await codeOf(await post(chatAt(pay.relayer), body, header))).to.deep.equal([502, "upstream_failed"]);
      await sendAsStranger(header);
      expect(await pay.balanceOf(pay.receiver)).to.equal(value);
      await tend();
      await tend();
      expect(await pay.balanceOf(pay.receiver)).to.equal(0n);
      expect((await pay.claimable(pay.world.creator.address)) > creator).to.equal(true);
      expect(await recordOf(header)).to.include({ status: "settled", by: "distribute" });
      pay.world.upstream.behave = answer(["Hello"]);
      const asked = pay.world.upstream.count();
      for (let again = 0; again < 2; again += 1) {
        expect((await post(chatAt(pay.relayer), body, header)).status).to.equal(200);
      }
      expect(pay.world.upstream.count()).to.equal(asked + 1);
      expect(await paid()).to.equal(value);
      expect(await pay.balanceOf(pay.receiver)).to.equal(0n);
    });

    it("has a bill that is its payer's alone, and is told apart from any other by the chain", async () => {
      const deployment = deploymentOf(pay);
      const passes = `${pay.relayer.url}/v1/characters/${pay.chat}/pass`;
      const other = await pay.payer();
      for (const [url, body] of [
        [chatAt(pay.relayer), chatBody(pay.chat)],
        [passes, ""],
      ] as const) {
        const { header } = await signedRequest(pay, body, undefined, url);
        await sendAsStranger(header);
        const response = await post(url, body, header);
        expect(response.status, await response.clone().text()).to.equal(200);
        const record = await recordIn(pay, response);
        expect(record.by).to.equal("distribute");
        await auditPayment({ deployment, client: client(), record });
        const [line, ...rest] = record.lines;
        const differing = [
          ...[{ payer: other.address }, { nonce: `0x${"00".repeat(32)}` as const }, { value: record.value + 1n }],
          ...[{ brought: null }, { brought: record.transaction }, { passOf: record.passOf === null ? 1n : null }],
          ...(line === undefined ? [] : [{ lines: [{ ...line, amount: line.amount - 1n }, ...rest] }]),
        ];
        for (const one of differing) {
          const audited = auditPayment({ deployment, client: client(), record: { ...record, ...one } });
          expect(await audited.catch((error: unknown) => error), Object.keys(one).join()).to.be.instanceOf(
            PaymentAuditError,
          );
        }
      }
    });

    it("while a process held it that died is distributed", async () => {
      const { body, header, paid, value } = await signedRequest(pay);
      pay.world.upstream.behave = fail(500);
      await post(chatAt(pay.relayer), body, header);
      await change(header, "status = 'held', instance = 'gone'");
      await sendAsStranger(header);
      await tend();
      await tend();
      expect(await pay.balanceOf(pay.receiver)).to.equal(0n);
      pay.world.upstream.behave = answer(["Hello"]);
      expect((await post(chatAt(pay.relayer), body, header)).status).to.equal(200);
      expect(await paid()).to.equal(value);
    });

    it("after an image failed is distributed, and the image made and given for it, once", async () => {
      const { body, header, paid, value } = await signedRequest(pay, imageBody(1), undefined, imagesAt(pay.relayer));
      pay.provider.behave = async () => {
        throw new Error("broken");
      };
      expect((await post(imagesAt(pay.relayer), body, header)).status).to.equal(502);
      await sendAsStranger(header);
      await tend();
      await tend();
      expect(await pay.balanceOf(pay.receiver)).to.equal(0n);
      pay.provider.behave = async (request) => pictureOf(request);
      const asked = pay.provider.asked.length;
      const made = await post(imagesAt(pay.relayer), body, header);
      expect(made.status, await made.clone().text()).to.equal(200);
      expect((await post(imagesAt(pay.relayer), body, header)).status).to.equal(200);
      expect(pay.provider.asked.length).to.equal(asked + 1);
      expect(await paid()).to.equal(value);
      const [row] = await pay.relayer.services.generations.ofAccount(keyOf(payloadIn(header)).payer);
      await pay.relayer.services.generations.remove(row?.id ?? "");
      expect((await post(imagesAt(pay.relayer), body, header)).status).to.equal(404);
    });

    it("is not waited for when nobody does: what a process held that died is free again", async () => {
      const { payer, body, header } = await signedRequest(pay);
      pay.world.upstream.behave = fail(500);
      await post(chatAt(pay.relayer), body, header);
      await change(header, "status = 'held', instance = 'gone'");
      await give(payer, (await pay.balanceOf(payer.address)) - BigInt(payloadIn(header).payload.authorization.value));
      pay.world.upstream.behave = answer(["Hello"]);
      const second = await stockHeader(pay, payer, await post(chatAt(pay.relayer), body));
      expect((await errorOf(await post(chatAt(pay.relayer), body, second))).stelai).to.deep.equal({
        reason: "invalid_exact_evm_insufficient_balance",
      });
      await tend();
      expect(await recordOf(header)).to.include({ status: "released", reason: "interrupted" });
      expect((await post(chatAt(pay.relayer), body, second)).status).to.equal(200);
    });
  });

  describe("what is worked for", () => {
    it("has a payment that is valid for long enough to be charged when it is done", async () => {
      for (const [url, body] of [
        [chatAt(pay.relayer), chatBody(pay.chat)],
        [imagesAt(pay.relayer), imageBody(2)],
      ] as const) {
        const near = ({ payload: { authorization } }: Payload) => {
          authorization.validBefore = String(pay.relayer.services.chain.head().timestamp + 100n);
        };
        const asked = [pay.world.upstream.count(), pay.provider.asked.length];
        const { payer, header } = await signedRequest(pay, body, undefined, url);
        const short = await resigned(pay, payer, bend(header, near));
        const { stelai } = await errorOf(await post(url, body, short));
        expect(stelai).to.deep.equal({ reason: "invalid_exact_evm_payload_authorization_valid_before" });
        expect([pay.world.upstream.count(), pay.provider.asked.length]).to.deep.equal(asked);
        expect((await post(url, body, header)).status).to.equal(200);
      }
    });

    it("and not paid in the end stops for the day after a few, for its payer and for its network", async () => {
      const strict = await serve({ X402_UNPAID_PER_DAY: "2", X402_UNPAID_PER_NETWORK_PER_DAY: "3" });
      const url = chatAt(strict);
      const body = chatBody(pay.chat);
      const payer = await pay.payer();
      const header = async (account: PrivateKeyAccount) => stockHeader(pay, account, await post(url, body));
      // What fails by the operator's doing, and what is charged, does not count.
      for (let time = 0; time < 3; time += 1) {
        const one = await header(payer);
        pay.world.upstream.behave = fail(500);
        expect((await post(url, body, one)).status).to.equal(502);
        pay.world.upstream.behave = answer(["Hello"]);
        expect((await post(url, body, one)).status).to.equal(200);
      }
      for (let time = 0; time < 2; time += 1) {
        const one = await header(payer);
        spendWhileAnswered(payer);
        expect((await post(url, body, one)).status).to.equal(402);
        await pay.world.give(payer, 10n);
      }
      pay.world.upstream.behave = answer(["Hello"]);
      const asked = pay.world.upstream.count();
      const last = await header(payer);
      const refused = await post(url, body, last);
      expect(refused.headers.get("x-should-retry")).to.equal("false");
      expect(await codeOf(refused)).to.deep.equal([429, "rate_limited"]);
      expect(pay.world.upstream.count()).to.equal(asked);
      // Nor does a seller work for it that has its payments verified and settled here.
      expect(await verifiedAt(strict, last)).to.deep.include({
        ...{ isValid: false, invalidReason: "too_much_unpaid", payer: payer.address },
      });
      expect((await verifiedAt(strict, await header(await pay.payer()))).isValid).to.equal(true);

      const other = await pay.payer();
      spendWhileAnswered(other);
      expect((await post(url, body, await header(other))).status).to.equal(402);
      pay.world.upstream.behave = answer(["Hello"]);
      expect((await post(url, body, await header(await pay.payer()))).status).to.equal(429);
    });

    it("counts while it waits for the chain, and when the answer is to stop before its first word", async () => {
      const strict = await serve({ X402_UNPAID_PER_DAY: "1", X402_SETTLE_SECONDS: "1" });
      const [chat, body] = [chatAt(strict), chatBody(pay.chat)];
      const payer = await pay.payer();
      const refusalOf = async (asked: string) =>
        codeOf(await post(chat, asked, await stockHeader(pay, payer, await post(chat, asked))));
      const refusal = () => refusalOf(body);
      const { url } = strict;
      const pass = `${url}/v1/characters/${pay.chat}/pass`;
      const header = await stockHeader(pay, payer, await post(pass, ""));
      const seller = await stockHeader(pay, await pay.payer(), await post(chat, body));
      await pay.world.chain.request("evm_setAutomine", [false]);
      try {
        expect(await codeOf(await post(pass, "", header))).to.deep.equal([503, "payment_pending"]);
        expect(await refusal()).to.deep.equal([429, "rate_limited"]);
        // What is on its way is as good for whoever asks again.
        const payload = payloadIn(seller);
        const facilitator = new HTTPFacilitatorClient({ url: `${url}/x402` });
        await facilitator.settle(payload as never, payload.accepted as never).catch(() => undefined);
        expect(await verifiedAt(strict, seller)).to.deep.include({ isValid: true });
        await pay.world.chain.request("evm_mine");
      } finally {
        await pay.world.chain.request("evm_setAutomine", [true]);
      }
      expect((await post(pass, "", header)).status).to.equal(200);
      pay.world.upstream.behave = answer([]);
      const asked = pay.world.upstream.count();
      // By the upstream's doing, and by the payer's.
      for (const told of [body, body, chatBody(pay.chat, { stop: ["Hello"] })]) {
        expect(await refusalOf(told)).to.deep.equal([502, "upstream_failed"]);
      }
      expect(await refusal()).to.deep.equal([429, "rate_limited"]);
      expect(pay.world.upstream.count()).to.equal(asked + 3);
    });

    it("and waits for its turn is not begun when its payer cannot pay it any more", async () => {
      const url = imagesAt(pay.relayer);
      const payer = await pay.payer();
      const gate = gated();
      pay.provider.behave = gate.behave;
      const first = await stockHeader(pay, payer, await post(url, imageBody(11)));
      const second = await stockHeader(pay, payer, await post(url, imageBody(12)));
      const answers = [post(url, imageBody(11), first)];
      await gate.begun();
      answers.push(post(url, imageBody(12), second));
      const { generations } = pay.relayer.services;
      // The embedded database answers at once, and would leave the network no turn.
      while ((await generations.ofAccount(payer.address)).length < 2) await setImmediate();
      const one = BigInt(payloadIn(first).payload.authorization.value);
      const third = await stockHeader(pay, payer, await post(url, imageBody(13)));
      await give(payer, (await pay.balanceOf(payer.address)) - one);
      // What the payer still holds is of those two: no seller works for another one.
      expect(await verifiedAt(pay.relayer, third)).to.deep.include({
        ...{ isValid: false, invalidReason: "invalid_exact_evm_insufficient_balance" },
      });
      const asked = pay.provider.asked.length;
      gate.open();
      const [made, unpaid] = await Promise.all(answers);
      expect(made?.status).to.equal(200);
      expect(await codeOf(unpaid as Response)).to.deep.equal([402, "payment_refused"]);
      expect(pay.provider.asked.length).to.equal(asked);
      expect(await recordOf(second)).to.include({ status: "released" });
    });

    it("is taken so often a minute of one network, and less often when a contract must be asked who signed", async () => {
      const url = chatAt(await serve({ RATE_PAYMENTS_PER_MINUTE: "4", RATE_WRITES_PER_MINUTE: "1" }));
      const body = chatBody(pay.chat);
      const { header } = await signedRequest(pay, body, undefined, url);
      const garbled = bend(header, ({ payload }) => Object.assign(payload, { signature: `0x${"11".repeat(65)}` }));
      expect(await codeOf(await post(url, body, garbled))).to.deep.equal([402, "payment_refused"]);
      expect(await codeOf(await post(url, body, garbled))).to.deep.equal([429, "rate_limited"]);
      expect((await post(url, body, header)).status).to.equal(200);
      expect((await post(url, body, header)).status).to.equal(200);
      expect(await codeOf(await post(url, body, header))).to.deep.equal([429, "rate_limited"]);
    });
  });

  describe("settling", () => {
    it("takes none while gas costs more than the operator allows", async () => {
      const dear = await serve({ X402_MAX_GAS_PRICE: "0" });
      const { body, header, paid } = await signedRequest(pay, chatBody(pay.chat), undefined, chatAt(dear));
      const asked = pay.world.upstream.count();
      const response = await post(chatAt(dear), body, header);
      expect(await codeOf(response)).to.deep.equal([503, "unavailable"]);
      expect(response.headers.get("x-should-retry")).to.equal("false");
      expect(pay.world.upstream.count()).to.equal(asked);
      expect(await paid()).to.equal(0n);
      const refusal = await verifiedAt(dear, header).catch((error: Error) => error.message);
      expect(refusal).to.include("503");
    });

    it("takes none when what is left of the day's budget does not cover one", async () => {
      const { maxFeePerGas } = await client().estimateFeesPerGas();
      const budget = String(maxFeePerGas * 900_000n);
      const frugal = await serve({ X402_DAILY_BUDGET: budget, X402_MAXIMUM_GAS: "700000" });
      const one = await signedRequest(pay, chatBody(pay.chat), undefined, chatAt(frugal));
      expect((await post(chatAt(frugal), one.body, one.header)).status).to.equal(200);
      const two = await signedRequest(pay, chatBody(pay.chat), undefined, chatAt(frugal));
      const asked = pay.world.upstream.count();
      expect(await codeOf(await post(chatAt(frugal), two.body, two.header))).to.deep.equal([503, "unavailable"]);
      expect(pay.world.upstream.count()).to.equal(asked);
      // What was charged before is given again.
      expect((await post(chatAt(frugal), one.body, one.header)).status).to.equal(200);
    });

    it("sends again what was mined and reverted, while it can still be charged, a few times", async () => {
      const { payer, body, header, paid, value } = await signedRequest(pay);
      await revertOnce(header, payer);
      expect(await recordOf(header)).to.include({ status: "settled" });
      expect(await paid()).to.equal(value);
      const [row] = await rowsOf(header);
      expect(row).to.include({ reverts: 1 });
      expect((await post(chatAt(pay.relayer), body, header)).status).to.equal(200);

      const often = await signedRequest(pay);
      pay.world.upstream.behave = fail(500);
      await post(chatAt(pay.relayer), often.body, often.header);
      pay.world.upstream.behave = answer(["Hello"]);
      await change(often.header, "reverts = 3");
      const asked = pay.world.upstream.count();
      const refused = await post(chatAt(pay.relayer), often.body, often.header);
      expect(await codeOf(refused)).to.deep.equal([402, "payment_refused"]);
      expect(pay.world.upstream.count()).to.equal(asked);
      expect(await often.paid()).to.equal(0n);
    });

    it("goes on with one that was reverted when its process died, and says what was given and is lost", async () => {
      const { payer, body, header, value } = await signedRequest(pay);
      pay.world.upstream.behave = fail(500);
      await post(chatAt(pay.relayer), body, header);
      await change(header, "status = 'held', instance = 'gone', reverts = 1");
      await tend();
      await tend();
      expect(await recordOf(header)).to.include({ status: "settled" });

      pay.world.upstream.behave = fail(500);
      const lost = await stockHeader(pay, payer, await post(chatAt(pay.relayer), body));
      await post(chatAt(pay.relayer), body, lost);
      await change(lost, "status = 'held', instance = 'gone', reason = 'taken_back'");
      await give(payer, (await pay.balanceOf(payer.address)) - value + 1n);
      await tend();
      expect(await recordOf(lost)).to.include({
        ...{ status: "refused", reason: "invalid_exact_evm_insufficient_balance" },
      });
      const { metrics } = pay.relayer.services;
      expect(await metrics.registry.metrics()).to.include('stelai_x402_payments_total{outcome="lost"} 1');
    });
  });

  const rowsOf = async (header: string) => {
    const { payer, nonce } = keyOf(payloadIn(header));
    const found = await pay.relayer.services.store.db.execute(
      sql`select * from relayer.x402_payments where payer = ${payer.toLowerCase()} and nonce = ${nonce}`,
    );
    return (found as unknown as { rows: Record<string, unknown>[] }).rows;
  };

  /** Asks, and has the settlement mined in a block in which the payer's credits are away, and back after it. */
  const revertOnce = async (header: string, payer: PrivateKeyAccount) => {
    const { chain, operator } = pay.world;
    const waiting = () => client().getTransactionCount({ address: operator.address, blockTag: "pending" });
    const before = await waiting();
    const all = await pay.balanceOf(payer.address);
    const wallet = walletOf(pay, payer);
    const keeper = walletOf(pay, pay.world.payer);
    await chain.request("evm_setAutomine", [false]);
    try {
      const answered = post(chatAt(pay.relayer), chatBody(pay.chat), header);
      while ((await waiting()) === before);
      const { contracts } = chain.deployment;
      const transfer = { address: contracts.Stelai, abi: stelaiAbi, functionName: "transfer", gas: 200_000n } as const;
      const away = { ...transfer, args: [pay.world.creator.address, all] as const };
      const back = { ...transfer, args: [payer.address, all] as const };
      const fees = (gwei: bigint) => ({
        maxFeePerGas: 2_000_000_000_000n,
        maxPriorityFeePerGas: gwei * 1_000_000_000n,
      });
      await wallet.writeContract({ ...away, ...fees(500n), chain: hardhat, account: payer });
      await keeper.writeContract({
        ...back,
        maxPriorityFeePerGas: 1n,
        maxFeePerGas: 2_000_000_000_000n,
        chain: hardhat,
        account: pay.world.payer,
      });
      await chain.request("evm_mine");
      await chain.request("evm_setAutomine", [true]);
      expect((await answered).status).to.equal(200);
    } finally {
      await chain.request("evm_setAutomine", [true]);
    }
  };

  it("has two identical requests share one payment: one that finds no room lets go of nothing", async () => {
    const url = imagesAt(pay.relayer);
    const { body, header, paid, value } = await signedRequest(pay, imageBody(21), undefined, url);
    const { generations } = pay.relayer.services as { generations: Mutable };
    const gate = gated();
    pay.provider.behave = gate.behave;
    const { requireRoom } = generations;
    let first: Promise<Response> | undefined;
    generations.requireRoom = async () => {
      generations.requireRoom = requireRoom;
      // The other one comes in between, and takes the last place.
      first = post(url, body, header);
      await gate.begun();
      throw new TooManyGenerationsError(1);
    };
    const second = post(url, body, header);
    await gate.begun();
    gate.open();
    expect((await second).status).to.equal(200);
    expect((await first)?.status).to.equal(200);
    expect(await paid()).to.equal(value);
  });

  it("that come again when little of their time is left are what they were: being made, or brought by somebody else", async () => {
    const { timestamp } = await pay.relayer.services.chain.refresh();
    const until = (seconds: number) => (header: string) =>
      bend(header, ({ payload: { authorization } }) => {
        authorization.validBefore = String(Number(timestamp) + seconds);
      });
    const [chat, images] = [chatAt(pay.relayer), imagesAt(pay.relayer)];
    const made = await signedRequest(pay, imageBody(31), undefined, images);
    const image = await resigned(pay, made.payer, until(400)(made.header));
    const failed = await signedRequest(pay, chatBody(pay.chat), undefined, chat);
    const words = await resigned(pay, failed.payer, until(240)(failed.header));
    const gate = gated();
    pay.provider.behave = gate.behave;
    const first = post(images, imageBody(31), image);
    await gate.begun();
    pay.world.upstream.behave = fail(500);
    await post(chat, failed.body, words);
    await sendAsStranger(words);
    await pay.world.pass(100);
    await pay.relayer.services.chain.refresh();
    pay.world.upstream.behave = answer(["Hello"]);
    expect((await post(chat, failed.body, words)).status).to.equal(200);
    expect(await failed.paid()).to.equal(failed.value);
    const second = post(images, imageBody(31), image);
    gate.open();
    for (const one of [first, second]) expect((await one).status).to.equal(200);
    expect(await made.paid()).to.equal(made.value);
  });

  it("are taken along with an account, which is forgotten but for its bills, and bills are forgotten after long", async () => {
    const { payer, body, header } = await signedRequest(pay);
    expect((await post(chatAt(pay.relayer), body, header)).status).to.equal(200);
    const account = async (method: string, path = "") =>
      fetch(`${pay.relayer.url}/v1/account${path}`, { method, headers: await signInAt(pay.relayer, payer) });
    const exported = async () => ((await (await account("GET", "/export")).json()) as { payments: object[] }).payments;
    const { nonce } = keyOf(payloadIn(header));
    const [one, ...more] = await exported();
    expect(more).to.deep.equal([]);
    expect(one).to.include({ nonce, purpose: "chat", status: "settled", by: "settle" }).and.to.have.property("request");
    expect(one).not.to.have.any.keys("signature", "header", "answer", "instance");
    expect((await account("DELETE")).status).to.equal(204);
    const [row] = await rowsOf(header);
    expect(row).to.include({ status: "settled", answer: null, request: null });
    await change(header, "created_at = now() - interval '399 days'");
    await tend();
    expect(await rowsOf(header)).to.have.length(1);
    await change(header, "created_at = now() - interval '401 days'");
    await tend();
    expect(await rowsOf(header)).to.deep.equal([]);
    // What it paid is on the chain: it buys nothing again.
    const asked = pay.world.upstream.count();
    expect((await post(chatAt(pay.relayer), body, header)).status).to.equal(402);
    expect(pay.world.upstream.count()).to.equal(asked);
  });
});

/** What a test may put in the place of a service's own. */
type Mutable = { requireRoom: (requester: string) => Promise<void> };

function walletOf({ world }: PayWorld, account: PrivateKeyAccount) {
  return createWalletClient({ account, chain: hardhat, transport: http(world.chain.rpcUrl) });
}
