import { expect } from "chai";
import {
  AbstractSigner,
  BrowserProvider,
  Contract,
  ContractFactory,
  HDNodeWallet,
  JsonRpcProvider,
  type Provider,
  type TransactionRequest,
  type TypedDataDomain,
  type TypedDataField,
  Wallet,
} from "ethers";
import hre from "hardhat";
import type { Address } from "viem";
import { generatePrivateKey, privateKeyToAccount } from "viem/accounts";
import { failure } from "../../test/failure.ts";
import { startTestRelayer, type TestRelayer } from "../../test/relayer.ts";
import { browserWalletOf, type Manners } from "../../test/wallets.ts";
import { clientsOf, newcomer, stelaiOf, testChain, withCharacter } from "../../test/world.ts";
import {
  ERC20InsufficientBalanceError,
  InsufficientEthError,
  PriceAboveMaximumError,
  UserRejectedError,
  WrongChainError,
} from "../index.ts";
import { meterDomain, meterTypes } from "../typedData.ts";
import { SignerWithoutProviderError, transportFrom, typedDataTypes, walletClientFrom } from "./index.ts";

const MONTH_OF_CREDITS = { planId: 1n };

/** The signer of a contract wallet, as an app may write one: its address is the contract's, its key the owner's. */
class ContractWalletSigner extends AbstractSigner {
  readonly #owner: Wallet;
  readonly #wallet: Contract;
  constructor(owner: Wallet, wallet: Contract) {
    super(owner.provider);
    this.#owner = owner;
    this.#wallet = wallet;
  }
  override getAddress = () => this.#wallet.getAddress();
  override connect = (provider: Provider | null) =>
    new ContractWalletSigner(this.#owner.connect(provider), this.#wallet);
  override signMessage = (message: string | Uint8Array) => this.#owner.signMessage(message);
  override signTypedData = (
    domain: TypedDataDomain,
    types: Record<string, TypedDataField[]>,
    value: Record<string, unknown>,
  ) => this.#owner.signTypedData(domain, types, value);
  override signTransaction = () => Promise.reject(new Error("a contract signs no transaction"));
  override sendTransaction = ({ to, data }: TransactionRequest) =>
    this.#wallet.getFunction("execute")(to, data) as ReturnType<AbstractSigner["sendTransaction"]>;
}

describe("An ethers signer", () => {
  let provider: JsonRpcProvider;
  let relayer: TestRelayer;
  before(async () => {
    provider = new JsonRpcProvider((await testChain()).rpcUrl, undefined, { cacheTimeout: -1, pollingInterval: 20 });
    relayer = await startTestRelayer();
  });
  after(async () => {
    provider.destroy();
    await relayer.stop();
  });

  const chain = async () => (await clientsOf()).chain;
  const firstPackage = async () => (await (await stelaiOf()).credits.getPackages())[0]?.packageId ?? 0n;

  /** Stelai through the signer of a browser's wallet, and what the wallet was asked. */
  async function inBrowser(manners: Manners = {}, network?: "any") {
    const person = await newcomer();
    const browser = await browserWalletOf(person, manners);
    const signer = await new BrowserProvider(browser, network, { cacheTimeout: -1 }).getSigner();
    const open = async () =>
      stelaiOf(undefined, { walletClient: await walletClientFrom(signer, await chain()), relayerUrl: relayer.url });
    const prompts = (method: string) => browser.asked.filter((one) => one === method).length;
    return { stelai: await open(), open, prompts, manners, person };
  }

  it("signs text as text", async () => {
    const wallet = new Wallet(generatePrivateKey(), provider);
    const client = await walletClientFrom(wallet, await chain());
    const { account } = client;
    expect(await client.signMessage({ account, message: "Größe" })).to.equal(await wallet.signMessage("Größe"));
    const raw = "0xff00" as const;
    expect(await client.signMessage({ account, message: { raw } })).to.equal(
      await wallet.signMessage(Uint8Array.from([255, 0])),
    );
  });

  it("signs each of several types alone, as ethers wants them, and as viem does", async () => {
    const { deployment } = await clientsOf();
    const domain = meterDomain(deployment.chainId, deployment.contracts.InferenceMeter);
    const wallet = new Wallet(generatePrivateKey());
    const key = privateKeyToAccount(wallet.privateKey as Address);
    const operator = key.address;
    const message = { operator, tabId: 1n, expiry: 2n, nonce: 3n, deadline: 4n };
    const expected = await key.signTypedData({ domain, types: meterTypes, primaryType: "Extend", message });
    expect(await wallet.signTypedData(domain, typedDataTypes(meterTypes, "Extend"), message)).to.equal(expected);
    const client = await walletClientFrom(wallet, await chain());
    const { account } = client;
    // All types of the meter at once: which one is meant, only the primary type says.
    const signature = await client.signTypedData({
      ...{ account, domain, types: meterTypes, primaryType: "Extend", message },
    });
    expect(signature).to.equal(expected);
    expect(() => typedDataTypes(meterTypes, "Prolong")).to.throw(TypeError, "Prolong");
    const nested = { Order: [{ name: "lines", type: "Line[3][]" }], Line: [{ name: "a", type: "uint8" }], Other: [] };
    expect(Object.keys(typedDataTypes(nested, "Order"))).to.deep.equal(["Order", "Line"]);
  });

  it("needs no provider for what the operator sponsors, and says so where it needs one", async () => {
    const person = await newcomer({ eth: 0n });
    const phrase = HDNodeWallet.createRandom();
    const walletClient = await walletClientFrom(new Wallet(person.privateKey), await chain());
    const stelai = await stelaiOf(undefined, { walletClient, relayerUrl: relayer.url });
    const packageId = await firstPackage();
    await (await stelai.credits.buySponsored({ packageId })).wait();
    const { session } = await (await stelai.tab.openSession({ cap: 2_000_000n })).wait();
    expect(session.snapshot.served).to.equal(0n);
    const error = await failure(stelai.access.setAllowance({ amount: 1n }));
    expect(error).to.be.instanceOf(SignerWithoutProviderError);
    const derived = await walletClientFrom(phrase, await chain());
    const unknown = await failure(derived.request({ method: "eth_blockNumber" as never }));
    expect(unknown).to.have.property("cause").that.is.instanceOf(SignerWithoutProviderError);
  });

  it("of a contract wallet sends and signs as the contract", async () => {
    const owner = new Wallet((await newcomer()).privateKey, provider);
    const { abi, bytecode } = await hre.artifacts.readArtifact("ContractWallet");
    const deployed = await new ContractFactory(abi, bytecode, owner).deploy(owner.address);
    await deployed.waitForDeployment();
    const contract = new Contract(await deployed.getAddress(), abi, owner);
    const walletClient = await walletClientFrom(new ContractWalletSigner(owner, contract), await chain());
    const stelai = await stelaiOf(undefined, { walletClient, relayerUrl: relayer.url });
    const giver = await stelaiOf(await newcomer());
    const account = walletClient.account.address;
    await (await giver.credits.buy({ packageId: await firstPackage(), recipient: account })).wait();
    const { session } = await (await stelai.tab.openSession({ cap: 2_000_000n })).wait();
    const { operator, tabId } = session;
    expect((await stelai.tab.getTab({ operator, tabId })).payer).to.equal(account);
    await (await stelai.tab.rotateSession({ operator, tabId })).wait();
    const { characterId } = await withCharacter({ lifetime: 5_000_000n });
    await (await stelai.access.buyLifetime({ characterId, maxPrice: 5_000_000n })).wait();
    expect((await stelai.access.getAccess({ characterId, account })).active).to.equal(true);
  });

  it("fails with the same typed errors as any wallet", async () => {
    const packageId = await firstPackage();
    const { stelai } = await inBrowser();
    expect(await failure(stelai.credits.buy({ packageId, maxPrice: 1n }))).to.be.instanceOf(PriceAboveMaximumError);
    const key = await newcomer({ eth: 0n, reserve: 0n });
    const walletClient = await walletClientFrom(new Wallet(key.privateKey, provider), await chain());
    const poor = await stelaiOf(undefined, { walletClient });
    expect(await failure(poor.access.setAllowance({ amount: 1n }))).to.be.instanceOf(InsufficientEthError);
    expect(
      await failure(
        poor.tab.openByTransfer({
          ...{ operator: relayer.operator, sessionKey: key.address, cap: 1_000_000n, expiry: 2n ** 33n },
        }),
      ),
    ).to.be.instanceOf(ERC20InsufficientBalanceError);
  });

  it("asks a person who declines once, whatever it asks", async () => {
    const { stelai, prompts } = await inBrowser({ declines: true });
    const packageId = await firstPackage();
    const acts: [string, () => Promise<unknown>][] = [
      ["eth_sendTransaction", () => stelai.credits.buy({ packageId })],
      ["eth_signTypedData_v4", () => stelai.credits.buySponsored({ packageId })],
      [
        "personal_sign",
        () =>
          stelai.client.walletClient?.request({ method: "personal_sign", params: ["0x41", "0x"] } as never) ??
          Promise.reject(),
      ],
    ];
    for (const [method, act] of acts) {
      const error = await failure(act());
      expect(String((error as { code?: number }).code ?? (error as Error).name)).to.match(/4001|UserRejectedError/);
      expect(prompts(method)).to.equal(1);
    }
  });

  for (const network of ["any", undefined] as const) {
    it(`sends nothing once its wallet is on another chain (network: ${network ?? "as found"})`, async () => {
      const { stelai, prompts, manners } = await inBrowser({}, network);
      manners.chainId = 1;
      const error = await failure(stelai.credits.buy({ packageId: await firstPackage() }));
      expect(error).to.be.instanceOf(WrongChainError);
      expect(prompts("eth_sendTransaction")).to.equal(0);
    });
  }

  it("has its wallet make an allowance and the act one batch, where the wallet does that", async () => {
    const { stelai, prompts } = await inBrowser({ status: "supported" });
    const { steps, wait } = await stelai.plans.subscribe(MONTH_OF_CREDITS);
    expect(await wait()).to.include({ planId: 1n });
    expect(steps.map(({ kind }) => kind)).to.deep.equal(["batch"]);
    expect([prompts("wallet_sendCalls"), prompts("eth_sendTransaction")]).to.deep.equal([1, 0]);
  });

  it("asks for a batch once, and step by step from then on, where the wallet's person refuses it", async () => {
    for (const refuses of [5_710, 5_750]) {
      const { stelai, open, prompts } = await inBrowser({ status: "supported", refuses });
      const first = await stelai.plans.subscribe(MONTH_OF_CREDITS);
      expect(first.steps.map(({ kind }) => kind)).to.deep.equal(["approve", "call"]);
      await first.wait();
      const again = await (await open()).credits.buy({ packageId: await firstPackage() });
      await again.wait();
      expect([prompts("wallet_sendCalls"), prompts("eth_sendTransaction")]).to.deep.equal([1, again.steps.length + 2]);
    }
    const { stelai, prompts } = await inBrowser({ status: "supported", refuses: 4_001 });
    expect(await failure(stelai.plans.subscribe(MONTH_OF_CREDITS))).to.be.instanceOf(UserRejectedError);
    expect(prompts("eth_sendTransaction")).to.equal(0);
  });

  it("that is a key never has a node asked what only wallets know", async () => {
    const client = await walletClientFrom(new Wallet(generatePrivateKey(), provider), await chain());
    const error = await failure(client.request({ method: "wallet_getCapabilities", params: [] } as never));
    expect(error).to.have.property("code", -32_601);
  });

  it("and its provider are all that an app needs: the chain is read through it, too", async () => {
    const person = await newcomer();
    const { deployment } = await clientsOf();
    const { createStelai } = await import("../index.ts");
    const stelai = createStelai({
      ...{ chain: await chain(), transport: transportFrom(provider), deployment },
      walletClient: await walletClientFrom(new Wallet(person.privateKey, provider), await chain()),
    });
    expect((await stelai.credits.getBalance()).reserve).to.equal(1_000_000_000n);
    expect(await failure(stelai.plans.quoteUpgrade({ planId: 2n }))).to.have.property("name", "NotSubscribedError");
  });
});
