import { expect } from "chai";
import { JsonRpcProvider, Wallet } from "ethers";
import { startTestRelayer } from "../../test/relayer.ts";
import { clientsOf, newcomer, stelaiOf, testChain } from "../../test/world.ts";
import { PriceAboveMaximumError } from "../index.ts";
import { SignerWithoutProviderError, walletClientFrom } from "./index.ts";

describe("An ethers signer", () => {
  let provider: JsonRpcProvider;
  before(async () => {
    provider = new JsonRpcProvider((await testChain()).rpcUrl, undefined, { cacheTimeout: -1, pollingInterval: 20 });
  });
  after(() => provider.destroy());

  /** Stelai for a newcomer whose wallet is ethers'. */
  async function stelaiWithSigner(config: object = {}) {
    const person = await newcomer();
    const { chain } = await clientsOf();
    const walletClient = await walletClientFrom(new Wallet(person.privateKey, provider), chain);
    return stelaiOf(undefined, { walletClient, ...config });
  }

  it("sends transactions", async () => {
    const stelai = await stelaiWithSigner();
    const [{ packageId, credits } = { packageId: 0n, credits: 0n }] = await stelai.credits.getPackages();
    await (await stelai.credits.buy({ packageId })).wait();
    expect((await stelai.credits.getBalance()).stelai).to.equal(credits);
  });

  it("signs typed data that the contracts accept", async () => {
    const relayer = await startTestRelayer();
    try {
      const stelai = await stelaiWithSigner({ relayerUrl: relayer.url });
      const [{ packageId } = { packageId: 0n }] = await stelai.credits.getPackages();
      await (await stelai.credits.buyWithPermit({ packageId })).wait();
      await (await stelai.credits.buySponsored({ packageId })).wait();
      const { session } = await (await stelai.tab.openSession({ cap: 2_000_000n })).wait();
      expect(session.snapshot.served).to.equal(0n);
    } finally {
      await relayer.stop();
    }
  });

  it("signs text as text", async () => {
    const person = await newcomer({ eth: 0n, reserve: 0n });
    const { chain } = await clientsOf();
    const wallet = new Wallet(person.privateKey, provider);
    const client = await walletClientFrom(wallet, chain);
    const { account } = client;
    if (!account) throw new Error("the client has an account");
    expect(await client.signMessage({ account, message: "Größe" })).to.equal(await wallet.signMessage("Größe"));
    const raw = "0xff00" as const;
    expect(await client.signMessage({ account, message: { raw } })).to.equal(
      await wallet.signMessage(Uint8Array.from([255, 0])),
    );
  });

  it("fails with the same typed errors", async () => {
    const stelai = await stelaiWithSigner();
    const [{ packageId } = { packageId: 0n }] = await stelai.credits.getPackages();
    const error = await stelai.credits.buy({ packageId, maxPrice: 1n }).catch((thrown: unknown) => thrown);
    expect(error).to.be.instanceOf(PriceAboveMaximumError);
  });

  it("says so when it has no provider and needs one", async () => {
    const { chain } = await clientsOf();
    const client = await walletClientFrom(Wallet.createRandom(), chain);
    const error = await client.request({ method: "eth_blockNumber" as never }).catch((thrown: Error) => thrown);
    expect(String(error)).to.contain(new SignerWithoutProviderError("eth_blockNumber").message);
  });
});
