import { expect } from "chai";
import type { Hono } from "hono";
import { CID } from "multiformats/cid";
import { codeOf, jsonRequest, type Periphery, startPeriphery } from "../../test/periphery.ts";
import { png } from "../../test/pictures.ts";
import { ContentStoreError } from "../content/index.ts";
import type { AppEnv } from "../http.ts";
import { contentRoutes } from "./content.ts";

const CARD = { name: "Ada", tagline: "Counts on engines" };

describe("content", () => {
  let world: Periphery;
  let app: Hono<AppEnv>;

  before(async () => {
    world = await startPeriphery({ CONTENT_FILES_PER_DAY: "4", CONTENT_BYTES_PER_DAY: "100000", BODY_LIMIT: "1024" });
    app = world.app(contentRoutes(world));
  });
  after(() => world.stop());

  function upload(body: string | Uint8Array<ArrayBuffer>, headers: Record<string, string>): Promise<Response> {
    return Promise.resolve(app.request("/v1/content", { method: "POST", body, headers }));
  }

  it("stores a card for who is signed in and serves the same bytes to anyone, for good", async () => {
    const headers = await world.signIn(world.account(0));
    const uploaded = await app.request("/v1/content", jsonRequest("POST", CARD, headers));
    expect(uploaded.status).to.equal(200);
    const { cid, uri } = (await uploaded.json()) as { cid: string; uri: string };
    expect(uri).to.equal(`ipfs://${cid}`);
    const served = await app.request(`/ipfs/${cid}`);
    expect(served.status).to.equal(200);
    expect(await served.json()).to.deep.equal(CARD);
    expect(served.headers.get("Content-Type")).to.equal("application/json; charset=utf-8");
    expect(served.headers.get("Cache-Control")).to.equal("public, max-age=31536000, immutable");
    expect(served.headers.get("X-Content-Type-Options")).to.equal("nosniff");
    expect(served.headers.get("Content-Security-Policy")).to.include("sandbox").and.include("default-src 'none'");
    expect(served.headers.get("Access-Control-Allow-Origin")).to.equal("*");
    expect(served.headers.get("Content-Disposition")).to.equal("inline");
    expect(served.headers.get("ETag")).to.equal(`"${cid}"`);
  });

  it("takes the text of a review, and nothing beside it", async () => {
    const headers = await world.signIn(world.account(1));
    const send = (body: unknown) => app.request("/v1/content", jsonRequest("POST", body, headers));
    const stored = await send({ text: "It listens." });
    expect(stored.status).to.equal(200);
    const { cid } = (await stored.json()) as { cid: string };
    expect(await (await app.request(`/ipfs/${cid}`)).json()).to.deep.equal({ text: "It listens." });
    for (const wrong of [{ text: "" }, { text: "a".repeat(4_001) }, { text: "words", name: "Ada" }, { text: 5 }]) {
      expect((await send(wrong)).status, JSON.stringify(wrong).slice(0, 40)).to.equal(400);
    }
  });

  it("takes a work's metadata that names its files by their CIDs, and nothing beside it", async () => {
    const headers = await world.signIn(world.account(1));
    const send = (body: unknown) => app.request("/v1/content", jsonRequest("POST", body, headers));
    const cid = "bafkreigh2akiscaildcqabsyg3dfr6chu3fgpregiymsck7e7aqa4s52zy";
    const preview = { uri: `ipfs://${cid}`, mediaType: "image/webp", width: 512, height: 384 };
    const file = { mediaType: "image/png", bytes: 9, width: 1, height: 1, contentHash: `0x${"ab".repeat(32)}`, cid };
    const work = {
      ...{ version: 1, kind: "work", title: "A <script>pine</script>", description: "", tags: ["tree"] },
      ...{ modality: "Image", file, preview, provenance: null },
    };
    const stored = await send(work);
    expect(stored.status).to.equal(200);
    const { cid: where } = (await stored.json()) as { cid: string };
    expect(await (await app.request(`/ipfs/${where}`)).json()).to.deep.equal(work);
    const wrong: [string, object][] = [
      ["title", { title: "a".repeat(1_000_000) }],
      ["title", { title: "a".repeat(121) }],
      ["price", { price: 1 }],
      ["preview.uri", { preview: { ...preview, uri: "ipfs://elsewhere.example/a.png" } }],
      ["preview.uri", { preview: { ...preview, uri: "https://elsewhere.example/a.png" } }],
      ["poster.uri", { poster: { ...preview, uri: `ipfs://${cid}/../other` } }],
      ["preview", { preview: { ...preview, onload: "alert(1)" } }],
      ["file.cid", { file: { ...file, cid: "data:text/html,hello" } }],
      ["file", { file: { ...file, key: "open" } }],
      ["modality", { modality: "Chat" }],
      ["provenance", { provenance: { generation: "mine" } }],
    ];
    for (const [where, fields] of wrong) {
      const refused = await send({ ...work, ...fields });
      expect([400, 413], where).to.include(refused.status);
      const { error } = (await refused.json()) as { error: { message: string } };
      if (where !== "title") expect(error.message).to.include(where);
    }
  });

  it("answers 304 to who has it, and HEAD without a body", async () => {
    const cid = await world.content.add(png(2, 2));
    for (const etag of [`"${cid}"`, `W/"${cid}"`, `"other", "${cid}"`, "*"]) {
      const response = await app.request(`/ipfs/${cid}`, { headers: { "If-None-Match": etag } });
      expect(response.status, etag).to.equal(304);
      expect(await response.text()).to.equal("");
    }
    expect((await app.request(`/ipfs/${cid}`, { headers: { "If-None-Match": '"other"' } })).status).to.equal(200);
    const head = await app.request(`/ipfs/${cid}`, { method: "HEAD" });
    expect(head.status).to.equal(200);
    expect(head.headers.get("Content-Length")).to.equal(String(png(2, 2).length));
    expect(head.headers.get("Content-Type")).to.equal("image/png");
    expect(await head.text()).to.equal("");
  });

  it("serves what could run as a page only to be saved", async () => {
    for (const [file, type] of [
      ["<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", "image/svg+xml"],
      ["<!doctype html><script>alert(1)</script>", "application/octet-stream"],
      ["plain words", "application/octet-stream"],
    ] as const) {
      const cid = await world.content.add(new TextEncoder().encode(file));
      const response = await app.request(`/ipfs/${cid}`);
      expect(response.headers.get("Content-Type")).to.equal(type);
      expect(response.headers.get("Content-Disposition")).to.equal("attachment");
      expect(response.headers.get("Content-Security-Policy")).to.include("sandbox");
    }
  });

  it("answers 404 to what it does not hold and to what is no CID", async () => {
    const absent = CID.parse("bafkreifzjut3te2nhyekklss27nh3k72ysco7y32koao5eei66wof36n5e");
    for (const path of [`/ipfs/${absent}`, "/ipfs/nonsense", "/ipfs/..%2f..%2fetc%2fpasswd"]) {
      const response = await app.request(path);
      expect(response.status, path).to.equal(404);
      expect(response.headers.get("Cache-Control")).to.equal(null);
      expect(await codeOf(response)).to.equal("not_found");
    }
  });

  it("answers 503 when the storage fails", async () => {
    const failing = {
      ...world,
      content: { ...world.content, get: () => Promise.reject(new ContentStoreError("damaged")) },
    };
    const cid = await world.content.add(png(3, 3));
    expect(await codeOf(await world.app(contentRoutes(failing)).request(`/ipfs/${cid}`))).to.equal("unavailable");
  });

  it("takes nothing from who is not signed in, is blocked, or sends anything else", async () => {
    expect(await codeOf(await app.request("/v1/content", jsonRequest("POST", CARD)))).to.equal("not_signed_in");
    const headers = await world.signIn(world.account(1));
    expect(await codeOf(await upload("<svg/>", headers))).to.equal("invalid_request");
    expect(await codeOf(await upload(new Uint8Array(2_097_153), headers))).to.equal("body_too_large");
    await world.people.blocklist.blockAccount(world.account(1).address, "spam");
    expect(await codeOf(await app.request("/v1/content", jsonRequest("POST", CARD, headers)))).to.equal("blocked");
  });

  it("takes a picture larger than other bodies may be", async () => {
    const headers = await world.signIn(world.account(2));
    const picture = new Uint8Array(50_000);
    picture.set(png(8, 8));
    const response = await app.request("/v1/content", {
      method: "POST",
      body: picture,
      headers: { ...headers, "Content-Length": String(picture.length) },
    });
    expect(response.status).to.equal(200);
  });

  it("stops an account at its files and at its bytes of a day, and nobody else", async () => {
    const headers = await world.signIn(world.account(0));
    const statuses: number[] = [];
    for (let number = 0; number < 4; number += 1) {
      const card = jsonRequest("POST", { ...CARD, name: `Ada ${number}` }, headers);
      statuses.push((await app.request("/v1/content", card)).status);
    }
    // One was uploaded by the first test.
    expect(statuses).to.deep.equal([200, 200, 200, 429]);
    const other = await world.signIn(world.account(2));
    const large = new Uint8Array(60_000);
    large.set(png(8, 9));
    const refused = await upload(large, other);
    expect(refused.status).to.equal(429);
    expect(Number(refused.headers.get("Retry-After"))).to.be.within(1, 86_400);
    expect((await app.request("/v1/content", jsonRequest("POST", CARD, other))).status).to.equal(200);
  });
});
