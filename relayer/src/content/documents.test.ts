import { expect } from "chai";
import * as z from "zod";
import { Documents } from "./documents.ts";
import { cidOfFile } from "./files.ts";
import { MAX_CARD_BYTES } from "./limits.ts";
import { uriOf } from "./store.ts";

const schema = z.object({ name: z.string() });

describe("Documents", () => {
  /** Storage that holds these bytes, and what was asked of it. */
  const storing = async (text: string) => {
    const bytes = new TextEncoder().encode(text);
    const asked: (number | undefined)[] = [];
    const get = async (_cid: unknown, most?: number) => {
      asked.push(most);
      return bytes.length <= (most ?? Number.POSITIVE_INFINITY) ? bytes : undefined;
    };
    return { asked, uri: uriOf(await cidOfFile(bytes)), documents: new Documents({ get }, schema) };
  };

  it("asked for by many at once, and again, are read once", async () => {
    const { asked, uri, documents } = await storing('{"name":"Ada"}');
    const all = await Promise.all([documents.of(uri), documents.of(uri), documents.of(uri)]);
    expect([...all, await documents.of(uri)]).to.deep.equal(Array(4).fill({ name: "Ada" }));
    expect(asked).to.have.length(1);
  });

  it("are read no further than a card may be long", async () => {
    const { asked, uri, documents } = await storing(JSON.stringify({ name: "a".repeat(MAX_CARD_BYTES) }));
    expect(await documents.of(uri)).to.equal(null);
    expect(asked).to.deep.equal([MAX_CARD_BYTES]);
  });

  it("that are no JSON, no such document or nowhere of ours are null, and looked for once in a while", async () => {
    for (const text of ["{", '{"title":"Ada"}']) {
      const { asked, uri, documents } = await storing(text);
      expect([await documents.of(uri), await documents.of(uri)]).to.deep.equal([null, null]);
      expect(asked).to.have.length(1);
      expect(await documents.of("https://example.com/card.json")).to.equal(null);
      expect(asked).to.have.length(1);
    }
  });
});
