import { expect } from "chai";
import { rightsOf } from "./compose.ts";
import {
  changeSellDraft,
  DURATIONS,
  emptySellDraft,
  isFitDuration,
  isTouched,
  restoredDraft,
  type SellDraft,
} from "./draft.ts";
import { offerPrice, problemsByStep, sellProblems, stepFrom, supplyOf } from "./problems.ts";

const ME = "0x23618e81E3f5cdF7f54C3d65f7FBc0aBf5B21E8f";

const ready = (values: Partial<SellDraft> = {}): SellDraft => {
  const draft = emptySellDraft();
  return {
    ...draft,
    title: "Harbour at dawn",
    tiers: { ...draft.tiers, Personal: { ...draft.tiers.Personal, price: "12" } },
    ...values,
  };
};
const fieldsOf = (draft: SellDraft) => Object.keys(sellProblems(draft, [], ME)).filter((each) => each !== "deposit");

describe("draft of a work", () => {
  it("keeps the other tiers when one is changed", () => {
    const before = ready();
    const after = changeSellDraft(before, { kind: "tier", tier: "Commercial", values: { isOn: true, price: "80" } });
    expect(after.tiers.Commercial).to.deep.equal({ isOn: true, price: "80", supply: "", duration: "forever" });
    expect(after.tiers.Personal).to.equal(before.tiers.Personal);
  });

  it("takes a parent once, however often it is chosen", () => {
    const parent = { workId: "7", title: "Harbour", bps: 1_000 };
    const once = changeSellDraft(ready(), { kind: "addParent", parent });
    expect(changeSellDraft(once, { kind: "addParent", parent }).parents).to.deep.equal([parent]);
    expect(changeSellDraft(once, { kind: "removeParent", workId: "7" }).parents).to.deep.equal([]);
  });

  it("has the shares of parents that were agreed to anew, and the others as they were", () => {
    const parents = [7, 8].map((id) => ({ workId: String(id), title: "", bps: 1_000 }));
    const after = changeSellDraft(ready({ parents }), { kind: "shares", changes: [{ workId: "8", now: 2_000 }] });
    expect(after.parents.map(({ bps }) => bps)).to.deep.equal([1_000, 2_000]);
    expect(rightsOf(after).maxParentsBps).to.equal(3_000);
  });

  it("offers no time that the chain refuses", () => {
    for (const seconds of Object.values(DURATIONS)) expect(isFitDuration(seconds), String(seconds)).to.equal(true);
    expect(isFitDuration(172_799n)).to.equal(false);
  });

  it("is worth keeping once something was typed, and not before", () => {
    expect(isTouched(emptySellDraft())).to.equal(false);
    expect(isTouched({ ...emptySellDraft(), tags: "sea" })).to.equal(true);
  });

  it("comes back whole when an older page stored less of it", () => {
    const { tiers, ...found } = ready({ royalty: "3" });
    const restored = restoredDraft({ ...found, tiers: { Personal: tiers.Personal } as SellDraft["tiers"] });
    expect(restored.royalty).to.equal("3");
    expect(restored.tiers.Personal.price).to.equal("12");
    expect(restored.tiers.Exclusive.supply).to.equal("1");
  });
});

describe("what keeps a work from being listed", () => {
  it("is nothing of one with a title and a priced tier but its file", () => {
    expect(fieldsOf(ready())).to.deep.equal([]);
    expect(sellProblems(ready(), [], ME)).to.have.property("deposit");
  });

  it("is a missing title, no tier, or tags that are too many or no words", () => {
    expect(fieldsOf(ready({ title: " " }))).to.deep.equal(["title"]);
    const off = changeSellDraft(ready(), { kind: "tier", tier: "Personal", values: { isOn: false } });
    expect(fieldsOf(off)).to.deep.equal(["tiers"]);
    expect(fieldsOf(ready({ tags: Array.from({ length: 13 }, (_, at) => `t${at}`).join() }))).to.deep.equal(["tags"]);
    expect(fieldsOf(ready({ tags: "<b>" }))).to.deep.equal(["tags"]);
  });

  it("is a price or a supply that cannot be read, only of tiers that are on", () => {
    const wrong = { price: "12,5", supply: "0" };
    const on = changeSellDraft(ready(), { kind: "tier", tier: "Commercial", values: { ...wrong, isOn: true } });
    expect(fieldsOf(on)).to.deep.equal(["priceCommercial", "supplyCommercial"]);
    expect(fieldsOf(changeSellDraft(on, { kind: "tier", tier: "Commercial", values: { isOn: false } }))).to.be.empty;
  });

  it("is a royalty above 10 %, or derivatives that would owe more than half", () => {
    expect(fieldsOf(ready({ royalty: "10" }))).to.deep.equal([]);
    expect(fieldsOf(ready({ royalty: "10.01" }))).to.deep.equal(["royalty"]);
    expect(fieldsOf(ready({ allowsDerivatives: true, derivativePercent: "50.5" }))).to.deep.equal([
      "derivativePercent",
    ]);
  });

  it("is more than eight parents, or parents that are owed more than nine tenths", () => {
    const parent = (bps: number) => (_: unknown, at: number) => ({ workId: String(at + 1), title: "", bps });
    expect(fieldsOf(ready({ parents: Array.from({ length: 9 }, parent(0)) }))).to.deep.equal(["parents"]);
    expect(fieldsOf(ready({ parents: Array.from({ length: 2 }, parent(4_500)) }))).to.deep.equal([]);
    expect(fieldsOf(ready({ parents: Array.from({ length: 2 }, parent(4_501)) }))).to.deep.equal(["parents"]);
  });

  it("is told on the step where it can be mended", () => {
    const steps = problemsByStep(sellProblems(ready({ title: "", royalty: "x" }), [], ME));
    expect([...steps.keys()]).to.have.members(["about", "tiers"]);
    expect(stepFrom("review")).to.equal("review");
    expect(stepFrom("elsewhere")).to.equal("about");
  });
});

describe("prices and numbers as typed", () => {
  it("are read to the microcredit, and nothing is no price", () => {
    expect(offerPrice("0.100001")).to.equal(100_001n);
    expect(offerPrice("0")).to.equal("missing");
    expect(offerPrice(" ")).to.equal("missing");
    expect(offerPrice("1.0000001")).to.equal("unreadable");
    expect(offerPrice("1000000001")).to.equal("tooHigh");
  });

  it("are held to what the operator delivers from on, which the words name", () => {
    expect(offerPrice("0.199999", 200_000n)).to.equal("tooLow");
    expect(offerPrice("0.2", 200_000n)).to.equal(200_000n);
    const cheap = changeSellDraft(ready(), { kind: "tier", tier: "Personal", values: { price: "0.15" } });
    expect(sellProblems(cheap, [], ME)).to.not.have.property("pricePersonal");
    expect(sellProblems(cheap, [], ME, 100_000n)).to.not.have.property("pricePersonal");
    expect(sellProblems(cheap, [], ME, 200_000n).pricePersonal).to.deep.equal({
      id: "sell.problem.priceTooLow",
      values: { lowest: "0.2" },
    });
  });

  it("take no supply for any number", () => {
    expect(supplyOf("")).to.equal(0);
    expect(supplyOf("25")).to.equal(25);
    for (const text of ["0", "-1", "2.5", "4294967296"]) expect(supplyOf(text), text).to.equal(undefined);
  });
});
