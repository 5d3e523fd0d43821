import { expect } from "chai";
import { add, type Conversation, change, EMPTY, path, type Role } from "../../chat/conversation.ts";
import { answered, clearedUntil, merge, saysTheSame } from "./merge.ts";
import { decodeRecord, encodeRecord } from "./record.ts";

/** Says lines one after the other, a second each; those of the character begin with ">". */
function said(start: Conversation, at: number, ...lines: string[]): Conversation {
  return lines.reduce((conversation, line, index) => {
    const role: Role = line.startsWith(">") ? "assistant" : "user";
    const parent = path(conversation).at(-1)?.id ?? 0;
    return add(conversation, { parent, role, content: line, state: "done", at: at + index }).conversation;
  }, start);
}

const texts = ({ turns }: Conversation) => turns.map(({ content }) => content).sort();

describe("merging a conversation from two browsers", () => {
  const shared = said(EMPTY, 100, "hi", ">hello");

  it("changes nothing when both have the same", () => {
    expect(merge(shared, structuredClone(shared))).to.equal(shared);
  });

  it("adds what was said on the other one", () => {
    const longer = said(shared, 200, "and then?", ">the sea");
    expect(texts(merge(shared, longer))).to.deep.equal(texts(longer));
    expect(merge(longer, shared)).to.equal(longer);
  });

  it("keeps both when each went on by itself, as branches, and shows the one that was spoken on last", () => {
    const here = said(shared, 200, "here?", ">here");
    const there = said(shared, 300, "there?", ">there");
    for (const merged of [merge(here, there), merge(there, here)]) {
      expect(texts(merged)).to.deep.equal([">hello", ">here", ">there", "here?", "hi", "there?"]);
      expect(path(merged).at(-1)?.content).to.equal(">there");
      expect(new Set(merged.turns.map(({ id }) => id)).size).to.equal(6);
    }
  });

  it("keeps what an answer was read out as, and the same one everywhere where both have one", () => {
    const spoken = (id: string) => change(shared, 2, { spoken: id });
    const of = (conversation: Conversation) => conversation.turns.find(({ id }) => id === 2)?.spoken;
    expect(of(merge(shared, spoken("gen_b")))).to.equal("gen_b");
    expect(of(merge(spoken("gen_b"), shared))).to.equal("gen_b");
    expect(of(merge(spoken("gen_b"), spoken("gen_a")))).to.equal("gen_a");
    expect(of(merge(spoken("gen_a"), spoken("gen_b")))).to.equal("gen_a");
  });

  it("does not keep what a shorter answer was read out as", () => {
    const short = change(shared, 2, { content: ">he", state: "stopped", spoken: "gen_a" });
    expect(merge(short, shared).turns.find(({ id }) => id === 2)?.spoken).to.equal(undefined);
  });

  it("comes to the same on both sides, and stays there", () => {
    const here = said(shared, 200, "here?", ">here");
    const there = said(shared, 300, "there?", ">there");
    const one = merge(here, there);
    expect(saysTheSame(merge(one, there), one)).to.equal(true);
    expect(saysTheSame(merge(one, here), one)).to.equal(true);
    expect(texts(merge(there, one))).to.deep.equal(texts(one));
  });

  it("keeps two beginnings of a conversation that was begun on both", () => {
    expect(texts(merge(said(EMPTY, 1, "a"), said(EMPTY, 2, "b")))).to.deep.equal(["a", "b"]);
  });

  it("keeps the same words said twice", () => {
    expect(merge(said(EMPTY, 1, "go on"), said(EMPTY, 9, "go on")).turns).to.have.length(2);
  });

  it("takes of one answer the copy that had come further, with its cost", () => {
    const short = change(shared, 2, { content: ">he", state: "stopped" });
    const paid = change(shared, 2, { cost: 5n, receipt: 3n });
    expect(merge(short, paid).turns[1]).to.deep.equal(paid.turns[1]);
    expect(merge(paid, short)).to.equal(paid);
  });

  it("leaves out what was deleted on purpose, and keeps what was said after", () => {
    const later = said(shared, 200, "after", ">yes");
    const left = clearedUntil(later, 150);
    expect(path(left).map(({ content }) => content)).to.deep.equal(["after", ">yes"]);
    expect(clearedUntil(later, 50)).to.equal(later);
  });

  it("keeps no question that nothing answers, nor an answer that still comes", () => {
    const asked = said(shared, 200, "unanswered");
    expect(saysTheSame(answered(asked), shared)).to.equal(true);
    const coming = change(said(asked, 300, ">com"), 4, { state: "streaming" });
    expect(saysTheSame(answered(coming), shared)).to.equal(true);
    expect(answered(shared)).to.equal(shared);
  });

  it("is written and read the same, amounts of any size included", () => {
    const paid = change(shared, 2, { cost: 2n ** 70n, receipt: 1n, included: true });
    const record = { characterId: "7", conversation: paid, clearedAt: 9 };
    expect(decodeRecord(encodeRecord(record))).to.deep.equal(record);
  });

  it("is left alone when a newer version wrote it", () => {
    expect(decodeRecord('{"version":2}')).to.equal(undefined);
  });
});
