import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import * as sdk from "@stelai/sdk";
import { type CreateParameters, createStelai, type Stelai, type TabSession } from "@stelai/sdk";
import { expect } from "chai";
import OpenAI from "openai";
import { type Address, createPublicClient, createWalletClient, http, parseAbi, toHex } from "viem";
import { generatePrivateKey, type PrivateKeyAccount, privateKeyToAccount } from "viem/accounts";
import { hardhat as chain } from "viem/chains";
import { run } from "../package/run.ts";
import { installed, type Stack, stack } from "../package/world.ts";
import { type Block, blocksOf } from "./blocks.ts";
import { type Load, runExample } from "./run.ts";

const README = blocksOf(readFileSync(new URL("../../sdk/README.md", import.meta.url), "utf8"));
const CONTRACTS = blocksOf(readFileSync(new URL("../../contracts/README.md", import.meta.url), "utf8"));
/** Run by the package's own test. */
const QUICK_START = "A paid answer in five minutes";
/** How an example begins that shows what nothing here can be asked for. */
const EXCERPT = "// An excerpt";

const messages = [{ role: "user" as const, content: "Who are you?" }];
const role = parseAbi(["function grantRole(uint64 roleId, address account, uint32 executionDelay)"]);
const PRICING = 1n;
const DAY = 86_400;

describe("The SDK's README, run as it stands", () => {
  let running: Stack;
  let account: PrivateKeyAccount;
  let stelai: Stelai;
  let session: TabSession;
  let load: Load;
  const isRun = new Set<Block>();

  before(async () => {
    running = await stack();
    const { project } = await installed();
    const from = createRequire(join(project.folder, "example.js"));
    load = async (name) => import(pathToFileURL(from.resolve(name)).href);
    ({ account, stelai } = await person());
    await buyCredits(stelai);
    session = await open(stelai);
  });

  /** Somebody with test ETH and test USDC. */
  async function person(account = privateKeyToAccount(generatePrivateKey())) {
    const { world, relayer } = running;
    await world.chain.request("hardhat_setBalance", [account.address, toHex(10n ** 18n)]);
    await world.write(account, "Reserve", "mint", [account.address, 1_000_000_000n]);
    const transport = http(world.chain.rpcUrl);
    const publicClient = createPublicClient({ chain, transport, pollingInterval: 50 });
    const walletClient = createWalletClient({ account, chain, transport });
    const { deployment } = world.chain;
    const config = { chain, publicClient, walletClient, deployment, relayerUrl: relayer.url };
    return { account, config, stelai: createStelai(config) };
  }

  async function newcomer(): Promise<Stelai> {
    return (await person()).stelai;
  }

  async function buyCredits(of: Stelai): Promise<void> {
    const [first] = await of.credits.getPackages();
    await (await of.credits.buy({ packageId: first?.packageId ?? 0n })).wait();
  }

  async function open(of: Stelai): Promise<TabSession> {
    return (await (await of.tab.openSession({ cap: 100_000_000n })).wait()).session;
  }

  /** A new character of somebody, served by the operator. */
  async function character(owner: Stelai, more: Partial<CreateParameters>): Promise<bigint> {
    const { world, relayer } = running;
    const { wait } = await owner.characters.create({
      ...{ modality: "Chat", metadataURI: "ipfs://card", operators: [world.operator.address], terms: {} },
      ...more,
    });
    const { characterId } = await wait();
    await relayer.watcher.look();
    return characterId;
  }

  /** The examples under a heading, which are run by whoever asks for them. */
  function under(title: string, language = "ts", blocks = README): string[] {
    const found = blocks.filter((block) => block.heading === title && block.language === language);
    if (found.length === 0) throw new Error(`There is no example under "${title}".`);
    for (const block of found) isRun.add(block);
    return found.map(({ code }) => code);
  }

  it("makes an image for its exact price, and checks where it comes from", async () => {
    const [making = "", checking = ""] = under("Images, videos, speech and music");
    const printed: unknown[][] = [];
    const console = { log: (...words: unknown[]) => void printed.push(words) };
    const { quote, queued } = await runExample(making, { stelai, session, characterId: 9n, console }, [
      "quote",
      "queued",
    ]);
    const [status, , cost] = printed.at(-1) ?? [];
    expect([status, cost]).to.deep.equal(["completed", (quote as { total: bigint }).total]);
    const { id } = (queued as { generation: { id: string } }).generation;
    const generation = await stelai.generate.getGeneration({ id, session });
    const { deployment } = stelai.client;
    const scope = { stelai, session, generation, deployment, operator: running.world.operator.address };
    const names = ["ok", "vouched", "findings"];
    const { verifyProvenance } = sdk;
    const found = await runExample(checking, { ...scope, verifyProvenance }, names);
    expect(found).to.deep.equal({ ok: true, vouched: true, findings: [] });
  });

  it("pays for what OpenAI's client asks, through the SDK's fetch", async () => {
    const [code = ""] = under("Any OpenAI client");
    const costs: bigint[] = [];
    const errors: unknown[] = [];
    const scope = {
      ...{ OpenAI, stelai, session, relayerUrl: running.relayer.url },
      onCharge: ({ cost }: { cost: bigint }) => void costs.push(cost),
      onError: (error: unknown) => void errors.push(error),
    };
    const { file, sound } = await runExample(code, scope, ["file", "sound"]);
    for (const made of [file, sound]) expect((made as ArrayBuffer).byteLength).to.be.greaterThan(1_000);
    expect(errors).to.deep.equal([]);
    expect(costs).to.have.length(3);
    expect(costs.every((cost) => cost > 100_000n)).to.equal(true);
  });

  it("makes an API key that OpenAI's client and curl pay by", async () => {
    const [, code = ""] = under("Any OpenAI client");
    const { url } = running.relayer;
    await stelai.relayer.signIn({ domain: new URL(url).host, uri: url });
    const scope = { OpenAI, stelai, relayerUrl: url, messages };
    const { id, choices, requests } = await runExample(code, scope, ["id", "choices", "requests"]);
    expect((choices as { message: { content: string } }[])[0]?.message.content).to.not.equal("");
    expect(requests).to.equal(1);
    const [ended] = await stelai.budgetKeys.list();
    expect(ended).to.include({ id, state: "revoked" });

    const [shell = ""] = under("Any OpenAI client", "sh");
    const { key, wait } = await stelai.budgetKeys.create({ name: "curl", cap: 5_000_000n });
    await wait();
    const here = shell.replace("http://127.0.0.1:8787", url);
    const environment = { STELAI_API_KEY: key };
    const answer = JSON.parse(await run("sh", ["-c", here], { cwd: process.cwd(), environment }));
    expect(answer.choices[0].message.content).to.not.equal("");
    const [made] = await stelai.budgetKeys.list();
    expect(made).to.include({ name: "curl", state: "active" });
    expect(Number(made?.tab?.spent)).to.be.greaterThan(100_000);
  });

  it("pays for one call by the published x402 client, from an account without ETH", async () => {
    const [code = ""] = under("Single payments");
    await running.world.chain.request("hardhat_setBalance", [account.address, "0x0"]);
    const { deployment, publicClient } = stelai.client;
    const scope = { key: account, deployment, publicClient, relayerUrl: running.relayer.url, messages };
    const before = (await stelai.credits.getBalance()).stelai;
    const names = ["choices", "amount", "transaction"];
    const { choices, amount, transaction } = await runExample(code, scope, names, load);
    expect((choices as { message: { content: string } }[])[0]?.message.content).to.not.equal("");
    expect(transaction).to.match(/^0x[0-9a-f]{64}$/);
    expect(before - (await stelai.credits.getBalance()).stelai).to.equal(BigInt(String(amount)));
    await running.world.chain.request("hardhat_setBalance", [account.address, toHex(10n ** 18n)]);
  });

  it("takes a plan and automatic top-ups, redeems a code, and opens a tab with bonus credits", async () => {
    const [code = ""] = under("Plans, top-ups and bonus credits");
    const { world } = running;
    const { stelai: admin } = await person(deployer());
    const { code: promotion, signer } = await admin.rewards.generateCode();
    const { timestamp } = await createPublicClient({ chain, transport: http(world.chain.rpcUrl) }).getBlock();
    const trust = { kind: "setTrusted", operator: world.operator.address, isTrusted: true } as const;
    await (await admin.roles.propose(trust)).wait();
    const started = await admin.roles.propose({
      ...{ kind: "startCampaign", source: "Promotion", signer, start: timestamp, end: timestamp + 10n * BigInt(DAY) },
      ...{ perAccount: 10_000_000n, daily: 1_000_000_000n, uri: "https://example.org/campaign" },
    });
    const campaignId = (await started.wait()).campaignId ?? 0n;
    const budget = { kind: "fundCampaign", campaignId, amount: 100_000_000n, maxCost: 10n ** 9n } as const;
    await (await admin.roles.propose(budget)).wait();

    const guest = await newcomer();
    const [first] = await guest.credits.getPackages();
    const { credits = 0n, price = 0n } = first ?? {};
    const agreed = { threshold: 10n ** 18n, credits, maxPrice: price, cap: 2n * price };
    const scope = { ...agreed, stelai: guest, referrer: account.address, code: promotion };
    const names = ["plan", "steps", "balance"];
    const found = await runExample(code, scope, names);
    // The code's, and what the referred get with their first purchase.
    expect(Number(found.balance)).to.be.greaterThan(10_000_000);
    const subscription = await guest.plans.getSubscription();
    expect(subscription?.planId).to.equal((found.plan as { planId: bigint }).planId);
    expect((await guest.credits.getTopUp()).agreed).to.deep.equal(agreed);
    const tabs = await guest.tab.listTabs();
    expect(tabs).to.have.length(1);
  });

  it("announces what a role has to wait for, and makes it when its delay is over", async () => {
    const [, code = ""] = under("Plans, top-ups and bonus credits");
    const { world } = running;
    const holder = await person();
    const admin = (await person(deployer())).config.walletClient;
    const { AccessManager } = world.chain.deployment.contracts;
    await admin.writeContract({
      ...{ address: AccessManager, abi: role, functionName: "grantRole" },
      args: [PRICING, holder.account.address, 2 * DAY],
    });
    const { roles } = holder.stelai;
    // The days go by where the example only says so.
    const execute = async (call: Parameters<typeof roles.execute>[0]) => {
      await world.pass(2 * DAY);
      return roles.execute(call);
    };
    const scope = { stelai: { ...holder.stelai, roles: { ...roles, execute } } };
    const names = ["isAllowed", "delay", "isScheduled"];
    const found = await runExample(code, scope, names);
    expect(found).to.deep.equal({ isAllowed: true, delay: 2 * DAY, isScheduled: true });
    const plan = (await holder.stelai.plans.list()).find(({ planId }) => planId === 1n);
    expect(plan?.price).to.equal(9_000_000n);
  });

  it("buys a pass that renews", async () => {
    const [code = ""] = under("Passes");
    const terms = { monthly: 5_000_000n, annual: 50_000_000n, lifetime: 90_000_000n, perInference: 100_000n };
    const characterId = await character(await newcomer(), { terms });
    const { cheapest } = await runExample(code, { stelai, characterId, feePerUnit: 0n }, ["cheapest"]);
    expect(cheapest).to.not.equal(undefined);
    const { active, renewalPlan } = await stelai.access.getAccess({ characterId });
    expect({ active, renewalPlan }).to.deep.equal({ active: true, renewalPlan: "Monthly" });
  });

  it("invites a friend to a private character, by a link", async () => {
    const [code = ""] = under("Private characters");
    const creator = await newcomer();
    const characterId = await character(creator, { visibility: "Private", terms: { monthly: 1_000_000n } });
    const location = { hash: "" };
    const characters = {
      ...creator.characters,
      encodeInvite: (...parameters: Parameters<typeof creator.characters.encodeInvite>) => {
        const encoded = creator.characters.encodeInvite(...parameters);
        location.hash = `#${encoded}`;
        return encoded;
      },
    };
    const people = { creator: { ...creator, characters }, friend: stelai };
    const { decodeInvite } = sdk;
    await runExample(code, { ...people, characterId, location, origin: "https://stelai.example", decodeInvite });
    expect((await stelai.access.getAccess({ characterId })).active).to.equal(true);
  });

  it("sells a work that was generated, and opens it for who bought a licence", async () => {
    const [code = ""] = under("Selling and licensing works");
    const { world, relayer } = running;
    const creator = await newcomer();
    await buyCredits(creator);
    await creator.relayer.signIn({ domain: new URL(relayer.url).host, uri: relayer.url });
    const wanted = { session: await open(creator), characterId: 9n, size: "512x512", prompt: "A harbour" };
    const queued = await creator.generate.image(wanted);
    let generation = queued.generation;
    for await (const step of creator.generate.waitForGeneration(queued)) generation = step.generation;
    const { stelai: licensee } = await person();
    await buyCredits(licensee);
    await licensee.relayer.signIn({ domain: new URL(relayer.url).host, uri: relayer.url });
    const { market } = licensee;
    // The chain goes on while the example waits: what is paid becomes final.
    const getDelivery = async (order: Parameters<typeof market.getDelivery>[0]) => {
      await world.chain.request("evm_mine");
      return market.getDelivery(order);
    };
    const buyer = { ...licensee, market: { ...market, getDelivery } };
    const [ann, ben] = [world.account(1).address, world.account(2).address];
    const about = { title: "Harbour", description: "At dusk.", tags: ["harbour"] };
    const bought = { offerId: 1n, price: 20_000_000n, termsHash: sdk.TERMS_HASHES.Commercial };
    const { payeeOf } = sdk;
    const scope = { creator, buyer, generation, ann, ben, payeeOf, ...about, ...bought };
    const names = ["workId", "licenceId", "bytes", "mediaType"];
    const { workId, licenceId, bytes, mediaType } = await runExample(code, scope, names);
    expect(mediaType).to.equal("image/png");
    const original = await creator.generate.getFile({ generation, session: wanted.session });
    expect(Buffer.from(bytes as Uint8Array).equals(original.bytes)).to.equal(true);
    const certificate = await market.getCertificate({ licenceId: licenceId as bigint });
    expect(certificate.isValid).to.equal(true);
    expect(certificate.work?.workId).to.equal(workId);
  });

  it("speaks for an account after one signature, also in a later visit", async () => {
    const [code = ""] = under("Speaking for an account");
    const { config, stelai: visitor } = await person();
    const scope = { stelai: visitor, config, createStelai, generatePrivateKey };
    const { later } = await runExample(code, scope, ["later"]);
    expect((await (later as Stelai).relayer.getAccount()).address).to.equal(config.walletClient.account.address);
  });

  it("acts for a wallet that a page reaches by ethers", async () => {
    const [code = ""] = under("ethers");
    const { request } = running.world.chain;
    const { url: relayerUrl } = running.relayer;
    // The local node keeps accounts and signs for them, as a wallet does.
    const ethereum = {
      request: ({ method, params = [] }: { method: string; params?: unknown[] }) =>
        request(method === "eth_requestAccounts" ? "eth_accounts" : method, params),
    };
    const { deployment } = running.world.chain;
    const scope = { window: { ethereum }, chain, deployment, relayerUrl, createStelai };
    const { stelai: mine } = await runExample(code, scope, ["stelai"], load);
    const [first] = (await request("eth_accounts", [])) as Address[];
    const { walletClient } = (mine as Stelai).client;
    expect(walletClient?.account?.address.toLowerCase()).to.equal(first?.toLowerCase());
    await running.world.write(deployer(), "Reserve", "mint", [first, 1_000_000_000n]);
    await buyCredits(mine as Stelai);
  });

  it("reads a contract by the ABI and the address of the package of contracts", async () => {
    const [code = ""] = CONTRACTS.filter(({ language }) => language === "ts").map((block) => block.code);
    const { publicClient, deployment } = stelai.client;
    const { operator, tabId } = session;
    const scope = { chain, publicClient, localDeployment: deployment, operator, tabId };
    const { tab } = await runExample(code, scope, ["tab"], load);
    expect(tab).to.include({ payer: account.address });
  });

  it("leaves nothing out that is not said to be an excerpt", () => {
    const left = README.filter((block) => !isRun.has(block) && ["ts", "tsx", "sh", "js"].includes(block.language));
    const unsaid = left.filter(({ heading, code }) => heading !== QUICK_START && !code.startsWith(EXCERPT));
    expect(unsaid.map(({ line }) => `line ${line}`)).to.deep.equal([]);
  });

  function deployer(): PrivateKeyAccount {
    return privateKeyToAccount(running.world.chain.accounts[0]?.privateKey ?? "0x");
  }
});
