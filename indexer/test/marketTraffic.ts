/** Traffic of the market: works and what derives from them, orders to each of their ends, resale, reviews of works. */
import { meterDomain, meterTypes, payeeOf, type Share, sortShares, splitOf } from "@stelai/sdk";
import {
  type Address,
  encodeAbiParameters,
  type Hex,
  keccak256,
  maxUint256,
  parseAbiParameters,
  toHex,
  zeroAddress,
  zeroHash,
} from "viem";
import { HOSTILE, LONG_URI, nestedSharesOf, sharesOf } from "./traffic.ts";
import type { World } from "./world.ts";

type Actor = World["alice"];
type NewOffer = { tier: number; price: bigint; supply: number; duration: number; attestor: Address; termsHash: Hex };
type NewWork = { metadataURI: string; shares: Share[]; parents: bigint[]; modality: number; derivativeBps: number };

const CREDIT = 10n ** 18n;
const WEI_PER_MICROCREDIT = 10n ** 12n;
const HOUR = 3_600;
const DAY = 24 * HOUR;
const [PERSONAL, COMMERCIAL, EXCLUSIVE] = [0, 1, 2];
const id = (text: string) => keccak256(toHex(text));

const NO_RECEIPT = {
  ...{ operator: zeroAddress, tabId: 0n, sequence: 0n, request: zeroHash, response: zeroHash, characterId: 0 },
  ...{ termsVersion: 0, milliunits: 0, quality: 0, amount: 0, fee: 0, servedAt: 0n, previous: zeroHash },
};
/** `ILicenses.Payment` and `IResale.Purchase`, the data of ERC-1363. */
const PAYMENT = parseAbiParameters("(bool isDispute, uint256 id, address recipient, string evidenceURI)");
const PURCHASE = parseAbiParameters("(address collection, uint256 tokenId, uint64 price, address recipient)");

/** Carol's work that derives from one of Bob and Carol, to which it owes 20 %. */
export function derivedSharesOf(w: World): Share[] {
  return sortShares([
    { recipient: splitOf(sharesOf(w)), bps: 2_000 },
    { recipient: payeeOf(w.carol.address), bps: 8_000 },
  ]);
}

/** What all who act here do; each call is mined before the next. */
function dealers(w: World) {
  const { Licenses, Resale, Stelai, WorkReviews, Works } = w.contracts;
  const read = w.publicClient.readContract;
  const send = (who: Actor, to: Address, microcredits: bigint, data: Hex) => {
    const args = [to, microcredits * WEI_PER_MICROCREDIT, data] as const;
    return w.mined(who.wallet.writeContract({ ...Stelai, functionName: "transferAndCall", args }));
  };
  /** The newest licence, whose ids count up. */
  const lastLicence = async () => {
    let newest = 0n;
    while ((await read({ ...Licenses, functionName: "licenceOf", args: [newest + 1n] })).status !== 0) newest++;
    return newest;
  };
  return {
    connect: async (who: Actor) => {
      for (const { address } of [Licenses, Resale]) {
        const args = [address, maxUint256] as const;
        await w.mined(who.wallet.writeContract({ ...Stelai, functionName: "approve", args }));
      }
    },
    create: async (who: Actor, given: Partial<NewWork>, offers: NewOffer[] = [], proven = false) => {
      const contentHash = id(`file ${await w.now()}`);
      const work = {
        ...{ modality: 1, metadataURI: "ipfs://work", contentHash, royaltyBps: 500, allowsDerivatives: true },
        ...{
          derivativeBps: 2_000,
          maxParentsBps: 9_000,
          parents: [],
          shares: [{ recipient: payeeOf(who.address), bps: 10_000 }],
        },
        ...given,
      };
      const proof = proven ? await proofOf(w, who, contentHash) : { receipt: NO_RECEIPT, signature: "0x" as const };
      const args = [work, proof, offers] as const;
      await w.mined(who.wallet.writeContract({ ...Works, functionName: "create", args }));
      return read({ ...Works, functionName: "workCount" });
    },
    offerOf: (given: Partial<NewOffer>): NewOffer => ({
      ...{ tier: COMMERCIAL, price: 10_000_001n, supply: 0, duration: 0 },
      ...{ attestor: w.operator.address, termsHash: id("terms"), ...given },
    }),
    offer: (who: Actor, workId: bigint, offers: NewOffer[]) =>
      w.mined(who.wallet.writeContract({ ...Licenses, functionName: "offer", args: [workId, offers] })),
    closeOffer: (who: Actor, offerId: bigint) =>
      w.mined(who.wallet.writeContract({ ...Licenses, functionName: "closeOffers", args: [[offerId]] })),
    /** The newest offer, whose ids count up. */
    lastOffer: async () => {
      let newest = 0n;
      while ((await read({ ...Licenses, functionName: "offerOf", args: [newest + 1n] })).workId !== 0n) newest++;
      return newest;
    },
    buy: async (who: Actor, offerId: bigint, recipient = who) => {
      const args = [offerId, recipient.address] as const;
      await w.mined(who.wallet.writeContract({ ...Licenses, functionName: "buy", args }));
      return lastLicence();
    },
    buyInOne: async (who: Actor, offerId: bigint, microcredits: bigint) => {
      const payment = { isDispute: false, id: offerId, recipient: who.address, evidenceURI: "" };
      await send(who, Licenses.address, microcredits, encodeAbiParameters(PAYMENT, [payment]));
      return lastLicence();
    },
    attest: (...licenceIds: bigint[]) =>
      w.mined(w.operator.wallet.writeContract({ ...Licenses, functionName: "attest", args: [licenceIds] })),
    accept: (who: Actor, licenceId: bigint) =>
      w.mined(who.wallet.writeContract({ ...Licenses, functionName: "accept", args: [licenceId] })),
    conclude: (...licenceIds: bigint[]) =>
      w.mined(w.treasury.wallet.writeContract({ ...Licenses, functionName: "conclude", args: [licenceIds] })),
    dispute: (who: Actor, licenceId: bigint, evidenceURI: string) =>
      w.mined(who.wallet.writeContract({ ...Licenses, functionName: "dispute", args: [licenceId, evidenceURI] })),
    disputeInOne: (who: Actor, licenceId: bigint, evidenceURI: string) => {
      const payment = { isDispute: true, id: licenceId, recipient: zeroAddress, evidenceURI };
      return send(who, Licenses.address, 5_000_000n, encodeAbiParameters(PAYMENT, [payment]));
    },
    resolve: (licenceId: bigint, isRefund: boolean, reasonURI: string) => {
      const args = [licenceId, isRefund, reasonURI] as const;
      return w.mined(w.deployer.wallet.writeContract({ ...Licenses, functionName: "resolve", args }));
    },
    move: (who: Actor, licenceId: bigint, to: Actor) => {
      const args = [who.address, to.address, licenceId] as const;
      return w.mined(who.wallet.writeContract({ ...Licenses, functionName: "transferFrom", args }));
    },
    list: async (who: Actor, collection: Address, tokenId: bigint, price: bigint, seconds = 300 * DAY) => {
      const until = Number(await w.now()) + seconds;
      const args = [collection, tokenId, price, until] as const;
      await w.mined(who.wallet.writeContract({ ...Resale, functionName: "list", args }));
    },
    delist: (who: Actor, collection: Address, tokenId: bigint) =>
      w.mined(who.wallet.writeContract({ ...Resale, functionName: "delist", args: [collection, tokenId] })),
    buyListed: (who: Actor, collection: Address, tokenId: bigint, price: bigint) => {
      const args = [collection, tokenId, price, who.address] as const;
      return w.mined(who.wallet.writeContract({ ...Resale, functionName: "buy", args }));
    },
    buyListedInOne: (who: Actor, collection: Address, tokenId: bigint, price: bigint) => {
      const purchase = { collection, tokenId, price, recipient: who.address };
      return send(who, Resale.address, price + 77n, encodeAbiParameters(PURCHASE, [purchase]));
    },
    review: (who: Actor, workId: bigint, licenceId: bigint, rating: number, textURI: string) => {
      const args = [workId, licenceId, rating, textURI] as const;
      return w.mined(who.wallet.writeContract({ ...WorkReviews, functionName: "review", args }));
    },
    withdrawReview: (who: Actor, workId: bigint) =>
      w.mined(who.wallet.writeContract({ ...WorkReviews, functionName: "withdraw", args: [workId] })),
    reply: (who: Actor, workId: bigint, author: Actor, textURI: string) => {
      const args = [workId, author.address, textURI] as const;
      return w.mined(who.wallet.writeContract({ ...WorkReviews, functionName: "reply", args }));
    },
  };
}

/**
 * Four works: one of Bob and Carol that is sold in every way and then resold to Alice, one of Carol's that derives from
 * it and is sold exclusively, one that is suspended, and one without an offer. Returns the first.
 */
export async function marketTraffic(w: World): Promise<bigint> {
  const { Licenses, Stelai, Works } = w.contracts;
  const { alice, bob, carol, deployer, operator, treasury } = w;
  const d = dealers(w);
  const own = <Name extends "bob" | "carol">(name: Name) => ({ ...Works, account: w[name].account }) as const;
  for (const who of [carol, treasury]) {
    const args = [who.address, 300n * CREDIT] as const;
    await w.mined(alice.wallet.writeContract({ ...Stelai, functionName: "transfer", args }));
  }
  for (const who of [alice, carol, treasury]) await d.connect(who);

  const month = 30 * DAY;
  const tiers = [
    d.offerOf({}),
    d.offerOf({ tier: PERSONAL, price: 3_000_003n, supply: 3 }),
    d.offerOf({ price: 2_000_009n, duration: month }),
    d.offerOf({ tier: EXCLUSIVE, price: 90_000_017n, supply: 1 }),
  ];
  const first = await d.create(bob, { metadataURI: HOSTILE, shares: sharesOf(w) }, tiers, true);
  const offers = await d.lastOffer();
  const [commercial, personal, dated] = [offers - 3n, offers - 2n, offers - 1n];
  await w.mined(
    bob.wallet.writeContract({ ...own("bob"), functionName: "setMetadata", args: [first, `${HOSTILE}\u0000`] }),
  );

  // A derivative of which the exclusive licence is sold: its other offer waits.
  const parts = [
    d.offerOf({ tier: EXCLUSIVE, price: 40_000_003n, supply: 1, duration: month }),
    d.offerOf({ price: 7n }),
  ];
  const second = await d.create(carol, { metadataURI: LONG_URI, parents: [first], modality: 4 }, parts);
  const exclusive = await d.buy(alice, (await d.lastOffer()) - 1n);
  await w.mined(
    carol.wallet.writeContract({ ...own("carol"), functionName: "setDerivatives", args: [second, false, 77] }),
  );

  // One whose offers are closed, and void; one that a moderator suspended; one that is only made.
  const third = await d.create(carol, { derivativeBps: 0 }, [d.offerOf({}), d.offerOf({ tier: PERSONAL, price: 1n })]);
  await d.closeOffer(carol, await d.lastOffer());
  const bobs = await d.create(bob, { modality: 3, parents: [first, third] });
  const nested = splitOf(nestedSharesOf(w));
  await w.mined(bob.wallet.writeContract({ ...own("bob"), functionName: "setPayee", args: [bobs, nested] }));
  for (const suspended of [true, false, true]) {
    const args = [third, suspended] as const;
    await w.mined(deployer.wallet.writeContract({ ...Works, functionName: "setSuspended", args }));
  }

  // Orders to each of their ends.
  const accepted = await d.buyInOne(alice, commercial, 10_000_055n);
  const gift = await d.buy(alice, dated, carol);
  const quiet = await d.buy(treasury, personal);
  const lost = await d.buy(carol, commercial);
  const won = await d.buy(alice, commercial);
  const forgotten = await d.buy(treasury, dated);
  await d.attest(accepted, quiet, lost, won, forgotten, exclusive);
  await d.accept(alice, accepted);
  await d.dispute(carol, lost, HOSTILE);
  await d.disputeInOne(alice, won, LONG_URI);
  await d.resolve(lost, false, HOSTILE);
  await d.resolve(won, true, "");
  await w.pass(25 * HOUR);
  await d.dispute(treasury, forgotten, "");
  await d.conclude(gift, quiet);
  await w.pass(2 * DAY);
  await d.conclude(quiet, gift, exclusive);
  const again = await d.buy(treasury, dated);
  await d.attest(again);
  await d.accept(treasury, again);

  // Resale of licences: sold, taken back, void since it moved, and standing.
  const licences = Licenses.address;
  await d.list(alice, licences, accepted, 20_000_019n);
  await d.buyListed(carol, licences, accepted, 20_000_019n);
  await d.list(carol, licences, accepted, 5n);
  await d.delist(carol, licences, accepted);
  await d.list(carol, licences, lost, 9_000_000n);
  await d.move(carol, lost, treasury);
  await d.list(treasury, licences, again, 1n);
  await d.list(treasury, licences, quiet, 3n);
  await d.delist(treasury, licences, quiet);
  await d.list(carol, licences, accepted, 30_000_000n);

  await d.review(treasury, first, quiet, 5, HOSTILE);
  await d.review(carol, first, accepted, 2, "");
  await w.pass(60);
  await d.review(treasury, first, again, 3, LONG_URI);
  await d.withdrawReview(carol, first);
  await d.review(carol, first, accepted, 1, "ipfs://text");
  await d.reply(bob, first, treasury, HOSTILE);
  await d.reply(bob, first, carol, "ipfs://reply");
  await d.reply(bob, first, carol, "");
  await d.review(alice, second, exclusive, 4, "");

  // Works themselves: a listing that is over, one that is void through another payee, one sold with all offers void.
  await d.list(carol, Works.address, second, 60_000_000n, 60);
  await w.pass(61);
  await d.list(bob, Works.address, bobs, 1_000n);
  await w.mined(
    bob.wallet.writeContract({ ...own("bob"), functionName: "setPayee", args: [bobs, payeeOf(bob.address)] }),
  );
  await d.list(bob, Works.address, first, 55_000_011n);
  await d.buyListedInOne(alice, Works.address, first, 55_000_011n);
  await d.offer(alice, first, [d.offerOf({ price: 8_000_000n, supply: 1 }), d.offerOf({ tier: EXCLUSIVE, supply: 1 })]);
  await d.list(alice, Works.address, first, 99_000_000n);

  // Left open: one in escrow, one delivered, one disputed; and one that nobody concludes in time.
  await w.pass(5 * DAY);
  await d.conclude(forgotten);
  const last = await d.lastOffer();
  const open = await d.buy(carol, last - 1n);
  await d.attest(open);
  await d.dispute(carol, open, "ipfs://evidence");
  const offered = d.offerOf({ price: 4_000_001n });
  await d.offer(bob, bobs, [offered, { ...offered, duration: DAY }]);
  await d.attest(await d.buy(alice, last + 1n));
  await d.buy(treasury, last + 2n, operator);
  return first;
}

/** A little of all of it in few blocks; for what a reorganisation takes back. */
export async function briefMarket(w: World, workId: bigint): Promise<void> {
  const { Works } = w.contracts;
  const d = dealers(w);
  await d.create(w.bob, { metadataURI: "ipfs://lost", parents: [workId] });
  await d.offer(w.alice, workId, [d.offerOf({ tier: PERSONAL, price: 123n })]);
  const licenceId = await d.buy(w.carol, await d.lastOffer());
  await d.attest(licenceId);
  await d.accept(w.carol, licenceId);
  await d.buyListed(w.treasury, Works.address, workId, 99_000_000n);
}

/** The operator's word for an inference on a tab of the account's, which made this file. */
async function proofOf(w: World, who: Actor, contentHash: Hex) {
  const { InferenceMeter } = w.contracts;
  const operator = w.operator.address;
  let tabId = await w.publicClient.readContract({ ...InferenceMeter, functionName: "tabCount", args: [operator] });
  const payerOf = async () =>
    (await w.publicClient.readContract({ ...InferenceMeter, functionName: "tabOf", args: [operator, tabId] })).payer;
  while ((await payerOf()) !== who.address) tabId--;
  const receipt = {
    ...NO_RECEIPT,
    ...{ operator, tabId, sequence: 1n, request: id("request"), response: contentHash, servedAt: await w.now() },
  };
  const signature = await w.operator.account.signTypedData({
    domain: meterDomain(w.chain.deployment.chainId, InferenceMeter.address),
    types: meterTypes,
    primaryType: "Receipt",
    message: receipt,
  });
  return { receipt, signature };
}
