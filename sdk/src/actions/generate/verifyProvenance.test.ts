import { expect } from "chai";
import { keccak256, stringToBytes, zeroHash } from "viem";
import { privateKeyToAccount } from "viem/accounts";
import {
  type Provenance,
  type Receipt,
  signMeter,
  type VerifyProvenanceParameters,
  verifyProvenance,
} from "../../index.ts";

const meter = { chainId: 31_337, inferenceMeter: "0x00000000000000000000000000000000000000a1" } as const;
const operator = privateKeyToAccount(`0x${"07".repeat(32)}`);
const stranger = privateKeyToAccount(`0x${"08".repeat(32)}`);
const bytes = stringToBytes("a picture");
const prompt = "A lighthouse";
const terms = { perInference: 100_000n, perUnit: 50_000n };
const honest: Receipt = {
  operator: operator.address,
  tabId: 1n,
  sequence: 1n,
  request: zeroHash,
  response: keccak256(bytes),
  characterId: 5n,
  termsVersion: 2n,
  milliunits: 3n,
  quality: 2,
  amount: 100_300n,
  fee: 12n,
  servedAt: 9n,
  previous: zeroHash,
};

/** A record whose receipt is changed before it is signed. */
async function record(change: Partial<Provenance> = {}, receipt: Partial<Receipt> = {}): Promise<Provenance> {
  const signed = { ...honest, ...receipt };
  return {
    ...{ version: 1, generation: "gen_1", operator: operator.address, chainId: meter.chainId, characterId: 5n },
    ...{ termsVersion: 2n, promptHash: keccak256(stringToBytes(prompt)), contentHash: keccak256(bytes) },
    ...{ mediaType: "image/png", bytes: bytes.length, modality: "Image", quality: "High", seed: 7, madeAt: 9 },
    engine: { name: "local", label: "Procedural art" },
    receipt: { receipt: signed, signature: await signMeter(operator, meter, "Receipt", signed) },
    ...change,
  };
}

async function kinds(parameters: Partial<VerifyProvenanceParameters>): Promise<string[]> {
  const checked = await verifyProvenance({ bytes, record: await record(), meter, prompt, ...parameters });
  expect(checked.ok).to.equal(checked.findings.length === 0);
  return checked.findings.map(({ kind }) => kind);
}

describe("Where a made thing comes from", () => {
  it("is proven by its bytes, its prompt, the operator's receipt and the chain's terms", async () => {
    const checked = await verifyProvenance({
      ...{ bytes, record: await record(), prompt, meter, terms },
      operators: [stranger.address, operator.address],
    });
    expect(checked).to.deep.equal({ ok: true, vouched: true, findings: [] });
  });

  it("has no one's word but the record's when nobody paid, which is wrong only where it must be paid", async () => {
    const free = await record({ receipt: null });
    expect(await verifyProvenance({ bytes, record: free, meter })).to.include({ ok: true, vouched: false });
    expect(await kinds({ record: free, mustBePaid: true })).to.deep.equal(["receipt-missing"]);
  });

  it("is vouched for only by an operator that the chain lists: without such a list any key could have signed", async () => {
    const checked = await verifyProvenance({ bytes, record: await record(), prompt, meter, terms });
    expect(checked).to.deep.equal({ ok: true, vouched: false, findings: [] });
    const operators = [stranger.address];
    expect(await verifyProvenance({ bytes, record: await record(), meter, operators })).to.include({ vouched: false });
    const free = await record({ receipt: null });
    expect(await verifyProvenance({ bytes, record: free, meter, operators: [operator.address] })).to.include({
      vouched: false,
    });
  });

  it("is not proven of other bytes, whatever their record says", async () => {
    const other = stringToBytes("a forgery");
    expect(await kinds({ bytes: other })).to.deep.equal(["content-hash", "response"]);
    const rewritten = await record({ contentHash: keccak256(other) });
    expect(await kinds({ bytes: other, record: rewritten })).to.deep.equal(["response"]);
    expect(await kinds({ bytes: stringToBytes("short") })).to.deep.equal(["content-hash", "size", "response"]);
  });

  it("is not proven of another prompt, and says nothing of one that is not known", async () => {
    expect(await kinds({ prompt: "A castle" })).to.deep.equal(["prompt-hash"]);
    expect(await kinds({ prompt: undefined })).to.deep.equal([]);
  });

  for (const [what, kind, change, receipt] of [
    ["another tool", "character", {}, { characterId: 6n }],
    ["another version of the terms", "terms-version", {}, { termsVersion: 3n }],
    ["another quality", "quality", { quality: "Ultra" }, {}],
    ["a quality that does not exist", "quality", {}, { quality: 9 }],
    ["another file", "response", {}, { response: zeroHash }],
    ["another chain", "chain", { chainId: 1 }, {}],
    ["a price that its terms do not come to", "amount", {}, { amount: 1n }],
  ] as const) {
    it(`is not proven by a receipt of ${what}`, async () => {
      expect(await kinds({ record: await record(change, receipt), terms })).to.deep.equal([kind]);
    });
  }

  it("is not proven by a receipt that somebody else signed, or for another meter", async () => {
    const signature = await signMeter(stranger, meter, "Receipt", honest);
    const forged = await record({ receipt: { receipt: honest, signature } });
    const checked = await verifyProvenance({ bytes, record: forged, meter, operators: [operator.address] });
    expect(checked.findings.map(({ kind }) => kind)).to.deep.equal(["receipt-signature"]);
    expect(checked.vouched).to.equal(false);
    const elsewhere = { ...meter, inferenceMeter: stranger.address };
    expect(await kinds({ meter: elsewhere })).to.deep.equal(["receipt-signature"]);
  });

  it("is not proven by an operator that the tool's owner does not list, or that the receipt does not name", async () => {
    expect(await kinds({ operators: [stranger.address] })).to.deep.equal(["operator-unlisted"]);
    const theirs = await record({ operator: stranger.address });
    expect(await kinds({ record: theirs })).to.deep.equal(["operator", "receipt-signature"]);
  });

  it("is not proven by terms that the chain never had, and says all of it in words", async () => {
    const { findings } = await verifyProvenance({ bytes, record: await record(), meter, terms: null });
    expect(findings.map(({ kind, message }) => [kind, message])).to.deep.equal([
      [
        "terms-unknown",
        "The chain does not have the version of the terms that the record names: expected terms on the chain, found 2.",
      ],
    ]);
  });
});
