import { expect } from "chai";
import {
  add,
  branches,
  type Conversation,
  change,
  countIncluded,
  EMPTY,
  messagesTo,
  path,
  type Role,
  remove,
  settled,
  step,
  toMarkdown,
  totalCost,
} from "./conversation.ts";

function say(conversation: Conversation, parent: number, role: Role, content: string, cost?: bigint) {
  return add(conversation, { parent, role, content, state: "done", cost, at: 0 });
}

/** "hi" → "hello", then asked again: "good day". */
function retried() {
  const asked = say(EMPTY, 0, "user", "hi");
  const first = say(asked.conversation, asked.turn.id, "assistant", "hello", 3n);
  const second = say(first.conversation, asked.turn.id, "assistant", "good day", 4n);
  return { conversation: second.conversation, asked: asked.turn, first: first.turn, second: second.turn };
}

describe("conversation", () => {
  it("shows the newest answer when one was asked for again, and keeps the old one", () => {
    const { conversation, asked } = retried();
    expect(path(conversation).map(({ content }) => content)).to.deep.equal(["hi", "good day"]);
    expect(branches(conversation, asked.id)).to.have.length(2);
  });

  it("goes back to the older branch and stays there at its end", () => {
    const { conversation, first, second } = retried();
    const back = step(conversation, second.id, -1);
    expect(path(back).at(-1)?.id).to.equal(first.id);
    expect(step(back, first.id, -1)).to.equal(back);
    expect(path(step(back, first.id, 1)).at(-1)?.id).to.equal(second.id);
  });

  it("sends only the turns of the branch that is answered, without empty ones", () => {
    const { conversation, first } = retried();
    const failed = say(conversation, first.id, "assistant", "");
    const next = say(failed.conversation, failed.turn.id, "user", "and you?");
    expect(messagesTo(next.conversation, next.turn.id)).to.deep.equal([
      { role: "user", content: "hi" },
      { role: "assistant", content: "hello" },
      { role: "user", content: "and you?" },
    ]);
  });

  it("counts the cost of hidden branches too", () => {
    expect(totalCost(retried().conversation)).to.equal(7n);
  });

  it("counts what a pass covered apart from what cost nothing", () => {
    const { conversation, first, second } = retried();
    const covered = change(conversation, first.id, { cost: 0n, included: true });
    expect(countIncluded(change(covered, second.id, { cost: 0n }))).to.equal(1);
  });

  it("takes back a turn that nothing follows, and shows what was there before", () => {
    const { conversation, first, second } = retried();
    expect(path(remove(conversation, second.id)).at(-1)?.id).to.equal(first.id);
  });

  it("refuses to take back a turn that others follow", () => {
    const { conversation, asked } = retried();
    expect(remove(conversation, asked.id)).to.equal(conversation);
  });

  it("ends as stopped what was streaming when the page went away", () => {
    const { conversation, second } = retried();
    const streaming = change(conversation, second.id, { state: "streaming" });
    expect(path(settled(streaming)).at(-1)?.state).to.equal("stopped");
  });

  it("exports the shown path with both names", () => {
    const text = toMarkdown(retried().conversation, { person: "You", character: "Stone" });
    expect(text).to.equal("**You**\n\nhi\n\n**Stone**\n\ngood day\n");
  });
});
