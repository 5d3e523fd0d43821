import { expect } from "chai";
import { BrowserProvider, JsonRpcProvider, Wallet } from "ethers";
import { type Address, type Hex, keccak256, verifyMessage } from "viem";
import { generatePrivateKey } from "viem/accounts";
import { parseSiweMessage } from "viem/siwe";
import { attest, newFile, offerOf, withWork } from "../../test/market.ts";
import { startTestRelayer, type TestRelayer } from "../../test/relayer.ts";
import { withCode } from "../../test/rewards.ts";
import { browserWalletOf } from "../../test/wallets.ts";
import {
  clientsOf,
  newcomer,
  type Person,
  people,
  stelaiOf,
  testChain,
  withCharacter,
  withCredits,
} from "../../test/world.ts";
import { memoryStorage, payeeOf, type Stelai, type StelaiConfig, sortShares, TERMS_HASHES } from "../index.ts";
import { walletClientFrom } from "./index.ts";

/** A kind of wallet, and the client made of a person's. */
type Kind = { name: string; open: (person: Person) => Promise<NonNullable<StelaiConfig["walletClient"]>> };

let provider: JsonRpcProvider;

const kinds: Kind[] = [
  {
    name: "A viem wallet",
    open: async (person) => {
      const { walletClient } = await clientsOf(person);
      if (!walletClient) throw new Error("a person has a wallet");
      return walletClient;
    },
  },
  {
    name: "An ethers Wallet",
    open: async ({ privateKey }) => walletClientFrom(new Wallet(privateKey, provider), (await clientsOf()).chain),
  },
  {
    name: "An ethers JsonRpcSigner of a browser's wallet",
    open: async (person) => {
      const browser = new BrowserProvider(await browserWalletOf(person), undefined, { cacheTimeout: -1 });
      return walletClientFrom(await browser.getSigner(), (await clientsOf()).chain);
    },
  },
];

/** A relayer's sign-in that checks what was signed. */
function signInDouble(fetched: typeof fetch): typeof fetch {
  return async (input, init) => {
    const request = new Request(input, init);
    const { pathname } = new URL(request.url);
    if (pathname === "/v1/auth/nonce") return Response.json({ nonce: "abcdefgh12345678" });
    if (pathname !== "/v1/auth/verify") return fetched(input, init);
    const { message, signature } = (await request.json()) as { message: string; signature: Hex };
    const { address } = parseSiweMessage(message);
    if (!address || !(await verifyMessage({ address, message, signature }))) return new Response("", { status: 401 });
    const { resources } = parseSiweMessage(message);
    const sessionKey = resources?.[0]?.split(":").at(-1);
    return Response.json({ token: "t0ken", address, sessionKey, expiresAt: "2100-01-01T00:00:00.000Z" });
  };
}

describe("What a wallet does", () => {
  let relayer: TestRelayer;
  before(async () => {
    provider = new JsonRpcProvider((await testChain()).rpcUrl, undefined, { cacheTimeout: -1, pollingInterval: 20 });
    relayer = await startTestRelayer();
  });
  after(async () => {
    provider.destroy();
    await relayer.stop();
  });

  for (const { name, open } of kinds) {
    describe(`${name}, the same as any other,`, () => {
      let stelai: Stelai;
      let account: Address;
      const balance = async () => (await stelai.credits.getBalance()).stelai;

      before(async () => {
        const person = await newcomer();
        account = person.address;
        const walletClient = await open(person);
        const fetch = signInDouble(globalThis.fetch);
        stelai = await stelaiOf(undefined, {
          ...{ walletClient, relayerUrl: relayer.url, storage: memoryStorage(), fetch },
        });
      });

      it("buys credits: in two transactions, by a permit, and by an authorization without ETH", async () => {
        const [{ packageId, credits } = { packageId: 0n, credits: 0n }] = await stelai.credits.getPackages();
        await (await stelai.credits.buyWithPermit({ packageId })).wait();
        await (await stelai.credits.buy({ packageId })).wait();
        await (await stelai.credits.buySponsored({ packageId })).wait();
        expect(await balance()).to.equal(3n * credits);
      });

      for (const by of ["sponsored", "transfer", "allowance"] as const) {
        it(`opens a session (${by}), talks, tops up, extends, rotates its key and closes it`, async () => {
          const { characterId } = await withCharacter();
          const { session } = await (await stelai.tab.openSession({ cap: 3_000_000n, by })).wait();
          const { tabId, operator } = session;
          const messages = [{ role: "user" as const, content: "hello there" }];
          const { charge } = await stelai.generate.chat({ session, characterId, messages, maxTokens: 60 });
          expect(charge?.cost).to.equal(100_208n);
          const amount = 1_000_000n;
          const sponsored = by === "sponsored";
          const top = sponsored ? stelai.tab.topUpSponsored : stelai.tab.topUp;
          expect((await (await top({ operator, tabId, amount })).wait()).cap).to.equal(4_000_000n);
          const { expiry } = await stelai.tab.getTab({ operator, tabId });
          const extend = sponsored ? stelai.tab.extendSponsored : stelai.tab.extend;
          await (await extend({ operator, tabId, expiry: expiry + 86_400n })).wait();
          const rotated = await stelai.tab.rotateSession({ operator, tabId, by: sponsored ? "sponsored" : "wallet" });
          const { session: next } = await rotated.wait();
          expect(next.snapshot.served).to.equal(100_208n);
          const { total, wait } = await next.close();
          await wait();
          expect(total).to.equal(100_208n);
          expect((await stelai.tab.getTab({ operator, tabId })).closing).to.equal(true);
        });
      }

      it("subscribes to a character, has it renew, and ends that with its refund", async () => {
        const { characterId } = await withCharacter({ monthly: 30_000_000n });
        const sent = await stelai.access.subscribe({ characterId, plan: "Monthly", renews: true });
        expect(await sent.wait()).to.include({ account, price: 30_000_000n });
        await (await stelai.access.cancelAtPeriodEnd({ characterId })).wait();
        const { refund } = await (await stelai.access.cancelNow({ characterId })).wait();
        expect(refund > 0n).to.equal(true);
      });

      it("takes a plan, agrees to top-ups, and redeems a code", async () => {
        const { steps, wait } = await stelai.plans.subscribe({ planId: 1n });
        expect(await wait()).to.include({ account, price: 9_500_000n });
        expect(steps.map(({ kind }) => kind)).to.deep.equal(["approve", "call"]);
        const topUp = { threshold: 10n ** 18n, credits: 1_000n * 10n ** 18n, cap: 30_000_000n };
        await (await stelai.credits.setTopUp(topUp)).wait();
        await (await stelai.credits.cancelTopUp()).wait();
        const { code } = await withCode({ perAccount: 3_000_000n });
        await (await stelai.rewards.redeemCode({ code })).wait();
        expect((await stelai.rewards.getBonus()).balance >= 3_000_000n).to.equal(true);
      });

      it("creates a private character, prices it and invites a friend to it", async () => {
        const created = await stelai.characters.create({
          ...{ modality: "Chat", metadataURI: "ipfs://card", terms: { lifetime: 5_000_000n }, visibility: "Private" },
          operators: [relayer.operator],
        });
        const { characterId } = await created.wait();
        const terms = { lifetime: 8_000_000n };
        await (await stelai.characters.setTerms({ characterId, terms })).wait();
        const invite = await stelai.characters.createInvite({ characterId });
        const friend = await stelaiOf(await newcomer());
        await (await friend.characters.redeemInvite(invite)).wait();
        const { address } = friend.client.walletClient?.account ?? {};
        expect(await stelai.characters.isAllowed({ characterId, account: address })).to.equal(true);
        expect((await stelai.characters.getTerms({ characterId })).terms.lifetime).to.equal(8_000_000n);
      });

      it("sells a work in shares, adds an offer and closes another, and claims what the sale brought", async () => {
        const file = newFile();
        const { deployer } = await people();
        const created = await stelai.works.create({
          ...{ modality: "Image", metadataURI: "ipfs://metadata", contentHash: keccak256(file), royaltyBps: 500 },
          shares: sortShares([
            { recipient: payeeOf(account), bps: 7_000 },
            { recipient: payeeOf(deployer.address), bps: 3_000 },
          ]),
          offers: [await offerOf("Personal", 2_000_000n)],
        });
        const { workId, offerIds } = await created.wait();
        const offers = [await offerOf("Commercial", 9_000_000n)];
        await (await stelai.market.addOffers({ workId, offers })).wait();
        await (await stelai.market.closeOffers({ offerIds })).wait();
        expect((await stelai.market.getOffer({ offerId: offerIds[0] ?? 0n })).state).to.equal("closed");

        const buyer = await stelaiOf(await withCredits());
        const { offerIds: open } = await (await stelai.market.addOffers({ workId, offers })).wait();
        const offerId = open[0] ?? 0n;
        const wanted = { offerId, price: 9_000_000n, termsHash: TERMS_HASHES.Commercial };
        const { licenceId } = await (await buyer.market.buy(wanted)).wait();
        await attest(licenceId);
        await (await buyer.market.accept({ licenceId })).wait();
        const steps = await stelai.payouts.findFlows();
        const before = await balance();
        const { amount } = await (await stelai.payouts.claim({ steps })).wait();
        expect(amount > 0n).to.equal(true);
        expect((await balance()) - before).to.equal(amount);
      });

      it("buys licences, accepts one, disputes the other, and reviews", async () => {
        const { first, second, workId } = await withWork();
        const bought = await stelai.market.buy({
          ...{ offerId: first, price: 2_000_000n, termsHash: TERMS_HASHES.Personal },
        });
        const { licenceId } = await bought.wait();
        const other = await stelai.market.buy({
          ...{ offerId: second, price: 20_000_001n, termsHash: TERMS_HASHES.Commercial },
        });
        const { licenceId: disputed } = await other.wait();
        await attest(licenceId, disputed);
        await (await stelai.market.accept({ licenceId })).wait();
        await (await stelai.reviews.reviewWork({ workId, licenceId, rating: 5 })).wait();
        await (await stelai.market.dispute({ licenceId: disputed, evidenceURI: "ipfs://evidence" })).wait();
        expect((await stelai.market.getLicence({ licenceId: disputed })).status).to.equal("Disputed");
      });

      it("signs in, and binds a key", async () => {
        const sessionKey = generatePrivateKey();
        await stelai.relayer.signIn({ domain: "stelai.test", uri: "https://stelai.test", sessionKey });
        expect(stelai.relayer.isSignedIn()).to.equal(true);
        expect(stelai.client.signIn).to.include({ address: account, sessionKey });
      });

      it("redeems credits for dollars", async () => {
        const { reserve } = await stelai.credits.getBalance();
        await (await stelai.credits.redeem({ amount: 10n ** 18n })).wait();
        expect((await stelai.credits.getBalance()).reserve > reserve).to.equal(true);
      });
    });
  }
});
