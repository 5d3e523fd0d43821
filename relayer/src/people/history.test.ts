import { historyEntrySchema, historyListSchema } from "@stelai/sdk/wire";
import { expect } from "chai";
import type { Hono } from "hono";
import type { PrivateKeyAccount } from "viem";
import { generatePrivateKey, privateKeyToAccount } from "viem/accounts";
import { codeOf, jsonRequest, type Periphery, startPeriphery } from "../../test/periphery.ts";
import type { AppEnv } from "../http.ts";
import { historyRoutes } from "../routes/history.ts";
import { tables } from "../store/index.ts";

const b64 = (text: string) => Buffer.from(text).toString("base64");

describe("history", () => {
  let world: Periphery;
  let app: Hono<AppEnv>;

  before(async () => {
    world = await startPeriphery();
    app = world.app(historyRoutes(world));
  });
  after(() => world.stop());

  const fresh = () => privateKeyToAccount(generatePrivateKey());

  async function put(account: PrivateKeyAccount, id: string, replaces: number | null, data: string) {
    return app.request(`/v1/history/${id}`, jsonRequest("PUT", { replaces, data }, await world.signIn(account)));
  }

  async function get(account: PrivateKeyAccount, path = "", method = "GET") {
    return app.request(`/v1/history${path}`, { method, headers: await world.signIn(account) });
  }

  it("gives back what was written, to who wrote it alone", async () => {
    const [ann, ben] = [fresh(), fresh()];
    expect(await (await put(ann, "talk-1", null, b64("sealed"))).json()).to.deep.equal({ version: 1 });
    const entry = historyEntrySchema.parse(await (await get(ann, "/talk-1")).json());
    expect(entry).to.include({ id: "talk-1", version: 1, data: b64("sealed") });
    expect(await codeOf(await get(ben, "/talk-1"))).to.equal("not_found");
    const list = historyListSchema.parse(await (await get(ann)).json());
    expect(list.entries[0]).to.include({ id: "talk-1", version: 1, size: 6 });
    expect(historyListSchema.parse(await (await get(ben)).json()).entries).to.deep.equal([]);
    expect(await codeOf(await app.request("/v1/history"))).to.equal("not_signed_in");
  });

  it("refuses a write that replaces another version, and says which one is here", async () => {
    const ann = fresh();
    await put(ann, "talk", null, b64("one"));
    expect((await put(ann, "talk", 1, b64("two"))).status).to.equal(200);
    const late = await put(ann, "talk", 1, b64("three"));
    expect(late.status).to.equal(409);
    const { error } = (await late.json()) as { error: { code: string; stelai: unknown } };
    expect(error).to.deep.include({ code: "history_conflict", stelai: { version: 2 } });
    expect(await codeOf(await put(ann, "talk", null, b64("four")))).to.equal("history_conflict");
    expect(await codeOf(await put(ann, "gone", 3, b64("five")))).to.equal("history_conflict");
  });

  it("takes one of many writes that come at once", async () => {
    const ann = fresh();
    const answers = await Promise.all(Array.from({ length: 8 }, (_, i) => put(ann, "talk", null, b64(`write ${i}`))));
    expect(answers.filter(({ status }) => status === 200)).to.have.length(1);
    expect(answers.filter(({ status }) => status === 409)).to.have.length(7);
  });

  it("refuses what is no base64, a name with other letters, and more than an account may keep", async () => {
    const ann = fresh();
    expect(await codeOf(await put(ann, "talk", null, "not base64!"))).to.equal("invalid_request");
    expect(await codeOf(await put(ann, "talk", null, ""))).to.equal("invalid_request");
    expect(await codeOf(await put(ann, "..%2Ftalk", null, b64("x")))).to.equal("invalid_request");
    const { history } = tables;
    const kept = { account: ann.address, id: "long", version: 1, data: Uint8Array.of(1), updatedAt: new Date() };
    await world.store.db.insert(history).values({ ...kept, size: 20 * 1_048_576 - 100 });
    expect(await codeOf(await put(ann, "large", null, b64("x".repeat(101))))).to.equal("invalid_request");
    expect((await put(ann, "small", null, b64("x"))).status).to.equal(200);
  });

  it("forgets a conversation that is deleted", async () => {
    const ann = fresh();
    await put(ann, "talk", null, b64("one"));
    expect((await get(ann, "/talk", "DELETE")).status).to.equal(204);
    expect(await codeOf(await get(ann, "/talk"))).to.equal("not_found");
    expect(await codeOf(await get(ann, "/talk", "DELETE"))).to.equal("not_found");
    expect(await (await put(ann, "talk", null, b64("anew"))).json()).to.deep.equal({ version: 1 });
  });
});
