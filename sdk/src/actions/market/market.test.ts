import { expect } from "chai";
import { createPublicClient, createWalletClient, custom, numberToHex, RpcRequestError } from "viem";
import { getBlock, readContract } from "viem/actions";
import { failure } from "../../../test/failure.ts";
import { asDeployer, attest, offerOf, someHash, withLicence, withOrder, withWork } from "../../../test/market.ts";
import { clientsOf, newcomer, passTime, stelaiOf, withCredits } from "../../../test/world.ts";
import { licensesAbi } from "../../generated/abis.ts";
import {
  AccessManagedUnauthorizedError,
  ERC20InsufficientBalanceError,
  InvalidOfferError,
  LicenceLockedError,
  NoSuchOfferError,
  NotHolderError,
  NotListedError,
  NotSellerError,
  NotTokenOwnerError,
  OfferChangedError,
  OfferVoidError,
  PriceChangedError,
  payeeOf,
  SoldExclusivelyError,
  SoldOutError,
  StillLicensedError,
  TERMS_HASHES,
  WEI_PER_MICROCREDIT,
  WorkSuspendedError,
  WrongStatusError,
  WrongTimeError,
} from "../../index.ts";
import { LICENCE_STATUSES, TIERS } from "../../wireMarket.ts";
import { BOND_BPS, LICENCE_TIERS, ORDER_ENDS, ORDER_STATUSES } from "./tiers.ts";

const balanceOf = async (stelai: Awaited<ReturnType<typeof stelaiOf>>) => (await stelai.credits.getBalance()).stelai;

describe("A licence", () => {
  it("is bought in one transaction without an allowance, for the price and terms that were shown", async () => {
    const { second, workId, creator } = await withWork();
    const buyer = await withCredits();
    const stelai = await stelaiOf(buyer);
    const before = await balanceOf(stelai);
    const offer = await stelai.market.getOffer({ offerId: second });
    expect(offer).to.include({ workId, tier: "Commercial", price: 20_000_001n, state: "open", sold: 0, duration: 0n });
    expect(offer).to.include({ termsHash: TERMS_HASHES.Commercial, seller: creator.address });
    const sent = await stelai.market.buy({ offerId: second, price: offer.price, termsHash: offer.termsHash });
    const { licenceId, holder, payer, expiry } = await sent.wait();
    expect({ holder, payer, expiry }).to.deep.equal({ holder: buyer.address, payer: buyer.address, expiry: 0n });
    expect(before - (await balanceOf(stelai))).to.equal(20_000_001n * WEI_PER_MICROCREDIT);
    const licence = await stelai.market.getLicence({ licenceId });
    expect(licence).to.include({ offerId: second, status: "Escrowed", holder: buyer.address, moves: 0 });
    expect(licence.then).to.equal("Refunded");
    expect(licence.deadline).to.equal(licence.since + 86_400n);
    expect(await stelai.market.isLicensed({ licenceId })).to.equal(false);
  });

  it("is not bought when the page showed another price or other terms, and no wallet is asked", async () => {
    const { first, second } = await withWork();
    const stelai = await stelaiOf(await withCredits());
    const price = 2_000_000n;
    const cheaper = await failure(
      stelai.market.buy({ offerId: first, price: price - 1n, termsHash: TERMS_HASHES.Personal }),
    );
    expect(cheaper).to.be.instanceOf(OfferChangedError).with.property("field", "price");
    const worded = await failure(stelai.market.buy({ offerId: first, price, termsHash: TERMS_HASHES.Commercial }));
    expect(worded).to.be.instanceOf(OfferChangedError).with.property("found", TERMS_HASHES.Personal);
    const none = await failure(stelai.market.buy({ offerId: second + 999n, price, termsHash: TERMS_HASHES.Personal }));
    expect(none).to.be.instanceOf(NoSuchOfferError);
    const poor = await stelaiOf(await newcomer());
    const broke = await failure(poor.market.buy({ offerId: first, price, termsHash: TERMS_HASHES.Personal }));
    expect(broke).to.be.instanceOf(ERC20InsufficientBalanceError);
  });

  it("is not bought when it is of another work, tier, length or attestor than the page showed", async () => {
    const { first, workId } = await withWork();
    const stelai = await stelaiOf(await withCredits());
    const { price, termsHash, tier, duration, attestor } = await stelai.market.getOffer({ offerId: first });
    const shown = { offerId: first, workId, tier, duration, attestor, price, termsHash };
    const others = {
      work: { workId: workId + 1n },
      tier: { tier: "Exclusive" },
      duration: { duration: duration + 1n },
      attestor: { attestor: (await newcomer()).address },
    } as const;
    for (const [field, other] of Object.entries(others)) {
      const error = await failure(stelai.market.buy({ ...shown, ...other }));
      expect(error, field).to.be.instanceOf(OfferChangedError).with.property("field", field);
    }
    const upper = `0x${attestor.slice(2).toUpperCase()}` as const;
    await (await stelai.market.buy({ ...shown, attestor: upper })).wait();
  });

  it("is accepted, and the seller is paid the price less the commission, to the wei", async () => {
    const { stelai, seller, creator, licenceId } = await withOrder();
    const { status, then, deadline, since } = await stelai.market.getLicence({ licenceId });
    expect([status, then, deadline]).to.deep.equal(["Delivered", "Released", since + 259_200n]);
    expect(await stelai.market.isLicensed({ licenceId })).to.equal(true);
    expect(await failure(seller.market.accept({ licenceId }))).to.be.instanceOf(NotHolderError);
    await (await stelai.market.accept({ licenceId })).wait();
    expect(await failure(stelai.market.accept({ licenceId }))).to.be.instanceOf(WrongStatusError);
    const { commissionBps, deadline: over } = await stelai.market.getLicence({ licenceId });
    expect(over).to.equal(null);
    const [earning] = await seller.payouts.getEarnings({ payee: payeeOf(creator.address) });
    const gross = 20_000_001n * WEI_PER_MICROCREDIT;
    expect(earning?.gross).to.equal(gross);
    expect(earning?.net).to.equal(gross - (gross * BigInt(commissionBps)) / 10_000n);
  });

  it("is refunded whole when nobody delivers within a day, by anyone's call, and not a moment before", async () => {
    const { stelai, licenceId } = await withOrder({ delivered: false });
    const paid = await balanceOf(stelai);
    const anyone = await stelaiOf(await newcomer());
    const early = await (await anyone.market.conclude({ licenceIds: [licenceId] })).wait();
    expect(early).to.deep.include({ released: [], refunded: [] });
    await passTime(86_401);
    const late = await (await anyone.market.conclude({ licenceIds: [licenceId] })).wait();
    expect(late).to.deep.include({ released: [], refunded: [licenceId] });
    expect((await balanceOf(stelai)) - paid).to.equal(20_000_001n * WEI_PER_MICROCREDIT);
    expect(await stelai.market.getLicence({ licenceId })).to.include({
      status: "Refunded",
      holder: null,
      deadline: null,
    });
  });

  it("is released by time when its holder does nothing for three days", async () => {
    const { stelai, licenceId } = await withOrder();
    await passTime(259_201);
    expect(await failure(stelai.market.dispute({ licenceId }))).to.be.instanceOf(WrongTimeError);
    const { released } = await (await stelai.market.conclude({ licenceIds: [licenceId] })).wait();
    expect(released).to.deep.equal([licenceId]);
  });

  it("is disputed with a bond that comes back with the price when the resolver refunds", async () => {
    const { stelai, seller, licenceId } = await withOrder();
    const before = await balanceOf(stelai);
    const bond = await stelai.market.getBond({ licenceId });
    expect(bond).to.equal(1_000_001n);
    const disputed = await (await stelai.market.dispute({ licenceId, evidenceURI: "ipfs://evidence" })).wait();
    expect(disputed.bond).to.equal(bond);
    expect(before - (await balanceOf(stelai))).to.equal(bond * WEI_PER_MICROCREDIT);
    expect(await stelai.market.isLicensed({ licenceId })).to.equal(false);
    const decision = { licenceId, isRefund: true, reasonURI: "ipfs://reason" };
    expect(await failure(seller.market.resolve(decision))).to.be.instanceOf(AccessManagedUnauthorizedError);
    const resolver = await asDeployer();
    expect(await resolver.market.hasRole({ role: "RESOLVER" })).to.equal(true);
    expect(await seller.market.hasRole({ role: "RESOLVER" })).to.equal(false);
    await (await resolver.market.resolve(decision)).wait();
    expect((await balanceOf(stelai)) - before).to.equal(20_000_001n * WEI_PER_MICROCREDIT);
  });

  it("pays price and bond to the seller when the resolver finds for them", async () => {
    const { stelai, seller, creator, licenceId } = await withOrder();
    await (await stelai.market.dispute({ licenceId })).wait();
    await (await (await asDeployer()).market.resolve({ licenceId, isRefund: false })).wait();
    const earned = await seller.payouts.getEarnings({ payee: payeeOf(creator.address) });
    const gross = earned.reduce((sum, one) => sum + one.gross, 0n);
    expect(gross).to.equal((20_000_001n + 1_000_001n) * WEI_PER_MICROCREDIT);
    expect(await stelai.market.isLicensed({ licenceId })).to.equal(true);
  });

  it("moves once it is released when it is commercial, and never when it is personal", async () => {
    const { stelai, licenceId, holder } = await withOrder();
    const friend = await newcomer({ eth: 0n, reserve: 0n });
    const give = { licenceId, to: friend.address };
    expect(await failure(stelai.market.transferLicence(give))).to.be.instanceOf(LicenceLockedError);
    await (await stelai.market.accept({ licenceId })).wait();
    await (await stelai.market.transferLicence(give)).wait();
    expect(await stelai.market.getLicence({ licenceId })).to.include({ holder: friend.address, moves: 1 });
    expect(await stelai.market.isLicensed({ licenceId, account: holder.address })).to.equal(false);

    const personal = await withOrder({ commercial: false });
    await (await personal.stelai.market.accept(personal)).wait();
    const refused = await failure(personal.stelai.market.transferLicence({ ...give, licenceId: personal.licenceId }));
    expect(refused).to.be.instanceOf(LicenceLockedError);
  });
});

describe("An offer", () => {
  it("is added and closed by the owner alone, and says why it cannot be bought", async () => {
    const { seller, workId, first } = await withWork([await offerOf("Personal", 5n, { supply: 1, duration: 60n })]);
    const buyer = await stelaiOf(await withCredits());
    const stranger = await stelaiOf(await newcomer());
    const offers = [await offerOf("Commercial", 9n)];
    expect(await failure(stranger.market.addOffers({ workId, offers }))).to.be.instanceOf(NotSellerError);
    const none = await failure(seller.market.addOffers({ workId, offers: [await offerOf("Personal", 0n)] }));
    expect(none).to.be.instanceOf(InvalidOfferError);
    const { offerIds } = await (await seller.market.addOffers({ workId, offers })).wait();
    const [added = 0n] = offerIds;

    const wanted = { offerId: first, price: 5n, termsHash: TERMS_HASHES.Personal };
    const { expiry } = await (await buyer.market.buy(wanted)).wait();
    expect(expiry).to.not.equal(0n);
    expect((await buyer.market.getOffer({ offerId: first })).state).to.equal("soldOut");
    expect(await failure(buyer.market.buy(wanted))).to.be.instanceOf(SoldOutError);

    await (await seller.market.closeOffers({ offerIds })).wait();
    expect((await buyer.market.getOffer({ offerId: added })).state).to.equal("closed");
    const closed = { offerId: added, price: 9n, termsHash: TERMS_HASHES.Commercial };
    expect(await failure(buyer.market.buy(closed))).to.be.instanceOf(OfferVoidError);
  });

  it("that is closed while the wallet is open is refused by its name, whatever the wallet says of it", async () => {
    const { seller, first } = await withWork();
    const buyer = await withCredits();
    const { chain, publicClient } = await clientsOf();
    const request = async ({ method, params }: { method: string; params?: readonly unknown[] }) => {
      if (method !== "eth_sendTransaction") return publicClient.request({ method, params } as never);
      await (await seller.market.closeOffers({ offerIds: [first] })).wait();
      throw Object.assign(new Error("execution reverted"), { code: -32603 });
    };
    const transport = custom({ request } as never, { retryCount: 0 });
    const walletClient = createWalletClient({ chain, transport, account: buyer.address });
    const stelai = await stelaiOf(undefined, { walletClient });
    const refused = await failure(stelai.market.buy(await stelai.market.getOffer({ offerId: first })));
    expect(refused).to.be.instanceOf(OfferVoidError);
    expect(refused).to.have.nested.property("args.offerId", first);
  });

  it("is void once the work changes hands, and not for sale while a moderator suspends it", async () => {
    const { seller, workId, first } = await withWork();
    const moderator = await asDeployer();
    const buyer = await stelaiOf(await withCredits());
    const wanted = { offerId: first, price: 2_000_000n, termsHash: TERMS_HASHES.Personal };
    const refused = await failure(seller.works.setSuspended({ workId, suspended: true }));
    expect(refused).to.be.instanceOf(AccessManagedUnauthorizedError);
    await (await moderator.works.setSuspended({ workId, suspended: true })).wait();
    expect((await buyer.market.getOffer({ offerId: first })).state).to.equal("suspended");
    expect(await failure(buyer.market.buy(wanted))).to.be.instanceOf(WorkSuspendedError);
    await (await moderator.works.setSuspended({ workId, suspended: false })).wait();
    await (await seller.works.transfer({ workId, to: (await newcomer({ eth: 0n, reserve: 0n })).address })).wait();
    expect((await buyer.market.getOffer({ offerId: first })).state).to.equal("void");
    expect(await failure(buyer.market.buy(wanted))).to.be.instanceOf(OfferVoidError);
  });

  it("of an exclusive licence needs the work free of others, and closes it to others", async () => {
    const { first, second } = await withWork([await offerOf("Exclusive", 50n), await offerOf("Personal", 5n)]);
    const buyer = await stelaiOf(await withCredits());
    const exclusive = { offerId: first, price: 50n, termsHash: TERMS_HASHES.Exclusive };
    const personal = { offerId: second, price: 5n, termsHash: TERMS_HASHES.Personal };
    const { licenceId } = await (await buyer.market.buy(exclusive)).wait();
    const refused = await failure(buyer.market.buy(personal));
    expect(refused).to.be.instanceOf(SoldExclusivelyError).with.nested.property("args.licenceId", licenceId);
    await passTime(86_401);
    await (await buyer.market.conclude({ licenceIds: [licenceId] })).wait();
    await (await buyer.market.buy(personal)).wait();
    expect(await failure(buyer.market.buy(exclusive))).to.be.instanceOf(StillLicensedError);
  });
});

describe("A resale", () => {
  it("of a licence pays the royalty and the seller, and moves the token, in one transaction", async () => {
    const { stelai, seller, creator, holder, licenceId } = await withLicence();
    const { timestamp } = await getBlock(stelai.client.publicClient);
    const listing = { licenceId, price: 10_000_019n, until: timestamp + 86_400n };
    expect(await stelai.market.getListing({ licenceId })).to.equal(null);
    expect(await failure(seller.market.list(listing))).to.be.instanceOf(NotTokenOwnerError);
    await (await stelai.market.list(listing)).wait();
    const listed = { seller: holder.address, price: listing.price, until: listing.until, isListed: true };
    expect(await stelai.market.getListing({ licenceId })).to.deep.equal(listed);

    const person = await withCredits();
    const buyer = await stelaiOf(person);
    const before = await balanceOf(buyer);
    const cheaper = await failure(buyer.market.buyListed({ licenceId, price: listing.price - 1n }));
    expect(cheaper).to.be.instanceOf(PriceChangedError);
    const { royalty } = await (await buyer.market.buyListed({ licenceId, price: listing.price })).wait();
    expect(royalty).to.equal((listing.price * 500n) / 10_000n);
    expect(before - (await balanceOf(buyer))).to.equal(listing.price * WEI_PER_MICROCREDIT);
    expect(await buyer.market.isLicensed({ licenceId })).to.equal(true);
    const gone = await failure(buyer.market.buyListed({ licenceId, price: listing.price }));
    expect(gone).to.be.instanceOf(NotListedError);
    const earned = await stelai.payouts.getEarnings({ payee: payeeOf(holder.address) });
    expect(earned.map((one) => one.gross)).to.deep.equal([(listing.price - royalty) * WEI_PER_MICROCREDIT]);
    const royalties = await seller.payouts.getEarnings({ payee: payeeOf(creator.address) });
    expect(royalties.map((one) => one.gross)).to.include(royalty * WEI_PER_MICROCREDIT);
  });

  it("of a work is taken back by its seller, and a listing of a moved token is void", async () => {
    const { seller, workId } = await withWork();
    const { timestamp } = await getBlock(seller.client.publicClient);
    const listing = { workId, price: 7n, until: timestamp + 86_400n };
    await (await seller.market.list(listing)).wait();
    await (await seller.market.delist({ workId })).wait();
    expect(await seller.market.getListing({ workId })).to.equal(null);
    await (await seller.market.list(listing)).wait();
    const owner = await withCredits();
    await (await seller.works.transfer({ workId, to: owner.address })).wait();
    expect((await seller.market.getListing({ workId }))?.isListed).to.equal(false);
  });
});

describe("A certificate", () => {
  const LAGGING = { url: "http://127.0.0.1", error: { code: -32_000, message: "header not found" } };
  const failing = ({ checks }: { checks: { kind: string; ok: boolean | null }[] }) =>
    checks.filter(({ ok }) => ok !== true).map(({ kind }) => kind);

  it("holds for who holds a released licence of known terms, and for the very file", async () => {
    const { licenceId, holder, file, workId } = await withLicence();
    const anyone = await stelaiOf();
    const found = await anyone.market.getCertificate({ licenceId, holder: holder.address, bytes: file });
    expect(found).to.include({ isValid: true, areTermsKnown: true });
    expect(failing(found)).to.deep.equal([]);
    expect(found.work?.workId).to.equal(workId);
    const other = await anyone.market.getCertificate({ licenceId, holder: holder.address, bytes: new Uint8Array(3) });
    expect(failing(other)).to.deep.equal(["file"]);
  });

  it("is read at one block, and is not known to be final while the final blocks have it otherwise", async () => {
    const { licenceId, stelai } = await withLicence();
    const friend = await newcomer();
    const { number: before } = await getBlock(stelai.client.publicClient);
    await (await stelai.market.transferLicence({ licenceId, to: friend.address })).wait();
    const { chain, publicClient } = await clientsOf();
    const heights = new Set<unknown>();
    let final: unknown = "latest";
    // The chain of the tests is final at once; this one is where it is told to be.
    const request = async ({ method, params }: { method: string; params?: readonly unknown[] }) => {
      const block = params?.[1];
      if (method === "eth_call" && block !== "finalized") heights.add(block);
      const asked = block === "finalized" ? [params?.[0], final] : params;
      return publicClient.request({ method, params: asked } as never);
    };
    const transport = custom({ request } as never, { retryCount: 0 });
    const anyone = await stelaiOf(undefined, { publicClient: createPublicClient({ chain, transport }) });
    const finality = async () => {
      const { checks, asOf, isValid } = await anyone.market.getCertificate({ licenceId });
      return { isValid, block: asOf.block, ok: checks.find(({ kind }) => kind === "final")?.ok };
    };
    const settled = await finality();
    expect(settled).to.include({ isValid: true, ok: true });
    expect([...heights]).to.deep.equal([numberToHex(settled.block)]);
    final = numberToHex(before);
    expect(await finality()).to.include({ isValid: true, ok: null });
    final = "0xffffffff";
    expect(await finality()).to.include({ isValid: true, ok: null });
  });

  it("is read at the block before while some node does not have the newest, and not at all where none has that", async () => {
    const { licenceId } = await withLicence();
    const { chain, publicClient } = await clientsOf();
    const { number: newest } = await getBlock(publicClient);
    let missing = [newest];
    const request = async ({ method, params }: { method: string; params?: readonly unknown[] }) => {
      const isMissing = missing.some((block) => params?.[1] === numberToHex(block));
      if (method === "eth_call" && isMissing) throw new RpcRequestError({ ...LAGGING, body: { method } });
      return publicClient.request({ method, params } as never);
    };
    const transport = custom({ request } as never, { retryCount: 0 });
    const anyone = await stelaiOf(undefined, { publicClient: createPublicClient({ chain, transport }) });
    const before = await getBlock(publicClient, { blockNumber: newest - 1n });
    const found = await anyone.market.getCertificate({ licenceId });
    expect(found).to.include({ isValid: true });
    expect(found.asOf).to.deep.equal({ block: before.number, timestamp: before.timestamp });
    missing = [newest, newest - 1n];
    const failed = await anyone.market.getCertificate({ licenceId }).catch((error: Error) => String(error.cause));
    expect(failed).to.include("header not found");
  });

  it("fails for another holder, before delivery, while disputed, after a refund, after its end and for none at all", async () => {
    const anyone = await stelaiOf();
    const { stelai, licenceId, creator } = await withOrder();
    const stolen = await anyone.market.getCertificate({ licenceId, holder: creator.address });
    expect(stolen.isValid).to.equal(false);
    expect(failing(stolen)).to.deep.equal(["held", "settled"]);
    await (await stelai.market.dispute({ licenceId })).wait();
    expect(failing(await anyone.market.getCertificate({ licenceId }))).to.deep.equal(["undisputed", "settled"]);
    await passTime(604_801);
    await (await stelai.market.conclude({ licenceIds: [licenceId] })).wait();
    const refunded = await anyone.market.getCertificate({ licenceId });
    expect(failing(refunded)).to.deep.equal(["held", "delivered", "settled"]);
    expect(await anyone.market.getCertificate({ licenceId: 999_999n })).to.include({ isValid: false, offer: null });

    const own = { termsHash: someHash(1), duration: 60n };
    const { first } = await withWork([await offerOf("Commercial", 5n, own)]);
    const buyer = await stelaiOf(await withCredits());
    const dated = await (await buyer.market.buy({ offerId: first, price: 5n, termsHash: own.termsHash })).wait();
    await attest(dated.licenceId);
    await (await buyer.market.accept({ licenceId: dated.licenceId })).wait();
    await passTime(120);
    const ended = await anyone.market.getCertificate({ licenceId: dated.licenceId });
    expect(failing(ended)).to.deep.equal(["current", "terms"]);
  });
});

describe("What the SDK says of the market", () => {
  it("has the contracts' tiers, statuses, times and bond", async () => {
    expect(LICENCE_TIERS).to.deep.equal(TIERS);
    expect(ORDER_STATUSES).to.deep.equal(LICENCE_STATUSES);
    const { client } = await stelaiOf();
    const read = (functionName: "DELIVERY" | "INSPECTION" | "RESOLUTION" | "BOND_BPS") =>
      readContract(client.publicClient, {
        ...{ address: client.deployment.contracts.Licenses, abi: licensesAbi, functionName },
      });
    expect(BigInt(await read("DELIVERY"))).to.equal(ORDER_ENDS.Escrowed.after);
    expect(BigInt(await read("INSPECTION"))).to.equal(ORDER_ENDS.Delivered.after);
    expect(BigInt(await read("RESOLUTION"))).to.equal(ORDER_ENDS.Disputed.after);
    expect(BigInt(await read("BOND_BPS"))).to.equal(BOND_BPS);
  });
});
