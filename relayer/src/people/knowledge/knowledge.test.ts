import { deflateSync } from "node:zlib";
import { charactersAbi } from "@stelai/sdk/abis";
import { knowledgeFileSchema, knowledgeListSchema } from "@stelai/sdk/wire";
import { expect } from "chai";
import { eq } from "drizzle-orm";
import type { Hono } from "hono";
import { type PrivateKeyAccount, zeroHash } from "viem";
import { pdfOf, pdfSaying } from "../../../test/pdf.ts";
import { codeOf, type Periphery, startPeriphery } from "../../../test/periphery.ts";
import type { AppEnv } from "../../http.ts";
import { knowledgeRoutes } from "../../routes/knowledge.ts";
import { tables } from "../../store/index.ts";
import { textOfPdf } from "./pdf.ts";

const FREE = { lifetime: 0, monthly: 0, annual: 0, perInference: 0, perUnit: 0 };
const GUIDE = `# The lamp

The lamp of Skerry Light is lit at dusk. Its wick is trimmed every four hours.

# The horn

In fog the horn sounds twice a minute, and the keeper writes the hours in the book.`;

describe("knowledge of a character", () => {
  let world: Periphery;
  let app: Hono<AppEnv>;

  before(async () => {
    world = await startPeriphery();
    app = world.app(knowledgeRoutes(world));
  });
  after(() => world.stop());

  const creator = () => world.account(0);
  const stranger = () => world.account(1);

  async function create(owner = creator()): Promise<bigint> {
    const { Characters } = world.chain.contracts;
    const creation = {
      ...{ modality: 0, visibility: 0, payee: BigInt(owner.address), personaHash: zeroHash },
      ...{ metadataURI: "ipfs://card", terms: FREE, operators: [], shares: [] },
    };
    await world.write(owner, Characters, charactersAbi, "create", [creation]);
    return world.chain.client.readContract({ address: Characters, abi: charactersAbi, functionName: "count" });
  }

  async function post(id: bigint, name: string, body: string | Uint8Array<ArrayBuffer>, account = creator()) {
    const headers = { ...(await world.signIn(account)), "Content-Type": "application/octet-stream" };
    const path = `/v1/characters/${id}/knowledge?name=${encodeURIComponent(name)}`;
    return app.request(path, { method: "POST", body, headers });
  }

  async function added(id: bigint, name: string, body: string | Uint8Array<ArrayBuffer>) {
    const response = await post(id, name, body);
    expect(response.status).to.equal(201);
    return knowledgeFileSchema.parse(await response.json());
  }

  async function list(id: bigint, account: PrivateKeyAccount = creator()) {
    const response = await app.request(`/v1/characters/${id}/knowledge`, { headers: await world.signIn(account) });
    return knowledgeListSchema.parse(await response.json()).files;
  }

  async function found(id: bigint, text: string, owner = creator()): Promise<string[]> {
    const passages = await world.people.knowledge.find({ id, owner: owner.address }, [{ role: "user", content: text }]);
    return (passages ?? []).map((passage) => passage.text);
  }

  it("takes text, Markdown and PDF by what is in them, whatever they are called", async () => {
    const id = await create();
    expect(await added(id, "notes.pdf", "The tide turns at noon.")).to.include({
      ...{ name: "notes.pdf", mediaType: "text/plain", size: 23, passages: 1 },
    });
    expect(await added(id, "guide.txt", GUIDE)).to.include({ mediaType: "text/markdown", passages: 2 });
    const pdf = await added(id, "../deep/log.bin", pdfSaying("The boiler was cleaned in March."));
    expect(pdf).to.include({ name: "log.bin", mediaType: "application/pdf", passages: 1 });
    expect((await list(id)).map(({ mediaType }) => mediaType)).to.deep.equal([
      ...["text/plain", "text/markdown", "application/pdf"],
    ]);
    expect(await found(id, "When was the boiler cleaned?")).to.deep.equal(["The boiler was cleaned in March."]);
  });

  it("finds the passages that a message is about, by what was asked before too, and none for other talk", async () => {
    const id = await create();
    await added(id, "guide.md", GUIDE);
    expect(await found(id, "How often is the wick trimmed?")).to.have.length(1);
    const passages = await world.people.knowledge.find({ id, owner: creator().address }, [
      { role: "user", content: "When is the lamp lit?" },
      { role: "assistant", content: "Every evening." },
      { role: "user", content: "And why?" },
    ]);
    expect(passages?.[0]?.title).to.equal("The lamp");
    expect(await found(id, "Do you like pancakes with syrup?")).to.deep.equal([]);
  });

  it("keeps neither names nor words in the clear", async () => {
    const id = await create();
    await added(id, "secret-guide.md", GUIDE);
    for (const row of await world.store.db.query.knowledgeFiles.findMany()) {
      const stored = Buffer.from(row.ciphertext);
      expect(stored.includes("Skerry") || stored.includes("secret-guide")).to.equal(false);
    }
  });

  it("refuses what is no text, has none, is broken or too large, each with its own code", async () => {
    const id = await create();
    const png = Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13]);
    expect(await codeOf(await post(id, "text.txt", png))).to.equal("unsupported_file");
    expect(await codeOf(await post(id, "latin.txt", Uint8Array.from([0x66, 0xfc, 0x72])))).to.equal("unsupported_file");
    expect(await codeOf(await post(id, "empty.txt", " \n\n "))).to.equal("unreadable_file");
    expect(await codeOf(await post(id, "scan.pdf", pdfOf(new Uint8Array())))).to.equal("unreadable_file");
    expect(await codeOf(await post(id, "bad.pdf", "%PDF-1.7 and then nothing"))).to.equal("unreadable_file");
    expect(await codeOf(await post(id, "big.txt", "a ".repeat(1_100_000)))).to.equal("body_too_large");
    expect(await list(id)).to.deep.equal([]);
  });

  it("is no more than can be searched at each message: 5,000 passages and 2 MB of text", async () => {
    const id = await create();
    const many = await post(id, "headings.md", "# A\n\nb\n\n".repeat(5_001));
    expect(many.status).to.equal(400);
    expect(await many.text())
      .to.include("5000 passages")
      .and.include("2 MB");
    const kept = await create();
    await added(kept, "first.md", "A first note.");
    const { knowledgeFiles } = tables;
    await world.store.db.update(knowledgeFiles).set({ passages: 5_000 }).where(eq(knowledgeFiles.characterId, kept));
    expect((await post(kept, "one.md", "One more.")).status).to.equal(400);
  });

  it("ends the reading of a PDF that unpacks to gigabytes, and reads the next one", async () => {
    const bomb = pdfOf(deflateSync(Buffer.alloc(400_000_000, "q Q ")), "/Filter /FlateDecode");
    const refused = await textOfPdf(bomb, { bytes: 100_000_000 }).catch((error: Error) => error.message);
    expect(refused).to.match(/too much memory|too long/);
    expect(await textOfPdf(pdfSaying("Still here."))).to.include("Still here.");
  });

  it("belongs to the owner: strangers neither see nor change it", async () => {
    const id = await create();
    const file = await added(id, "guide.md", GUIDE);
    expect(await codeOf(await post(id, "mine.md", GUIDE, stranger()))).to.equal("not_owner");
    const path = `/v1/characters/${id}/knowledge`;
    expect(await codeOf(await app.request(path, { headers: await world.signIn(stranger()) }))).to.equal("not_owner");
    expect(await codeOf(await app.request(path))).to.equal("not_signed_in");
    const remove = { method: "DELETE", headers: await world.signIn(stranger()) };
    expect(await codeOf(await app.request(`${path}/${file.id}`, remove))).to.equal("not_owner");
    expect(await codeOf(await post(9_999n, "a.md", GUIDE))).to.equal("not_found");
  });

  it("is not used any more once it is deleted", async () => {
    const id = await create();
    const file = await added(id, "guide.md", GUIDE);
    expect(await found(id, "When is the lamp lit?")).to.have.length(1);
    const path = `/v1/characters/${id}/knowledge/${file.id}`;
    const remove = async () => app.request(path, { method: "DELETE", headers: await world.signIn(creator()) });
    expect((await remove()).status).to.equal(204);
    expect(await found(id, "When is the lamp lit?")).to.deep.equal([]);
    expect(await codeOf(await remove())).to.equal("not_found");
  });

  it("does not go with the character when it is sold, and is there again when it comes back", async () => {
    const id = await create();
    await added(id, "guide.md", GUIDE);
    const { Characters } = world.chain.contracts;
    const transfer = (from: PrivateKeyAccount, to: PrivateKeyAccount) =>
      world.write(from, Characters, charactersAbi, "transferFrom", [from.address, to.address, id]);
    await transfer(creator(), stranger());
    expect(await list(id, stranger())).to.deep.equal([]);
    expect(await found(id, "When is the lamp lit?", stranger())).to.deep.equal([]);
    await transfer(stranger(), creator());
    expect(await list(id)).to.have.length(1);
    expect(await found(id, "When is the lamp lit?")).to.have.length(1);
  });

  it("takes twenty files and no more, also when they come at once", async () => {
    const id = await create();
    const answers = await Promise.all(Array.from({ length: 22 }, (_, i) => post(id, `${i}.txt`, `Note number ${i}.`)));
    expect(answers.filter(({ status }) => status === 201)).to.have.length(20);
    expect(await codeOf(answers.find(({ status }) => status !== 201) as Response)).to.equal("invalid_request");
    expect(await list(id)).to.have.length(20);
  });
});
