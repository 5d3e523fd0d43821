import { expect } from "chai";
import { changeDraft, type Draft, emptyDraft, isTouched, listOf, problemsOf } from "./draft.ts";

const ME = "0x23618e81E3f5cdF7f54C3d65f7FBc0aBf5B21E8f";
const OTHER = "0xa0Ee7A142d267C1f36714E4a8F75612F20a79720";

const ready = (values: Partial<Draft> = {}): Draft => ({
  ...emptyDraft(),
  name: "Ferryman",
  systemPrompt: "You row people over.",
  ...values,
});

describe("draft of a character", () => {
  it("keeps every other field, and the salt, when one is changed", () => {
    const before = ready();
    const after = changeDraft(before, { kind: "set", values: { tagline: "Rows you over." } });
    expect(after).to.deep.equal({ ...before, tagline: "Rows you over." });
  });

  it("changes one opener in its place", () => {
    const after = changeDraft(ready({ openers: ["a", "b", "c"] }), { kind: "opener", at: 1, text: "B" });
    expect(after.openers).to.deep.equal(["a", "B", "c"]);
  });

  it("adds, changes and removes lore, each entry by its place", () => {
    const added = [1, 2].reduce((draft) => changeDraft(draft, { kind: "addLore" }), ready());
    const changed = changeDraft(added, { kind: "lore", at: 1, values: { title: "The river" } });
    expect(changed.lore.map(({ title }) => title)).to.deep.equal(["", "The river"]);
    expect(changeDraft(changed, { kind: "removeLore", at: 0 }).lore).to.deep.equal([
      { title: "The river", keywords: "", text: "" },
    ]);
  });

  it("takes files in and out, each by its name for this device", () => {
    const file = (id: string) => ({ id, name: `${id}.md`, mediaType: "text/markdown" as const, size: 3 });
    const added = ["a", "b"].reduce((draft, id) => changeDraft(draft, { kind: "addFile", file: file(id) }), ready());
    expect(changeDraft(added, { kind: "removeFile", id: "a" }).files).to.deep.equal([file("b")]);
    expect(isTouched({ ...emptyDraft(), files: [file("a")] })).to.equal(true);
  });

  it("has a salt of its own each time it begins anew", () => {
    expect(emptyDraft().salt)
      .to.match(/^0x[0-9a-f]{64}$/)
      .and.not.equal(emptyDraft().salt);
  });

  it("is worth keeping once a word is typed, not before", () => {
    expect(isTouched(emptyDraft())).to.equal(false);
    expect(isTouched({ ...emptyDraft(), greeting: "Hm." })).to.equal(true);
  });

  it("reads lists between commas, without blanks and repeats", () => {
    expect(listOf(" sea, , old ,sea,")).to.deep.equal(["sea", "old"]);
  });
});

describe("problems of a draft", () => {
  it("are none when name, persona and price are there", () => {
    expect(problemsOf(ready(), ME)).to.deep.equal({});
  });

  it("are a missing name and a missing persona, blanks not counted", () => {
    expect(problemsOf(ready({ name: " ", systemPrompt: "\n" }))).to.have.all.keys("name", "systemPrompt");
  });

  it("are a price that cannot be read, and two that are nothing, unless it is free", () => {
    expect(problemsOf(ready({ perMessage: "0,3" }))).to.have.all.keys("perMessage");
    expect(problemsOf(ready({ perMessage: "", perThousand: "0" })).perMessage?.id).to.equal("publish.problem.noPrice");
    expect(problemsOf(ready({ perMessage: "nonsense", isFree: true }))).to.deep.equal({});
  });

  it("are none when one price of any kind is there", () => {
    const none = { perMessage: "", perThousand: "" };
    expect(problemsOf(ready({ ...none, lifetime: "20" }))).to.deep.equal({});
    expect(problemsOf(ready({ ...none, monthly: "0" })).perMessage?.id).to.equal("publish.problem.noPrice");
    expect(problemsOf(ready({ monthly: "5,5", annual: "2000000" }))).to.have.all.keys("monthly", "annual");
  });

  it("are a partner without an address, oneself as partner, and a part that is none", () => {
    const shared = (values: Partial<Draft>) => problemsOf(ready({ isShared: true, partner: OTHER, ...values }), ME);
    expect(shared({})).to.deep.equal({});
    expect(shared({ partner: "0x12" }).partner?.id).to.equal("publish.problem.address");
    expect(shared({ partner: `0x${"0".repeat(40)}` }).partner?.id).to.equal("publish.problem.address");
    expect(shared({ partner: ME.toLowerCase() }).partner?.id).to.equal("publish.problem.ownAddress");
    expect(shared({ partnerPercent: "100" })).to.have.all.keys("partnerPercent");
  });

  it("are too many tags, and lore without a text", () => {
    const tags = Array.from({ length: 13 }, (_, at) => `tag${at}`).join(",");
    expect(problemsOf(ready({ tags }))).to.have.all.keys("tags");
    expect(problemsOf(ready({ lore: [{ title: "River", keywords: "", text: "" }] }))).to.have.all.keys("lore0");
  });
});
