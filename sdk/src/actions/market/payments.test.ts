import { expect } from "chai";
import fc from "fast-check";
import { type Address, encodeFunctionData, getAddress, type Hex, toHex } from "viem";
import { call } from "viem/actions";
import { failure } from "../../../test/failure.ts";
import { offerOf, withOrder, withWork } from "../../../test/market.ts";
import { clientsOf, stelaiOf, withCredits } from "../../../test/world.ts";
import {
  licensesBoughtEvent,
  licensesDisputedEvent,
  licensesOnTransferReceived,
  resaleOnTransferReceived,
  stelaiTransferAndCall3,
} from "../../generated/fragments.ts";
import { decodeError, encodeLicencePayment, encodeResalePurchase, TERMS_HASHES } from "../../index.ts";
import { eventArguments } from "../../internal/events.ts";
import { send } from "../../internal/send.ts";

const uint = (bits: number) => fc.bigInt({ min: 0n, max: (1n << BigInt(bits)) - 1n });
const address = uint(160)
  .filter((one) => one !== 0n)
  .map((one) => getAddress(toHex(one, { size: 20 })));
const runs = { numRuns: 25, seed: 5 };

/** What a contract says to data that $STELAI brings it. */
async function refusalOf(to: "Licenses" | "Resale", value: bigint, data: Hex): Promise<unknown> {
  const { publicClient, deployment } = await clientsOf();
  const { [to]: address, Stelai } = deployment.contracts;
  const abi = [to === "Licenses" ? licensesOnTransferReceived : resaleOnTransferReceived];
  const args = [Stelai, Stelai, value, data] as const;
  const asked = encodeFunctionData({ abi, functionName: "onTransferReceived", args });
  return decodeError(await failure(call(publicClient, { account: Stelai, to: address, data: asked })));
}

/** Sends credits with a payment, however odd. */
async function pay(stelai: Awaited<ReturnType<typeof stelaiOf>>, value: bigint, data: Hex) {
  const { Licenses, Stelai } = stelai.client.deployment.contracts;
  const args = [Licenses, value, data] as const;
  const transfer = { address: Stelai, abi: [stelaiTransferAndCall3], functionName: "transferAndCall", args } as const;
  return (await send(stelai.client, transfer, (receipt) => ({ receipt }))).wait();
}

describe("A payment to Licenses, encoded by the SDK", () => {
  it("names to Solidity the offer that is bought, or the licence that is disputed", async () => {
    const text = fc.string({ unit: "grapheme", maxLength: 80 });
    await fc.assert(
      fc.asyncProperty(fc.boolean(), uint(256), address, text, async (isDispute, id, recipient, evidenceURI) => {
        // None of these ids exists: the contract answers with the id that it read.
        const unknown = id | (1n << 60n);
        const data = encodeLicencePayment({ isDispute, id: unknown, recipient, evidenceURI });
        const refusal = await refusalOf("Licenses", 0n, data);
        expect(refusal).to.have.property("contractError", isDispute ? "WrongStatus" : "OfferVoid");
        expect(refusal).to.have.nested.property(isDispute ? "args.licenceId" : "args.offerId", unknown);
      }),
      runs,
    );
  });

  it("names to Solidity who gets the licence, and the evidence, whatever they are", async () => {
    const { first } = await withWork([await offerOf("Personal", 1n)]);
    const stelai = await stelaiOf(await withCredits());
    const { Licenses } = stelai.client.deployment.contracts;
    await fc.assert(
      fc.asyncProperty(address, async (recipient: Address) => {
        const data = encodeLicencePayment({ isDispute: false, id: first, recipient, evidenceURI: "" });
        const { receipt } = await pay(stelai, 1_000_000_000_000n, data);
        expect(eventArguments(receipt, Licenses, licensesBoughtEvent).holder).to.equal(recipient);
      }),
      { ...runs, numRuns: 5 },
    );
    for (const evidenceURI of ["", "ipfs://evidence", "ünïcödé ✓ \u0000 <script>", "x".repeat(256)]) {
      const order = await withOrder();
      const id = order.licenceId;
      const data = encodeLicencePayment({ isDispute: true, id, recipient: order.holder.address, evidenceURI });
      const bond = (await order.stelai.market.getBond({ licenceId: id })) * 1_000_000_000_000n;
      const { receipt } = await pay(order.stelai, bond, data);
      expect(eventArguments(receipt, Licenses, licensesDisputedEvent).evidenceURI).to.equal(evidenceURI);
    }
  });
});

describe("A purchase from Resale, encoded by the SDK", () => {
  it("names to Solidity the collection and the token, and a price that what is sent must reach", async () => {
    const { deployment } = await clientsOf();
    const { Licenses } = deployment.contracts;
    await fc.assert(
      fc.asyncProperty(address, uint(256), uint(64), address, async (collection, tokenId, price, recipient) => {
        const wei = price * 1_000_000_000_000n;
        const unknown = encodeResalePurchase({ collection, tokenId, price, recipient });
        const elsewhere = await refusalOf("Resale", wei, unknown);
        expect(elsewhere).to.have.nested.property("args.collection", collection);
        const data = encodeResalePurchase({ collection: Licenses, tokenId, price, recipient });
        const unlisted = await refusalOf("Resale", wei, data);
        expect(unlisted).to.have.property("contractError", "NotListed");
        expect(unlisted).to.have.nested.property("args.tokenId", tokenId);
        if (price > 0n) {
          const short = await refusalOf("Resale", wei - 1n, data);
          expect(short).to.have.property("contractError", "UnexpectedPayment");
        }
      }),
      runs,
    );
  });
});

describe("An offer's terms", () => {
  it("are on the chain what the SDK says of each tier when none are named", async () => {
    const tiers = ["Personal", "Commercial", "Exclusive"] as const;
    const offers = await Promise.all(tiers.map((tier) => offerOf(tier, 3n)));
    const { seller, offerIds } = await withWork(offers);
    for (const [at, tier] of tiers.entries()) {
      const offer = await seller.market.getOffer({ offerId: offerIds[at] ?? 0n });
      expect(offer).to.include({ tier, termsHash: TERMS_HASHES[tier], supply: tier === "Exclusive" ? 1 : 0 });
    }
  });
});
