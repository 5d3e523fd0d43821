/** The tables of the market held against the chain: works, offers, licences and their escrow, listings, reviews. */
import { MODALITIES } from "@stelai/sdk";
import { LICENCE_STATUSES, TIERS } from "@stelai/sdk/wire";
import { expect } from "chai";
import { type Address, type BaseError, ContractFunctionRevertedError, getAddress, zeroAddress, zeroHash } from "viem";
import { cleanText, payeeHex } from "../src/chain.ts";
import { isLicenceListed, isWorkListed, type Market, offerState, WINDOWS } from "../src/market.ts";
import { type Row, rowsOf, sumOf, type Tables } from "./tables.ts";
import type { World } from "./world.ts";

const WEI_PER_MICROCREDIT = 10n ** 12n;
const big = (row: Row, column: string) => BigInt(String(row[column]));
const addressIn = (row: Row, column: string) => getAddress(String(row[column]));
const byId = (rows: readonly Row[]) => new Map(rows.map((row) => [row.id, row]));
const of = (work: Row, rows: readonly Row[]) => rows.filter(({ workId }) => workId === work.id);
const isOpen = ({ status }: Row) => ["Escrowed", "Delivered", "Disputed"].includes(String(status));
const isKept = ({ status }: Row) => status !== "Refunded";

/** Asserts that the index holds what Works, Licenses, Resale and WorkReviews hold. */
export async function expectMarketAgreement(w: World, tables: Tables): Promise<void> {
  const { timestamp } = await w.publicClient.getBlock({ blockTag: "latest" });
  await worksAgree(w, tables);
  await offersAgree(w, tables, timestamp);
  await licencesAgree(w, tables);
  await escrowAgrees(w, tables);
  await listingsAgree(w, tables, timestamp);
  await reviewsAgree(w, tables);
  salesAgree(tables);
  earningsAgree(tables);
}

async function worksAgree({ contracts: { Works }, publicClient }: World, tables: Tables): Promise<void> {
  const rows = rowsOf(tables, "works");
  const count = await publicClient.readContract({ ...Works, functionName: "workCount" });
  expect(rows.map((row) => big(row, "id"))).to.have.members(
    Array.from({ length: Number(count) }, (_, index) => BigInt(index + 1)),
  );
  for (const row of rows) {
    const args = [big(row, "id")] as const;
    const work = await publicClient.readContract({ ...Works, functionName: "workOf", args });
    const { royaltyBps, derivativeBps, allowsDerivatives, suspended, depth, contentHash, epoch } = work;
    expect(row).to.include({ royaltyBps, derivativeBps, allowsDerivatives, suspended, depth, contentHash, epoch });
    expect(row.receipt ?? zeroHash).to.equal(work.receipt);
    expect(row.modality).to.equal(MODALITIES[work.modality]);
    expect(addressIn(row, "creator")).to.equal(work.creator);
    for (const name of ["payee", "ownerPayee", "royaltyPayee"] as const) {
      expect(row[name], name).to.equal(payeeHex(work[name]));
    }
    expect(addressIn(row, "owner")).to.equal(
      await publicClient.readContract({ ...Works, functionName: "ownerOf", args }),
    );
    const uri = await publicClient.readContract({ ...Works, functionName: "tokenURI", args });
    expect(row.metadataURI).to.equal(cleanText(uri));
    const parents = await publicClient.readContract({ ...Works, functionName: "parentsOf", args });
    expect(
      of(row, rowsOf(tables, "workParents")).map(({ parentId, payee, bps }) => ({ parentId, payee, bps })),
    ).to.have.deep.members(
      parents.map(({ workId, payee, bps }) => ({ parentId: String(workId), payee: payeeHex(payee), bps })),
    );
    const derived = rowsOf(tables, "workParents").filter(({ parentId }) => parentId === row.id);
    expect(row.derivatives).to.equal(derived.length);
  }
  const [protocol] = rowsOf(tables, "protocols");
  expect(protocol?.works).to.equal(rows.length);
  expect(sumOf(rowsOf(tables, "accounts"), "works")).to.equal(BigInt(rows.length));
}

/** What stands in the contract, and whether the next buyer would be let in. */
async function offersAgree(w: World, tables: Tables, now: bigint): Promise<void> {
  const { Licenses } = w.contracts;
  const works = byId(rowsOf(tables, "works"));
  const states = new Set<string>();
  for (const row of rowsOf(tables, "offers")) {
    const args = [big(row, "id")] as const;
    const offer = await w.publicClient.readContract({ ...Licenses, functionName: "offerOf", args });
    const { supply, sold, duration, epoch, closed, termsHash } = offer;
    expect(row).to.include({ epoch, closed, termsHash, tier: TIERS[offer.tier], payee: payeeHex(offer.payee) });
    expect([row.workId, row.price].map(String)).to.deep.equal([offer.workId, offer.price].map(String));
    expect([row.supply, row.sold, row.duration].map(String)).to.deep.equal([supply, sold, duration].map(String));
    expect(addressIn(row, "attestor")).to.equal(offer.attestor);

    const work = works.get(row.workId ?? "") ?? {};
    const state = offerState(
      { ...offer, tier: TIERS[offer.tier] ?? "Personal", ...soldOf(offer) },
      marketOf(work),
      now,
    );
    states.add(state);
    const said = await refusalOf(w, big(row, "id"));
    // Who is let in has not approved anything: the credits are all that is missing.
    const expected = { open: "", closed: "OfferVoid", void: "OfferVoid", soldOut: "SoldOut", taken: "taken" }[state];
    const isHidden = work.suspended === true && expected !== "OfferVoid";
    expect(said, `offer ${row.id}, ${state}`).to.equal(isHidden ? "WorkSuspended" : expected);
  }
  if (states.size > 0) expect([...states]).to.have.members(["open", "closed", "void", "soldOut", "taken"]);
}

const soldOf = ({ supply, sold }: { supply: number; sold: number }) => ({ supply: BigInt(supply), sold: BigInt(sold) });

function marketOf(work: Row): Market & { epoch: number } {
  return {
    ...{ exclusive: big(work, "exclusive"), exclusiveUntil: big(work, "exclusiveUntil") },
    ...{ perpetual: Number(work.perpetual), dated: Number(work.dated), epoch: Number(work.epoch) },
    ...{ firstDated: big(work, "firstDated"), datedUntil: big(work, "datedUntil") },
  };
}

/** Why somebody who approved nothing cannot buy; empty when the allowance is all that is missing. */
async function refusalOf(w: World, offerId: bigint): Promise<string> {
  const { account, address } = w.deployer;
  const args = [offerId, address] as const;
  const error = await w.publicClient
    .simulateContract({ ...w.contracts.Licenses, functionName: "buy", args, account })
    .then(() => undefined)
    .catch((cause: BaseError) => cause.walk((each) => each instanceof ContractFunctionRevertedError));
  if (!(error instanceof ContractFunctionRevertedError)) throw new Error(`Offer ${offerId} was sold for nothing.`);
  const name = error.data?.errorName ?? error.signature ?? "";
  if (name === "SoldExclusively" || name === "StillLicensed") return "taken";
  // ERC20InsufficientAllowance, of the token.
  return name === "0xfb8f41b2" || name === "ERC20InsufficientAllowance" ? "" : name;
}

async function licencesAgree({ contracts: { Licenses }, publicClient }: World, tables: Tables): Promise<void> {
  const offers = byId(rowsOf(tables, "offers"));
  for (const row of rowsOf(tables, "licences")) {
    const args = [big(row, "id")] as const;
    const licence = await publicClient.readContract({ ...Licenses, functionName: "licenceOf", args });
    const { commissionBps, moves } = licence;
    expect(row).to.include({ commissionBps, moves, status: LICENCE_STATUSES[licence.status] });
    expect([row.offerId, row.since, row.expiry].map(String)).to.deep.equal(
      [licence.offerId, licence.since, licence.expiry].map(String),
    );
    const offer = offers.get(row.offerId ?? "") ?? {};
    for (const name of ["workId", "tier", "price", "payee"]) expect(row[name], name).to.equal(offer[name]);
    if (isKept(row)) {
      const holder = await publicClient.readContract({ ...Licenses, functionName: "ownerOf", args });
      expect(addressIn(row, "holder")).to.equal(holder);
    }
    const window =
      row.status === "Escrowed" || row.status === "Delivered" || row.status === "Disputed" ? row.status : null;
    expect(row.dueAt).to.equal(window === null ? null : String(big(row, "since") + WINDOWS[window]));
    if (row.bond === null) continue;
    const bond = await publicClient.readContract({ ...Licenses, functionName: "bondOf", args });
    expect(big(row, "bond") * WEI_PER_MICROCREDIT).to.equal(bond);
  }
  const constants = { DELIVERY: "Escrowed", INSPECTION: "Delivered", RESOLUTION: "Disputed" } as const;
  for (const [functionName, status] of Object.entries(constants)) {
    const window = await publicClient.readContract({
      ...Licenses,
      functionName: functionName as keyof typeof constants,
    });
    expect(WINDOWS[status], functionName).to.equal(BigInt(window));
  }
}

/** To the wei: what the contract holds is the prices of open orders and the bonds of open disputes. */
async function escrowAgrees({ contracts, publicClient }: World, tables: Tables): Promise<void> {
  const { Licenses, Resale, Stelai } = contracts;
  const balanceOf = (address: Address) =>
    publicClient.readContract({ ...Stelai, functionName: "balanceOf", args: [address] });
  const licences = rowsOf(tables, "licences");
  const prices = sumOf(licences, "price", isOpen);
  const bonds = sumOf(licences, "bond", ({ status }) => status === "Disputed");
  expect((prices + bonds) * WEI_PER_MICROCREDIT).to.equal(await balanceOf(Licenses.address));
  expect(await balanceOf(Resale.address)).to.equal(0n);
  const [protocol = {}] = rowsOf(tables, "protocols");
  const [sold, released, refunded] = ["licencesSold", "licencesReleased", "licencesRefunded"].map((name) =>
    big(protocol, name),
  ) as [bigint, bigint, bigint];
  expect([sold - released - refunded, big(protocol, "bonds")]).to.deep.equal([prices, bonds]);
  expect(sold).to.equal(sumOf(licences, "price"));
  expect(refunded).to.equal(sumOf(licences, "price", ({ status }) => status === "Refunded"));
  expect(protocol.licences).to.equal(licences.length);
}

async function listingsAgree(w: World, tables: Tables, now: bigint): Promise<void> {
  const { Licenses, Resale, Works } = w.contracts;
  const listings = rowsOf(tables, "listings");
  for (const [name, { address }, table] of [
    ["Works", Works, "works"],
    ["Licenses", Licenses, "licences"],
  ] as const) {
    for (const token of rowsOf(tables, table)) {
      const row = listings.find(({ collection, tokenId }) => collection === name && tokenId === token.id);
      const args = [address, big(token, "id")] as const;
      const listing = await w.publicClient.readContract({ ...Resale, functionName: "listingOf", args });
      expect(row ? addressIn(row, "seller") : zeroAddress, `${name} ${token.id}`).to.equal(listing.seller);
      // What was burned is owned by nobody, which ends the contract's call.
      if (!row || !isKept(token)) continue;
      expect([row.price, row.moves, row.until].map(String)).to.deep.equal(
        [listing.price, listing.moves, listing.until].map(String),
      );
      const isListed = await w.publicClient.readContract({ ...Resale, functionName: "isListed", args });
      const given = { seller: String(row.seller), moves: Number(row.moves), until: big(row, "until") };
      const of = { owner: String(token.owner), epoch: Number(token.epoch), expiry: BigInt(String(token.expiry ?? 0)) };
      const held = { holder: String(token.holder), moves: Number(token.moves), status: String(token.status) };
      const licence = { ...of, ...held, tier: String(token.tier) };
      const says = name === "Works" ? isWorkListed(given, of, now) : isLicenceListed(given, licence, now);
      expect(says, `${name} ${token.id}`).to.equal(isListed);
    }
  }
}

async function reviewsAgree({ contracts: { WorkReviews }, publicClient }: World, tables: Tables): Promise<void> {
  const reviews = rowsOf(tables, "workReviews");
  for (const row of reviews) {
    const args = [big(row, "workId"), addressIn(row, "author")] as const;
    expect(row.rating).to.equal(await publicClient.readContract({ ...WorkReviews, functionName: "ratingOf", args }));
  }
  for (const row of rowsOf(tables, "works")) {
    const args = [big(row, "id")] as const;
    const score = await publicClient.readContract({ ...WorkReviews, functionName: "scoreOf", args });
    const own = of(row, reviews);
    expect([row.reviews, row.stars].map((each) => BigInt(Number(each)))).to.deep.equal([score.count, score.sum]);
    expect([own.length, Number(sumOf(own, "rating"))]).to.deep.equal([row.reviews, row.stars]);
  }
}

/** Sums of days, payers and accounts are those of the licences themselves. */
function salesAgree(tables: Tables): void {
  const licences = rowsOf(tables, "licences");
  for (const work of rowsOf(tables, "works")) {
    const own = of(work, licences);
    const released = own.filter(({ status }) => status === "Released");
    expect(work.sold).to.equal(released.length);
    // The contract's own counts have open orders, too: they decide whether there is another to buy.
    expect(sumOf(of(work, rowsOf(tables, "offers")), "sold")).to.equal(BigInt(own.filter(isKept).length));
    const days = of(work, rowsOf(tables, "workDays"));
    const byDay = Map.groupBy(released, ({ since }) => Math.floor(Number(since) / 86_400));
    expect(days.map(({ day }) => Number(day))).to.have.members([...byDay.keys()]);
    for (const day of days) {
      const those = byDay.get(Number(day.day)) ?? [];
      expect([day.sold, BigInt(String(day.amount))]).to.deep.equal([those.length, sumOf(those, "price")]);
      expect(day.buyers).to.equal(new Set(those.map(({ payer }) => payer)).size);
    }
    for (const each of of(work, rowsOf(tables, "workPayers"))) {
      const paid = own.filter(({ payer }) => payer === each.payer);
      expect(big(each, "paid")).to.equal(sumOf(paid, "price"));
      expect(big(each, "refunded")).to.equal(sumOf(paid, "price", (row) => !isKept(row)));
    }
    expect(sumOf(of(work, rowsOf(tables, "workPayers")), "paid")).to.equal(sumOf(own, "price"));
  }
  for (const account of rowsOf(tables, "accounts")) {
    const paid = licences.filter(({ payer }) => payer === account.address);
    expect(big(account, "licencesPaid")).to.equal(sumOf(paid, "price"));
    expect(big(account, "licencesRefunded")).to.equal(sumOf(paid, "price", (row) => !isKept(row)));
  }
}

/** Of each order and resale, to the wei: what was paid is what was earned, kept in escrow, or went back. */
function earningsAgree(tables: Tables): void {
  const earnings = rowsOf(tables, "earnings");
  const events = rowsOf(tables, "licenceEvents");
  for (const row of rowsOf(tables, "licences")) {
    const own = earnings.filter(({ licenceId }) => licenceId === row.id);
    const gross = (kind: string) => sumOf(own, "gross", (each) => each.kind === kind) / WEI_PER_MICROCREDIT;
    const isLost = row.status === "Released" && row.bond !== null;
    expect(gross("Licence")).to.equal(row.status === "Released" ? big(row, "price") : 0n);
    expect(gross("Bond")).to.equal(isLost ? big(row, "bond") : 0n);
    expect(gross("Licence") + gross("Bond")).to.equal(big(row, "earned"));
    const [commission] = own.filter(({ kind }) => kind === "Licence").map((each) => big(each, "commission"));
    if (commission !== undefined) {
      const price = big(row, "price") * WEI_PER_MICROCREDIT;
      expect(commission).to.equal((price * BigInt(Number(row.commissionBps))) / 10_000n);
    }
    const [refund] = events.filter((each) => each.licenceId === row.id && each.kind === "Refunded");
    if (refund) expect(big(refund, "amount")).to.equal(big(row, "price") + BigInt(String(row.bond ?? 0)));
    expect(refund === undefined).to.equal(isKept(row));
  }
  for (const row of rowsOf(tables, "resales")) {
    expect(row.paid).to.equal(row.price);
    const own = earnings.filter((each) => each.transaction === row.transaction);
    const sums = ["Royalty", "Resale"].map((kind) => sumOf(own, "gross", (each) => each.kind === kind));
    const [price, royalty] = [big(row, "price"), big(row, "royalty")];
    expect(sums).to.deep.equal([royalty * WEI_PER_MICROCREDIT, (price - royalty) * WEI_PER_MICROCREDIT]);
    expect(own.every(({ workId, licenceId }) => workId === row.workId && licenceId === row.licenceId)).to.equal(true);
  }
  for (const work of rowsOf(tables, "works")) {
    const own = of(work, earnings);
    const sum = (...kinds: string[]) => sumOf(own, "gross", ({ kind }) => kinds.includes(String(kind)));
    expect(sum("Licence", "Bond")).to.equal(big(work, "earned") * WEI_PER_MICROCREDIT);
    expect(sum("Royalty")).to.equal(big(work, "royalties") * WEI_PER_MICROCREDIT);
  }
}

/** Every event that tells of a licence, a listing or a resale has its row. */
export async function expectMarketEvents(w: World, tables: Tables): Promise<void> {
  const { Licenses, Resale } = w.contracts;
  const countsOf = async (contract: { abi: unknown; address: Address }) => {
    const { abi, address } = contract as typeof Licenses;
    const events = await w.publicClient.getContractEvents({ abi, address, fromBlock: 0n });
    const own = events.filter(({ args }) => !("collection" in args) || args.collection === Licenses.address);
    return Map.groupBy(own, ({ eventName }) => String(eventName));
  };
  const [licences, resales] = [await countsOf(Licenses), await countsOf(Resale)];
  const told = Map.groupBy(rowsOf(tables, "licenceEvents"), ({ kind }) => String(kind));
  for (const kind of ["Bought", "Delivered", "Disputed", "Resolved", "Released", "Refunded"]) {
    expect(told.get(kind)?.length, kind).to.equal(licences.get(kind)?.length);
  }
  for (const kind of ["Listed", "Delisted", "Resold"]) {
    expect(told.get(kind)?.length, kind).to.equal(resales.get(kind)?.length);
  }
  const all = await w.publicClient.getContractEvents({ ...Resale, eventName: "Resold", fromBlock: 0n });
  expect(rowsOf(tables, "resales")).to.have.length(all.length);
  expect(rowsOf(tables, "offers")).to.have.length(licences.get("Offered")?.length ?? 0);
  expect(rowsOf(tables, "licences")).to.have.length(licences.get("Bought")?.length ?? 0);
}
