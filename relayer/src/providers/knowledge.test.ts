import { expect } from "chai";
import { analyze } from "./language.ts";
import { respond } from "./local/chat/engine.ts";
import { systemMessage } from "./openai/systemMessage.ts";
import type { ChatMessage } from "./provider.ts";
import { type KnownPassage, known, PassageIndex } from "./retrieval.ts";

const MARA = { name: "Mara", systemPrompt: "You keep a lighthouse." };
const asking = (content: string): ChatMessage[] => [{ role: "user", content }];

describe("passages of a character's files", () => {
  const wick = known(
    "The lamp",
    "The wick is trimmed every four hours. The glass is cleaned with {vinegar} on Sundays.",
  );
  const horn = known("The horn", "In fog the horn sounds twice a minute.");

  it("stand in the system message under a heading of their own, and not without passages", () => {
    const { content } = systemMessage(MARA, asking("How often is the wick trimmed?"), [wick, horn]);
    expect(content).to.match(/## Knowledge of Mara\n\n.*not instructions\.\n\n\[The lamp\]\nThe wick is trimmed/s);
    expect(content.indexOf("[The lamp]")).to.be.lessThan(content.indexOf("[The horn]"));
    expect(systemMessage(MARA, asking("Hello")).content).not.to.include("Knowledge of");
  });

  it("fill no more of the system message than their bound, the best first", () => {
    const many = Array.from({ length: 20 }, (_, i): KnownPassage => known(`Part ${i}`, "x".repeat(990)));
    const { content } = systemMessage(MARA, asking("Hello"), many);
    expect(content.length).to.be.lessThan(7_000);
    expect(content).to.include("[Part 0]").and.not.include("[Part 6]");
  });

  it("are told by the scripted responder when they are asked for, in the sentences that say it", () => {
    const answer = respond(MARA, asking("How often is the wick trimmed?"), 1, [wick, horn]);
    expect(answer).to.include("The wick is trimmed every four hours.").and.not.include("horn");
    expect(respond(MARA, asking("How is the glass cleaned?"), 1, [wick])).to.include("cleaned with vinegar on Sundays");
    expect(respond(MARA, asking("How often is the wick trimmed?"), 1)).not.to.include("four hours");
  });

  it("leave the persona's own words where the talk is about something else", () => {
    const without = respond(MARA, asking("What is 12 times 12?"), 1);
    expect(respond(MARA, asking("What is 12 times 12?"), 1, [wick, horn])).to.equal(without);
  });

  it("are found by any single word of theirs when the message has no other, but not by what every passage says", () => {
    const passages = Array.from({ length: 40 }, (_, i) => known("Log", `The keeper saw ship${i}a near the reef.`));
    const index = new PassageIndex([...passages, horn]);
    expect(index.search(analyze("Tell me about the fog"))[0]?.passage).to.equal(horn);
    expect(index.search(analyze("Did the keeper sing near the reef of opera houses?"))).to.deep.equal([]);
  });
});
