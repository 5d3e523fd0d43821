import { expect } from "chai";
import { PROGRAMS, snippetOf } from "./snippets.ts";

const FACTS = { baseUrl: "https://relayer.example/v1", key: "sk-stelai-abc_DEF-123", model: "stelai-7" };

describe("What a program is told of a key", () => {
  it("names the operator's address and the key in every one", () => {
    for (const program of PROGRAMS) {
      expect(snippetOf(program, FACTS), program).to.include(FACTS.baseUrl).and.to.include(FACTS.key);
    }
  });

  it("asks the model in every one that asks for something", () => {
    for (const program of ["python", "javascript", "curl"] as const) {
      expect(snippetOf(program, FACTS), program).to.include('"stelai-7"');
    }
  });

  it("is a body that the relayer can read, for curl", () => {
    const body = /-d '(.+)'$/.exec(snippetOf("curl", FACTS))?.[1] ?? "";
    expect(JSON.parse(body)).to.deep.equal({
      model: "stelai-7",
      messages: [{ role: "user", content: "Good evening" }],
    });
  });

  it("is what OpenAI's clients read by themselves, for the environment", () => {
    expect(snippetOf("environment", FACTS).split("\n")).to.deep.equal([
      "OPENAI_BASE_URL=https://relayer.example/v1",
      "OPENAI_API_KEY=sk-stelai-abc_DEF-123",
    ]);
  });
});
