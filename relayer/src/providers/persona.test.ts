import { expect } from "chai";
import fc from "fast-check";
import { canonicalJson, MAX_PERSONA_BYTES, type Persona, personaHash, personaSchema } from "./persona.ts";

const SALT = `0x${"11".repeat(32)}` as const;

describe("persona", () => {
  it("needs no more than a name and a system prompt", () => {
    expect(personaSchema.parse({ name: "Mira", systemPrompt: "You are Mira." })).to.deep.equal({
      name: "Mira",
      systemPrompt: "You are Mira.",
    });
    expect(personaSchema.safeParse({ name: "Mira" }).success).to.equal(false);
    expect(personaSchema.safeParse({ name: " ", systemPrompt: "x" }).success).to.equal(false);
  });

  it("refuses fields it does not know, so that everything uploaded is under the hash's meaning", () => {
    expect(personaSchema.safeParse({ name: "Mira", systemPrompt: "x", mood: "good" }).success).to.equal(false);
  });

  it("refuses a persona that is too large as a whole, though each part is within bounds", () => {
    const lore = Array.from({ length: 40 }, (_, i) => ({ title: `t${i}`, text: "x".repeat(3_900), keywords: [] }));
    const result = personaSchema.safeParse({ name: "Mira", systemPrompt: "x", lore });
    expect(result.success).to.equal(false);
    expect(result.error?.issues[0]?.message).to.include(String(MAX_PERSONA_BYTES));
  });

  it("refuses a quiz whose question does not name its word in quotation marks", () => {
    const glossary = { subject: "tea", ask: "What is that?", entries: [{ term: "a", meaning: "b" }] };
    expect(personaSchema.safeParse({ name: "Mira", systemPrompt: "x", glossary }).success).to.equal(false);
  });

  it("spells equal personas equally, whatever the order of their keys", () => {
    const one: Persona = { name: "Mira", systemPrompt: "x", voice: { address: "you", leads: ["a"] } };
    const other: Persona = { voice: { leads: ["a"], address: "you" }, systemPrompt: "x", name: "Mira" };
    expect(canonicalJson(one)).to.equal(canonicalJson(other));
    expect(canonicalJson(one)).to.equal('{"name":"Mira","systemPrompt":"x","voice":{"address":"you","leads":["a"]}}');
    expect(personaHash(one, SALT)).to.equal(personaHash(other, SALT));
  });

  it("spells any JSON so that it reads back the same", () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 4 }), (value) => {
        const parsed: unknown = JSON.parse(JSON.stringify(value));
        expect(JSON.parse(canonicalJson(parsed))).to.deep.equal(parsed);
        expect(canonicalJson(JSON.parse(canonicalJson(parsed)))).to.equal(canonicalJson(parsed));
      }),
    );
  });

  it("hashes another salt or another word to another hash, and refuses a salt of another length", () => {
    const persona: Persona = { name: "Mira", systemPrompt: "x" };
    expect(personaHash(persona, SALT)).to.not.equal(personaHash(persona, `0x${"12".repeat(32)}`));
    expect(personaHash(persona, SALT)).to.not.equal(personaHash({ ...persona, systemPrompt: "y" }, SALT));
    expect(() => personaHash(persona, "0x11")).to.throw(RangeError);
  });
});
