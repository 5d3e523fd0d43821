import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { x402RequiredSchema } from "@stelai/sdk/wire";
import { auditPayment, onlyReceivers, PaymentAuditError } from "@stelai/sdk/x402";
import { HTTPFacilitatorClient } from "@x402/core/http";
import { wrapFetchWithPayment } from "@x402/fetch";
import { expect } from "chai";
import {
  type Abi,
  type Address,
  createPublicClient,
  createWalletClient,
  getAddress,
  type Hex,
  http,
  keccak256,
  type PrivateKeyAccount,
  toHex,
} from "viem";
import { privateKeyToAccount } from "viem/accounts";
import { hardhat } from "viem/chains";
import { pictureOf } from "../../test/generations.ts";
import { answer, fail } from "../../test/upstream.ts";
import type { World } from "../../test/world.ts";
import {
  bend,
  chatBody,
  codeOf,
  deploymentOf,
  errorOf,
  FEE,
  LIFETIME,
  type PayWorld,
  payloadIn,
  post,
  recordIn,
  settledIn,
  signedRequest,
  startPayWorld,
  stockClient,
  stockFetch,
  stockHeader,
  WEI,
} from "../../test/x402.ts";

const CHAT = "/v1/chat/completions";
const IMAGES = "/v1/images/generations";

describe("Single payments by the published x402 client", () => {
  let pay: PayWorld;
  before(async () => {
    pay = await startPayWorld();
  });
  after(async () => {
    await pay?.relayer.stop();
    await pay?.world.stop();
  });
  beforeEach(() => {
    pay.world.upstream.behave = answer(["Hello", " there"]);
    pay.provider.behave = async (request) => pictureOf(request);
  });

  it("pays a chat in one piece: the quoted price and the fee, to the creator and the operator", async () => {
    const { relayer, chat, world } = pay;
    const payer = await pay.payer();
    const [held, creator, operator] = [
      await pay.balanceOf(payer.address),
      await pay.claimable(world.creator.address),
      await pay.claimable(world.operator.address),
    ];
    const body = chatBody(chat);
    const quote = (await (await post(`${relayer.url}/v1/quotes`, body)).json()) as Record<"amount" | "fee", string>;
    const response = await stockFetch(pay, payer)(`${relayer.url}${CHAT}`, {
      method: "POST",
      body,
      headers: { "Content-Type": "application/json" },
    });
    expect(response.status).to.equal(200);
    const answered = (await response.json()) as {
      choices: { message: { content: string } }[];
      stelai: { payment: object };
    };
    expect(answered.choices[0]?.message.content).to.equal("Hello there");
    const [amount, own] = [BigInt(quote.amount), BigInt(quote.fee) + FEE];
    const lines = [
      { characterId: chat, amount: amount * WEI },
      { characterId: 0n, amount: own * WEI },
    ];
    const settled = settledIn(response);
    expect(settled).to.deep.include({ success: true, payer: payer.address, network: "eip155:31337" });
    expect(settled?.extra?.lines).to.deep.equal(lines);
    expect(await pay.balanceOf(payer.address)).to.equal(held - (amount + own) * WEI);
    expect(await pay.claimable(world.creator.address)).to.equal(creator + (amount * WEI * 9n) / 10n);
    expect(await pay.claimable(world.operator.address)).to.equal(operator + (own * WEI * 9n) / 10n);
    expect(await pay.balanceOf(pay.receiver)).to.equal(0n);
    const record = await recordIn(pay, response);
    expect(record).to.deep.include({ status: "settled", lines, request: null, by: "settle", passOf: null });
    expect(record.transaction).to.equal(settled?.transaction);
    expect(record.usage?.completion_tokens).to.be.greaterThan(0);
  });

  it("pays a streamed chat, whose words come one by one once the chain has the payment", async () => {
    const { relayer, chat, world } = pay;
    const payer = await pay.payer();
    let go: () => void = () => {};
    const wait = new Promise<void>((resolve) => {
      go = resolve;
    });
    world.upstream.behave = async (response) => {
      response.writeHead(200, { "Content-Type": "text/event-stream" });
      const say = (content: string) =>
        response.write(
          `data: ${JSON.stringify({ choices: [{ index: 0, delta: { content }, finish_reason: null }] })}\n\n`,
        );
      say("One");
      await wait;
      say(" two");
      response.write(`data: ${JSON.stringify({ choices: [{ index: 0, delta: {}, finish_reason: "stop" }] })}\n\n`);
      response.end("data: [DONE]\n\n");
    };
    const response = await stockFetch(pay, payer)(`${relayer.url}${CHAT}`, {
      method: "POST",
      body: chatBody(chat, { stream: true }),
      headers: { "Content-Type": "application/json" },
    });
    expect(settledIn(response)?.success).to.equal(true);
    const reader = (response.body as ReadableStream<Uint8Array>).getReader();
    const first = new TextDecoder().decode((await reader.read()).value);
    expect(first).to.include('"content":"One"');
    go();
    let rest = "";
    for (let part = await reader.read(); !part.done; part = await reader.read())
      rest += new TextDecoder().decode(part.value);
    expect(rest).to.include('" two"').and.to.include('"payment":{').and.to.include("[DONE]");
  });

  it("pays an image, and gives it when it is there", async () => {
    const { relayer, tool } = pay;
    const payer = await pay.payer();
    const response = await stockFetch(pay, payer)(`${relayer.url}/v1/images/generations`, {
      method: "POST",
      body: JSON.stringify({ model: `stelai-${tool}`, prompt: "a hill", size: "512x512" }),
      headers: { "Content-Type": "application/json" },
    });
    expect(response.status, await response.clone().text()).to.equal(200);
    const made = (await response.json()) as {
      data: { b64_json: string }[];
      stelai: { payment: { transaction: string } };
    };
    expect(made.data[0]?.b64_json.length).to.be.greaterThan(100);
    const settled = settledIn(response);
    expect(made.stelai.payment.transaction).to.equal(settled?.transaction);
    expect(settled?.extra?.lines).to.deep.equal([
      { characterId: tool, amount: 36_300n * WEI },
      { characterId: 0n, amount: FEE * WEI },
    ]);
  });

  it("buys a lifetime pass, which the payer holds on the chain", async () => {
    const { relayer, chat } = pay;
    const payer = await pay.payer();
    const held = await pay.balanceOf(payer.address);
    const response = await stockFetch(pay, payer)(`${relayer.url}/v1/characters/${chat}/pass`, { method: "POST" });
    expect(response.status, await response.clone().text()).to.equal(200);
    expect(await response.json()).to.deep.include({
      characterId: chat.toString(),
      account: payer.address,
      plan: "Lifetime",
    });
    expect(settledIn(response)?.extra?.passOf).to.equal(chat);
    expect(await pay.balanceOf(payer.address)).to.equal(held - (LIFETIME + FEE) * WEI);
    const access = await relayer.services.people.access.of(chat, payer.address);
    expect(relayer.services.people.access.isRunning(access, 0n)).to.equal(true);
  });

  it("says what is to be paid beside what our own clients read, and how to find it", async () => {
    const { relayer, chat } = pay;
    const response = await post(`${relayer.url}${CHAT}`, chatBody(chat));
    expect(response.status).to.equal(402);
    const header = response.headers.get("PAYMENT-REQUIRED") ?? "";
    const required = x402RequiredSchema.parse(JSON.parse(Buffer.from(header, "base64").toString()));
    expect(required.accepts[0]).to.deep.include({ scheme: "exact", network: "eip155:31337", payTo: pay.receiver });
    expect(required.accepts[0]?.extra).to.include({ name: "Stelai", version: "1" });
    expect(required.resource.url).to.match(/\/v1\/chat\/completions$/);
    expect(required.extensions).to.have.property("bazaar");
    const body = (await response.json()) as { error: { code: string; stelai: object }; accepts: unknown[] };
    expect(body.error.code).to.equal("payment_required");
    expect(body.error.stelai).to.have.property("quote");
    expect(body.accepts).to.have.length(1);
  });

  it("keeps a bill that the chain bears out, and shows what was asked to the payer alone", async () => {
    const { relayer, chat, world } = pay;
    const payer = await pay.payer();
    const body = chatBody(chat);
    const header = await stockHeader(pay, payer, await post(`${relayer.url}${CHAT}`, body));
    const response = await post(`${relayer.url}${CHAT}`, body, header);
    const record = await recordIn(pay, response);
    const client = createPublicClient({ chain: hardhat, transport: http(world.chain.rpcUrl) });
    const deployment = deploymentOf(pay);
    await auditPayment({ deployment, client, record });
    const lines = record.lines.map((line) => ({ ...line, amount: line.amount + 1n }));
    for (const other of [{ lines }, { value: 1n }, { passOf: 1n }, { nonce: `0x${"00".repeat(32)}` as const }]) {
      const differs = await auditPayment({ deployment, client, record: { ...record, ...other } }).catch(
        (error) => error,
      );
      expect(differs).to.be.instanceOf(PaymentAuditError);
    }
    const own = await relayer.services.x402?.recordOf(record, payer.address);
    expect(own?.request).to.equal(keccak256(toHex(`${CHAT}\n${body}`)));
    expect((await fetch(`${relayer.url}/x402/payments/${payer.address}/0x12`)).status).to.equal(404);
  });

  it("signs for an operator's receiver alone where the client is told to", async () => {
    const { relayer, chat, world } = pay;
    const client = createPublicClient({ chain: hardhat, transport: http(world.chain.rpcUrl) });
    const payer = await pay.payer();
    const careful = (to?: string) => {
      const stock = stockClient(pay, payer);
      const hook = onlyReceivers({ deployment: deploymentOf(pay), client });
      stock.onBeforePaymentCreation((context) =>
        hook({ selectedRequirements: { ...context.selectedRequirements, ...(to === undefined ? {} : { payTo: to }) } }),
      );
      return wrapFetchWithPayment(fetch, stock);
    };
    const request = { method: "POST", body: chatBody(chat), headers: { "Content-Type": "application/json" } };
    expect((await careful()(`${relayer.url}${CHAT}`, request)).status).to.equal(200);
    for (const to of [world.creator.address, world.chain.deployment.contracts.Payouts]) {
      const stopped = await careful(to)(`${relayer.url}${CHAT}`, request).catch((error: Error) => error);
      expect(stopped).to.be.instanceOf(Error);
      expect((stopped as Error).message).to.include("no operator's receiver");
    }
  });

  it("takes a payment of a contract wallet, and none that it does not stand by", async () => {
    const { relayer, chat, world } = pay;
    const owner = await pay.payer();
    const wallet = await deployWallet(world, owner);
    await world.write(owner, "Stelai", "transfer", [wallet, 10n * 10n ** 18n]);
    const held = await pay.balanceOf(wallet);
    const url = `${relayer.url}${CHAT}`;
    const body = chatBody(chat);
    // As smart accounts of viem are: an address of its own, signed for by its owner.
    const header = await stockHeader(pay, { ...owner, address: wallet }, await post(url, body));
    const response = await post(url, body, header);
    expect(response.status, await response.clone().text()).to.equal(200);
    expect(settledIn(response)?.payer).to.equal(wallet);
    expect(await pay.balanceOf(wallet)).to.equal(held - BigInt(settledIn(response)?.amount ?? 0));
    const stranger = await stockHeader(pay, { ...(await pay.payer()), address: wallet }, await post(url, body));
    const { stelai } = await errorOf(await post(url, body, stranger));
    expect(stelai).to.deep.equal({ reason: "invalid_exact_evm_signature" });
  });

  it("pays for the example of the documents", async () => {
    const { relayer, chat, world } = pay;
    const key = keccak256(toHex("who runs the example"));
    await world.give(privateKeyToAccount(key), 100n);
    const example = fileURLToPath(new URL("../../../scripts/examples/x402.ts", import.meta.url));
    const env = { ...process.env, PRIVATE_KEY: key, RPC_URL: world.chain.rpcUrl };
    const { stdout } = await promisify(execFile)(process.execPath, [example, relayer.url, `stelai-${chat}`], { env });
    expect(stdout)
      .to.include("Hello there")
      .and.to.match(/Paid 0\.\d+ credits in 0x[0-9a-f]{64}/)
      .and.to.include(`to character ${chat}`);
  });

  it("is a facilitator for the published facilitator client", async () => {
    const client = new HTTPFacilitatorClient({ url: `${pay.relayer.url}/x402` });
    const { kinds, signers } = await client.getSupported();
    expect(kinds[0]).to.include({ x402Version: 2, scheme: "exact", network: "eip155:31337" });
    expect(signers["eip155:*"]).to.deep.equal([pay.world.operator.address]);
  });

  it("gives the image of a payment again, and charges none that failed or that cannot be charged when it is made", async () => {
    const url = `${pay.relayer.url}${IMAGES}`;
    const imageBody = (seed: number) => JSON.stringify({ model: `stelai-${pay.tool}`, prompt: "a hill", seed });
    const good = await signedRequest(pay, imageBody(1), undefined, url);
    const first = await post(url, good.body, good.header);
    const made = await first.text();
    expect(first.status).to.equal(200);
    const again = await post(url, good.body, good.header);
    expect(await again.text()).to.equal(made);
    expect(settledIn(again)).to.deep.equal(settledIn(first));
    expect(await codeOf(await post(url, imageBody(2), good.header))).to.deep.equal([409, "request_differs"]);
    expect(await good.paid()).to.equal(good.value);

    const failing = await signedRequest(pay, imageBody(3), undefined, url);
    pay.provider.behave = async () => {
      throw new Error("broken");
    };
    expect((await post(url, failing.body, failing.header)).status).to.equal(502);
    expect(await failing.paid()).to.equal(0n);
    pay.provider.behave = async (request) => pictureOf(request);
    expect((await post(url, failing.body, failing.header)).status).to.equal(200);
    expect(await failing.paid()).to.equal(failing.value);

    const spent = await signedRequest(pay, imageBody(4), undefined, url);
    const held = await pay.balanceOf(spent.payer.address);
    pay.provider.behave = async (request) => {
      await pay.world.write(spent.payer, "Stelai", "transfer", [pay.world.creator.address, held]);
      return pictureOf(request);
    };
    expect(await codeOf(await post(url, spent.body, spent.header))).to.deep.equal([402, "payment_refused"]);
    const [row] = await pay.relayer.services.generations.ofAccount(spent.payer.address);
    expect(row).to.include({ status: "failed", errorCode: "payment_refused", file: null });
  });

  it("sells a pass once to one account, and none that is not for sale", async () => {
    const url = `${pay.relayer.url}/v1/characters/${pay.chat}/pass`;
    const { payer, header, paid, value } = await signedRequest(pay, "", undefined, url);
    const first = await post(url, "", header);
    expect(first.status).to.equal(200);
    const again = await post(url, "", header);
    expect([again.status, await again.text()]).to.deep.equal([200, await first.text()]);
    expect(await paid()).to.equal(value);
    const second = await stockHeader(pay, payer, await post(url, ""));
    const refused = await errorOf(await post(url, "", second));
    expect(refused.code).to.equal("payment_refused");
    expect(refused.message).to.include("AlreadyLifetime");
    const none = await post(`${pay.relayer.url}/v1/characters/${pay.tool}/pass`, "");
    expect(await codeOf(none)).to.deep.equal([409, "pass_not_for_sale"]);
  });

  it("verifies and settles for the published facilitator client what goes to its own receiver, once", async () => {
    const facilitator = new HTTPFacilitatorClient({ url: `${pay.relayer.url}/x402` });
    const { header, paid, value, body } = await signedRequest(pay);
    const payload = payloadIn(header) as never;
    const wanted = payloadIn(header).accepted as never;
    expect(await facilitator.verify(payload, wanted)).to.deep.include({ isValid: true });
    const elsewhere = { ...payloadIn(header).accepted, payTo: pay.world.creator.address } as never;
    expect(await facilitator.verify(payload, elsewhere)).to.deep.include({
      isValid: false,
      invalidReason: "invalid_exact_evm_recipient_mismatch",
    });
    const small = { ...payloadIn(header).accepted, amount: "1" } as never;
    expect((await facilitator.verify(payload, small)).isValid).to.equal(false);
    const tiny = bend(header, ({ payload: one, accepted }) => {
      Object.assign(one.authorization, { value: "1" });
      Object.assign(accepted, { amount: "1" });
    });
    expect(await facilitator.verify(payloadIn(tiny) as never, small)).to.deep.include({
      ...{ isValid: false, invalidReason: "amount_below_minimum" },
    });
    expect(await paid()).to.equal(0n);

    const operator = await pay.claimable(pay.world.operator.address);
    const settled = await facilitator.settle(payload, wanted);
    expect(settled).to.deep.include({ success: true, amount: value.toString() });
    // Whoever asks sells something for it: it buys one thing, and none of another price.
    expect(await facilitator.settle(payload, wanted)).to.deep.include({
      ...{ success: false, errorReason: "invalid_exact_evm_nonce_already_used", transaction: settled.transaction },
    });
    expect((await facilitator.settle(payload, small)).success).to.equal(false);
    // Nor is there anything to work for.
    const used = { isValid: false, invalidReason: "invalid_exact_evm_nonce_already_used" };
    expect(await facilitator.verify(payload, wanted)).to.deep.include(used);
    const failed = await signedRequest(pay);
    pay.world.upstream.behave = fail(500);
    expect((await post(`${pay.relayer.url}${CHAT}`, failed.body, failed.header)).status).to.equal(502);
    const own = payloadIn(failed.header);
    expect(await facilitator.verify(own as never, own.accepted as never)).to.deep.include(used);
    expect(await facilitator.settle(own as never, own.accepted as never)).to.deep.include({
      ...{ success: false, errorReason: used.invalidReason },
    });
    expect(await paid()).to.equal(value);
    expect(await pay.claimable(pay.world.operator.address)).to.equal(operator + (value * 9n) / 10n);
    // It was the operator's for something else: it pays no chat.
    expect(await codeOf(await post(`${pay.relayer.url}${CHAT}`, body, header))).to.deep.equal([409, "request_differs"]);

    const unpaid = bend(header, ({ payload: one }) =>
      Object.assign(one.authorization, { nonce: `0x${"99".repeat(32)}` }),
    );
    const refused = await facilitator.settle(payloadIn(unpaid) as never, wanted);
    expect(refused).to.deep.include({ success: false, errorReason: "invalid_exact_evm_signature" });
  });
});

/** A wallet that is a contract and stands by what its owner signs (ERC-1271). */
async function deployWallet(world: World, owner: PrivateKeyAccount): Promise<Address> {
  const path = new URL("../../../artifacts/contracts/mocks/ContractWallet.sol/ContractWallet.json", import.meta.url);
  const { abi, bytecode } = JSON.parse(readFileSync(path, "utf8")) as { abi: Abi; bytecode: Hex };
  const transport = http(world.chain.rpcUrl);
  const wallet = createWalletClient({ account: owner, chain: hardhat, transport });
  const hash = await wallet.deployContract({ abi, bytecode, args: [owner.address] });
  const { contractAddress } = await createPublicClient({ chain: hardhat, transport }).waitForTransactionReceipt({
    hash,
  });
  if (contractAddress == null) throw new Error("no wallet was deployed");
  return getAddress(contractAddress);
}
