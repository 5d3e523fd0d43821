import type { Provenance, ProvenanceFinding } from "@stelai/sdk";
import { expect } from "chai";
import { checksOf } from "./checks.ts";

const paid = { receipt: {} } as Provenance;
const free = { receipt: null } as Provenance;
const finding = (kind: ProvenanceFinding["kind"]): ProvenanceFinding => ({
  ...{ kind, expected: 1, found: 2 },
  message: kind,
});
const results = (record: Provenance, findings: ProvenanceFinding[]) =>
  Object.fromEntries(checksOf(record, { findings }).map(({ check, result }) => [check, result]));

describe("checks of where something comes from", () => {
  it("all fit when nothing was found", () => {
    expect(Object.values(results(paid, []))).to.deep.equal(Array.from({ length: 7 }, () => "fits"));
  });

  it("name what does not fit, with what was found", () => {
    const found = results(paid, [finding("response"), finding("amount")]);
    expect(found).to.include({ file: "wrong", price: "wrong", signature: "fits" });
    expect(checksOf(paid, { findings: [finding("size")] })[0]?.findings).to.deep.equal(["size"]);
  });

  it("say that there is nothing to check where nobody paid", () => {
    expect(results(free, [])).to.include({ file: "fits", signature: "none", tool: "none", price: "none" });
    expect(results(free, [finding("terms-unknown")])).to.include({ price: "wrong" });
  });
});
