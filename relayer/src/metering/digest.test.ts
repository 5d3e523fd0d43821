import { hashRequest, meterDigest } from "@stelai/sdk";
import { expect } from "chai";
import fc from "fast-check";
import {
  concat,
  type Hex,
  numberToHex,
  parseSignature,
  serializeCompactSignature,
  serializeSignature,
  signatureToCompactSignature,
} from "viem";
import { privateKeyToAccount, sign } from "viem/accounts";
import { isNative, recoverSigner, signDigest } from "./curve.ts";
import { meterDigests, structHash } from "./digest.ts";

const bytes = (size: number) =>
  fc.uint8Array({ minLength: size, maxLength: size }).map((value) => `0x${Buffer.from(value).toString("hex")}` as Hex);
const uint = (bits: number) => fc.bigInt(0n, (1n << BigInt(bits)) - 1n);
const request = fc.record({
  operator: bytes(20),
  tabId: uint(64),
  id: bytes(32),
  body: bytes(32),
  characterId: uint(48),
  termsVersion: uint(40),
  maxCost: uint(40),
  deadline: uint(64),
});
const receipt = fc.record({
  operator: bytes(20),
  tabId: uint(64),
  sequence: uint(64),
  request: bytes(32),
  response: bytes(32),
  characterId: uint(48),
  termsVersion: uint(40),
  milliunits: uint(48),
  quality: fc.integer({ min: 0, max: 255 }),
  amount: uint(40),
  fee: uint(40),
  servedAt: uint(64),
  previous: bytes(32),
});
const RUNS = { numRuns: 1_000 };

describe("Hashes of the relayer", () => {
  const inferenceMeter = "0x70997970C51812dc3A010C7d01b50e0d17dc79C8";
  const digests = meterDigests(31337, inferenceMeter);
  const meter = { chainId: 31337, inferenceMeter } as const;

  it("of requests equal the SDK's", () => {
    fc.assert(
      fc.property(request, (value) => structHash("Request", value) === hashRequest(value)),
      RUNS,
    );
  });

  it("of receipts equal viem's digests", () => {
    fc.assert(
      fc.property(receipt, (value) => digests.of("Receipt", value) === meterDigest(meter, "Receipt", value)),
      RUNS,
    );
  });

  it("need every field", () => {
    expect(() => structHash("Seal", {})).to.throw("Seal needs voucher");
  });
});

describe("Signatures of the relayer", () => {
  const key = `0x${"42".repeat(32)}` as const;
  const signer = privateKeyToAccount(key).address.toLowerCase();

  it("are made and read natively on this platform", () => {
    expect(isNative).to.equal(true);
  });

  it("equal viem's, and are recovered to their signer", async () => {
    await fc.assert(
      fc.asyncProperty(bytes(32), async (digest) => {
        const signature = await signDigest(digest, key);
        expect(signature).to.equal(await sign({ hash: digest, privateKey: key, to: "hex" }));
        expect(await recoverSigner(digest, signature)).to.equal(signer);
      }),
      { numRuns: 200 },
    );
  });

  it("are read in the compact form too (ERC-2098)", async () => {
    const digest = `0x${"17".repeat(32)}` as const;
    const compact = serializeCompactSignature(
      signatureToCompactSignature(parseSignature(await signDigest(digest, key))),
    );
    expect(await recoverSigner(digest, compact)).to.equal(signer);
  });

  it("with a high s, an impossible v or another length are nobody's", async () => {
    const digest = `0x${"17".repeat(32)}` as const;
    const { r, s, yParity } = parseSignature(await signDigest(digest, key));
    const order = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n;
    const high = serializeSignature({ r, s: numberToHex(order - BigInt(s), { size: 32 }), yParity: 1 - yParity });
    expect(await recoverSigner(digest, high)).to.equal(undefined);
    expect(await recoverSigner(digest, concat([r, s, "0x05"]))).to.equal(undefined);
    expect(await recoverSigner(digest, concat([r, s, "0x1b1b"]))).to.equal(undefined);
    expect(await recoverSigner(digest, `0x${"00".repeat(65)}`)).to.equal(undefined);
    expect(await recoverSigner(digest, `0x${"ff".repeat(65)}`)).to.equal(undefined);
  });
});
