import { expect } from "chai";
import { add, EMPTY } from "../../chat/conversation.ts";
import { asJson, asMarkdown } from "./files.ts";

const asked = add(EMPTY, { parent: 0, role: "user", content: "hi", state: "done", at: 1 });
const answered = add(asked.conversation, {
  ...{ parent: asked.turn.id, role: "assistant", content: "hello", state: "done", cost: 5n, receipt: 2n, at: 2 },
});
const ALL = [{ characterId: "7", name: "Stone", conversation: answered.conversation }];

describe("conversations as files", () => {
  it("hold every turn with its cost as JSON", () => {
    const [first] = JSON.parse(asJson(ALL)).conversations;
    expect(first).to.include({ characterId: "7", name: "Stone" });
    expect(first.turns[1]).to.deep.equal({ ...answered.turn, cost: "5", receipt: "2" });
  });

  it("read as Markdown under each character's name", () => {
    expect(asMarkdown(ALL, "You")).to.equal("# Stone\n\n**You**\n\nhi\n\n**Stone**\n\nhello\n");
  });
});
