import { hashReceipt } from "@stelai/sdk";
import type { WorkMetadata } from "@stelai/sdk/wire";
import { expect } from "chai";
import { zeroHash } from "viem";
import { checksOf, verdictOf } from "./provenance.ts";

const FILE = `0x${"ab".repeat(32)}` as const;
const receipt = {
  ...{ operator: `0x${"11".repeat(20)}` as const, tabId: 3n, sequence: 2n, request: zeroHash, response: FILE },
  ...{ characterId: 12n, termsVersion: 1n, milliunits: 1_000n, quality: 1, amount: 4_000_000n, fee: 100n },
  ...{ servedAt: 1_800_000_000n, previous: zeroHash },
};
const metadata = (contentHash: string, shown: typeof receipt | null): Pick<WorkMetadata, "file" | "provenance"> =>
  ({
    file: { contentHash },
    provenance: shown ? { receipt: { receipt: shown, signature: "0x" } } : null,
  }) as unknown as Pick<WorkMetadata, "file" | "provenance">;
const proved = { receipt: hashReceipt(receipt), contentHash: FILE };
const results = (checks: ReturnType<typeof checksOf>) =>
  checks.map(({ check, result }) => `${check}:${result}`).join(" ");

describe("where a work comes from", () => {
  it("is proved when the chain has a receipt, and what is shown is that receipt and that file", () => {
    const checks = checksOf(proved, metadata(FILE, receipt), true);
    expect(results(checks)).to.equal("maker:fits receipt:fits operator:fits file:fits");
    expect(verdictOf(checks)).to.equal("proven");
  });

  it("is wrong when another receipt is shown than was proved, or another file is named", () => {
    const other = checksOf(proved, metadata(FILE, { ...receipt, amount: 1n }), true);
    expect(results(other)).to.equal("maker:fits receipt:wrong operator:fits file:fits");
    const swapped = checksOf(proved, metadata(`0x${"cd".repeat(32)}`, receipt), true);
    expect(results(swapped)).to.equal("maker:fits receipt:fits operator:fits file:wrong");
    expect([verdictOf(other), verdictOf(swapped)]).to.deep.equal(["wrong", "wrong"]);
  });

  it("is wrong when the operator that signed is none of the tool's", () => {
    expect(verdictOf(checksOf(proved, metadata(FILE, receipt), false))).to.equal("wrong");
  });

  it("is nothing that is proved for a file that was brought along, whatever its metadata show", () => {
    const brought = { receipt: null, contentHash: FILE };
    const checks = checksOf(brought, metadata(FILE, receipt), true);
    expect(results(checks)).to.equal("maker:none receipt:none operator:none file:fits");
    expect(verdictOf(checks)).to.equal("nothing");
  });

  it("is unclear by the chain alone, where the metadata cannot be read", () => {
    const checks = checksOf(proved, null, undefined);
    expect(results(checks)).to.equal("maker:fits receipt:none operator:none file:none");
    expect(verdictOf(checks)).to.equal("unclear");
  });

  it("is unclear when no receipt is shown, or its operator cannot be looked up", () => {
    expect(verdictOf(checksOf(proved, metadata(FILE, null), undefined))).to.equal("unclear");
    expect(verdictOf(checksOf(proved, metadata(FILE, receipt), undefined))).to.equal("unclear");
  });
});
