import { expect } from "chai";
import { loadLanguage } from "../../../relayer/src/providers/language.ts";
import { respond } from "../../../relayer/src/providers/local/chat/engine.ts";
import { personaSchema } from "../../../relayer/src/providers/persona.ts";
import type { ChatMessage } from "../../../relayer/src/providers/provider.ts";
import { DEMO_ACCOUNTS } from "../../dev/accounts.ts";
import { avatarSvg, characters, creators } from "./index.ts";
import { life } from "./life.ts";

/** Twelve turns of an ordinary evening; a character must not repeat itself in them. */
const EVENING = [
  "Hello!",
  "I had a long day at work and my boss was annoyed",
  "I don't know what to do about it",
  "why?",
  "What do you know about patience?",
  "go on",
  "My sister is visiting on Sunday",
  "yes",
  "Tell me a story",
  "What is the capital of Peru?",
  "I bought a second-hand bicycle",
  "what should I try tomorrow?",
];

function evening(slug: string, seed: number): string[] {
  const persona = characters.find((character) => character.slug === slug)?.persona;
  const messages: ChatMessage[] = [{ role: "assistant", content: persona?.greeting ?? "" }];
  for (const content of EVENING) {
    messages.push({ role: "user", content });
    messages.push({ role: "assistant", content: respond(persona, messages, seed) });
  }
  return messages.filter(({ role }) => role === "assistant").map(({ content }) => content);
}

describe("the demo characters", () => {
  before(function () {
    this.timeout(20_000);
    loadLanguage();
  });

  it("are at least seven, of three creators, the first of them free and one creator a split of two", () => {
    expect(characters.length).to.be.at.least(7);
    expect(new Set(characters.map(({ creator }) => creator))).to.have.property("size", 3);
    expect(characters[0]?.prices).to.deep.equal({ perInference: 0n, perUnit: 0n });
    expect(characters.slice(1).every(({ prices }) => prices.perInference + prices.perUnit > 0n)).to.equal(true);
    const pair = creators.find(({ members }) => members?.length === 2);
    expect(pair?.members?.reduce((sum, { bps }) => sum + bps, 0)).to.equal(10_000);
    expect(characters.some(({ creator }) => creator === pair?.handle)).to.equal(true);
    expect(new Set(characters.map(({ slug }) => slug)).size).to.equal(characters.length);
  });

  it("are everyone's but for one, which a demo account shares, and which is the last to be published", () => {
    const names = DEMO_ACCOUNTS.map(({ name }) => name);
    const shared = characters.filter(({ visibility }) => visibility === "Private");
    expect(shared.map(({ slug }) => slug)).to.deep.equal([characters.at(-1)?.slug]);
    const talking = creators.filter(({ handle }) => characters.some(({ creator }) => creator === handle));
    expect(shared[0]?.creator).to.equal(talking.at(-1)?.handle);
    expect(shared[0]?.sharedWith).to.have.length(1);
    expect(names).to.include.members([...(shared[0]?.sharedWith ?? [])]);
  });

  it("sell passes in several ways, at prices that pay off with use: a year below twelve months, for good above it", () => {
    const prices = characters.map((character) => character.prices);
    for (const pass of ["monthly", "annual", "lifetime"] as const) {
      expect(prices.filter((price) => price[pass]).length, pass).to.be.at.least(2);
    }
    expect(prices.filter(({ monthly, annual, lifetime }) => !monthly && !annual && !lifetime).length).to.be.at.least(2);
    for (const { perInference, perUnit, monthly = 0n, annual = 0n, lifetime = 0n } of prices) {
      if (monthly > 0n) expect(monthly / (perInference + perUnit)).to.be.within(15n, 60n);
      if (annual > 0n) expect(annual < 12n * monthly && annual > 6n * monthly).to.equal(true);
      if (lifetime > 0n) expect(lifetime > annual && lifetime > 12n * monthly).to.equal(true);
    }
  });

  it("are loved by an account of the demo wallet, who subscribes to what is sold by the month", () => {
    expect(DEMO_ACCOUNTS.map(({ name }) => name)).to.include(life.account);
    const loved = characters.find(({ slug }) => slug === life.character);
    expect(loved?.visibility).to.equal(undefined);
    expect(loved?.prices.monthly).to.be.a("bigint");
    for (const text of [life.review, life.reply]) expect(text.length).to.be.within(1, 4_000);
  });

  for (const character of characters) {
    describe(character.name, () => {
      it("has a rich persona, a public card within bounds and a known creator", () => {
        const persona = personaSchema.parse(character.persona);
        expect(persona.lore?.length).to.be.at.least(12);
        expect(persona.topics?.length).to.be.at.least(10);
        expect(persona.openers).to.have.length(3);
        expect(persona.name).to.equal(character.name);
        // The greeting is on the public card, where no slot is filled.
        expect(persona.greeting).to.not.match(/\{/);
        expect(character.tagline.length).to.be.within(10, 160);
        expect(character.description.length).to.be.within(40, 4_000);
        expect(character.tags.length).to.be.within(3, 12);
        expect(creators.map(({ handle }) => handle)).to.include(character.creator);
      });

      it("answers each of its openers from what it knows", () => {
        for (const opener of character.persona.openers ?? []) {
          const reply = respond(character.persona, [{ role: "user", content: opener }], 1);
          const unknown = character.persona.replies?.unknown ?? [];
          expect(
            unknown.some((line) => reply.startsWith(line.split("{")[0]?.trim() || line)),
            `${opener}: ${reply}`,
          ).to.equal(false);
          expect(reply.length, `${opener}: ${reply}`).to.be.greaterThan(30);
        }
      });

      it("says no sentence twice in an evening", function () {
        this.timeout(20_000);
        for (let seed = 1; seed <= 5; seed += 1) {
          const seen = new Set<string>();
          for (const reply of evening(character.slug, seed)) {
            expect(reply).to.not.match(/\{[a-zA-Z]+\}|undefined|\[object/);
            for (const raw of reply.match(/[^.?!]+[.?!]/g) ?? []) {
              const sentence = raw.trim();
              if (sentence.split(" ").length < 4) continue;
              expect(seen.has(sentence), `seed ${seed}: ${sentence}`).to.equal(false);
              seen.add(sentence);
            }
          }
        }
      });
    });
  }
});

describe("avatars", () => {
  it("are the same for the same id, and tell all the characters apart", () => {
    expect(avatarSvg("corbel")).to.equal(avatarSvg("corbel"));
    expect(new Set(characters.map(({ slug }) => avatarSvg(slug))).size).to.equal(characters.length);
  });

  it("are plain SVG without gradients or scripts, and escape their title", () => {
    const svg = avatarSvg("corbel", `<b>"Corbel" & co</b>`);
    expect(svg)
      .to.match(/^<svg [^>]*viewBox="0 0 256 256"[^>]*role="img"/)
      .and.match(/<\/svg>$/);
    expect(svg).to.not.match(/<b>|gradient|<script|NaN|undefined/i);
    expect(svg).to.include("&#60;b&#62;&#34;Corbel&#34; &#38; co");
  });
});
