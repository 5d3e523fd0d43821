import { generationListSchema, madeSchema, passUseSchema, provenanceSchema } from "@stelai/sdk/wire";
import { expect } from "chai";
import { strFromU8, unzipSync } from "fflate";
import { keccak256, stringToBytes } from "viem";
import { generatePrivateKey, privateKeyToAccount } from "viem/accounts";
import type { TabClient } from "../../test/client.ts";
import { gated } from "../../test/generations.ts";
import { signInAt } from "../../test/signIn.ts";
import {
  ASYNC,
  asking,
  COST,
  CREDIT,
  freshClient,
  IMAGES,
  PRICES,
  type Sent,
  startTools,
  stopTools,
  type Tools,
} from "../../test/tools.ts";
import { UpstreamRefusedError } from "../providers/errors.ts";

describe("Tools over HTTP", () => {
  let tools: Tools;
  let world: Tools["world"];
  let relayer: Tools["relayer"];
  let provider: Tools["provider"];
  let tool: Tools["tool"];
  let free: Tools["free"];
  let client: TabClient;
  const { get, send, read, codeOf, errorOf, ended, newcomer, publish, imageBody, made } = asking(() => tools);

  before(async () => {
    tools = await startTools();
    ({ world, relayer, provider, tool, free } = tools);
  });
  after(() => stopTools(tools));
  beforeEach(async () => {
    client = await freshClient(tools);
  });

  describe("that are free, or under a pass", () => {
    it("belong to who is signed in; of nobody known, to who has the id", async () => {
      const { account, headers } = await newcomer();
      const own = await ended((await read(await send(IMAGES, imageBody(free), { ...headers, ...ASYNC }))).id, headers);
      expect(own).to.include({ metered: null, requestId: null, pass: null });
      expect(await codeOf(await get(`/v1/generations/${own.id}`))).to.deep.equal([404, "generation_not_found"]);
      const answer = await send(IMAGES, imageBody(free));
      const { stelai } = (await answer.json()) as { stelai: { generation: string } };
      expect(madeSchema.parse(stelai)).to.deep.equal({ generation: stelai.generation });
      expect(await read(await get(`/v1/generations/${stelai.generation}`))).to.include({ status: "completed" });
      const exported = (await (await get("/v1/account/export", headers)).json()) as { generations: { id: string }[] };
      expect(exported.generations).to.have.length(1);
      expect(exported.generations[0]).to.include({ id: own.id, prompt: "A pine", model: `stelai-${free}` });
      const url = local(own.urls?.content);
      expect((await fetch(url)).status).to.equal(200);
      expect((await send("/v1/account", undefined, headers, "DELETE")).status).to.equal(204);
      expect((await fetch(url)).status).to.equal(404);
      expect(await relayer.services.generations.ofAccount(account.address)).to.deep.equal([]);
    });

    it("are the same generation under the same Idempotency-Key of the same account", async () => {
      const [one, other] = [await newcomer(), await newcomer()];
      const ask = async (headers: Sent, body = imageBody(free)) =>
        send(IMAGES, body, { ...headers, ...ASYNC, "Idempotency-Key": "the-same" });
      const { id } = await read(await ask(one.headers));
      expect((await read(await ask(one.headers))).id).to.equal(id);
      expect((await read(await ask(other.headers))).id).not.to.equal(id);
      const different = await ask(one.headers, imageBody(free, { seed: 5 }));
      expect(await codeOf(different)).to.deep.equal([409, "request_differs"]);
      const wrong = await send(IMAGES, imageBody(free), { "Idempotency-Key": "x".repeat(256) });
      expect((await errorOf(wrong)).param).to.equal("Idempotency-Key");
    });

    it("count against a pass's day; what could not be made, or was not taken, does not", async () => {
      const [monthly, until] = [1, CREDIT];
      const offered = await publish("Image", { ...PRICES, monthly: until });
      const { account, headers } = await newcomer();
      await world.give(account, 20n);
      await world.write(account, "CharacterAccess", "subscribe", [offered, monthly, until, false, "0x"]);
      await relayer.watcher.look();
      const first = await send(IMAGES, imageBody(offered), headers);
      const { stelai } = (await first.json()) as { stelai: { pass: unknown; generation: string } };
      const use = passUseSchema.parse(stelai.pass);
      expect(use).to.include({ limit: 5, remaining: 4 });
      expect(first.headers.get("Stelai-Pass-Remaining")).to.equal("4");
      provider.behave = async () => {
        throw new UpstreamRefusedError("test");
      };
      expect(await codeOf(await send(IMAGES, imageBody(offered), headers))).to.deep.equal([502, "upstream_refused"]);
      expect((await send(IMAGES, imageBody(offered, { size: "1x1" }), headers)).status).to.equal(400);
      const work = gated();
      provider.behave = work.behave;
      const ids: string[] = [];
      // Two are worked on, three wait; the sixth has no room, and the day's five are not used up by asking.
      for (let count = 0; count < 4; count += 1) {
        ids.push((await read(await send(IMAGES, imageBody(offered), { ...headers, ...ASYNC }))).id);
      }
      const used = await send(IMAGES, imageBody(offered), { ...headers, ...ASYNC });
      expect((await codeOf(used))[1]).to.equal("pass_quota_exhausted");
      const cancelled = await send(`/v1/generations/${ids.at(-1)}/cancel`, undefined, headers);
      expect(await read(cancelled)).to.include({
        status: "cancelled",
        completed_at: (await ended(ids.at(-1) ?? "", headers)).completed_at,
      });
      ids[3] = (await read(await send(IMAGES, imageBody(offered), { ...headers, ...ASYNC }))).id;
      work.open();
      for (const id of ids) expect((await ended(id, headers)).pass?.limit).to.equal(5);
    });

    it("wait in a limited number for each network when nobody pays, whoever is signed in", async () => {
      const work = gated();
      provider.behave = work.behave;
      const { headers } = await newcomer();
      const statuses: (number | string)[][] = [];
      for (let count = 0; count < 6; count += 1) {
        const response = await send(IMAGES, imageBody(free), { ...headers, ...ASYNC });
        statuses.push(response.ok ? [response.status] : await codeOf(response));
        if (count === 0) await work.begun();
      }
      expect(statuses.at(-1)).to.deep.equal([429, "too_many_generations"]);
      // Accounts cost nothing: what nobody pays is counted by where it comes from.
      const other = await send(IMAGES, imageBody(free), { ...(await newcomer()).headers, ...ASYNC });
      expect(await codeOf(other)).to.deep.equal([429, "too_many_generations"]);
      work.open();
    });
  });

  describe("that were asked", () => {
    it("are there for who paid, by the tab's key or signed in, and for nobody else", async () => {
      const { id } = await made(client, imageBody(tool));
      const stranger = await newcomer();
      const thief = relayer.client(await world.openTab(CREDIT));
      const others = [{}, stranger.headers, await thief.session(), { Authorization: "Bearer sk-none" }];
      const paths = ["", "/content", "/preview", "/record", "/export"].map((part) => [
        "GET",
        `/v1/generations/${id}${part}`,
      ]);
      const acts = ["/cancel", "/publish"].map((part) => ["POST", `/v1/generations/${id}${part}`]);
      for (const [method = "", path = ""] of [...paths, ...acts, ["DELETE", `/v1/generations/${id}`]]) {
        for (const headers of others) {
          const response = await send(path, undefined, headers, method);
          expect(await codeOf(response), `${method} ${path}`).to.deep.equal([404, "generation_not_found"]);
        }
      }
      const forged = relayer.client({ ...client.tab, key: privateKeyToAccount(generatePrivateKey()) });
      expect(await codeOf(await get(`/v1/generations/${id}`, await forged.session()))).to.deep.equal([
        401,
        "invalid_session",
      ]);
      for (const headers of [await client.session(), await signInAt(relayer, world.payer)]) {
        for (const [, path = ""] of paths) expect((await get(path, headers)).status, path).to.equal(200);
      }
      expect(await codeOf(await get("/v1/generations"))).to.deep.equal([401, "not_signed_in"]);
    });

    it("are listed newest first, by what they are, a page at a time", async () => {
      const ids: string[] = [];
      for (const seed of [1, 2]) ids.unshift((await made(client, imageBody(tool, { seed }))).id);
      const session = await client.session();
      const list = async (query: string) =>
        generationListSchema.parse(await (await get(`/v1/generations${query}`, session)).json());
      expect((await list("")).data.map(({ id }) => id)).to.deep.equal(ids);
      const page = await list("?limit=1");
      expect([page.data[0]?.id, page.next]).to.deep.equal([ids[0], ids[0]]);
      expect((await list(`?limit=1&before=${page.next}`)).data[0]?.id).to.equal(ids[1]);
      expect((await list("?modality=Video")).data).to.deep.equal([]);
      expect((await list(`?modality=Image&status=completed&model=stelai-${tool}`)).data).to.have.length(2);
      expect((await list("?model=stelai-x")).data).to.deep.equal([]);
      expect(await codeOf(await get("/v1/generations?modality=Chat", session))).to.deep.equal([400, "invalid_request"]);
    });

    it("carry their record, alone and beside the original in a ZIP, and are published when their owner wants that", async () => {
      const { id, metered, file } = await made(client, imageBody(tool, { seed: 42, quality: "low" }));
      const session = await client.session();
      const record = provenanceSchema.parse(await (await get(`/v1/generations/${id}/record`, session)).json());
      expect(record).to.deep.include({
        characterId: tool,
        seed: 42,
        quality: "Draft",
        modality: "Image",
        termsVersion: 1n,
      });
      expect(record.receipt).to.deep.equal(metered?.receipt);
      expect(record.contentHash).to.equal(metered?.receipt.receipt.response);
      expect(record.promptHash).to.equal(keccak256(stringToBytes("A pine")));
      const zip = await get(`/v1/generations/${id}/export`, session);
      expect(zip.headers.get("Content-Type")).to.equal("application/zip");
      const entries = unzipSync(new Uint8Array(await zip.arrayBuffer()));
      const [name = "", other] = Object.keys(entries).sort().reverse();
      expect([other, name.endsWith(".png")]).to.deep.equal(["record.json", true]);
      expect(keccak256(entries[name] ?? new Uint8Array())).to.equal(record.contentHash);
      expect(provenanceSchema.parse(JSON.parse(strFromU8(entries["record.json"] ?? new Uint8Array())))).to.deep.equal(
        record,
      );

      expect(file?.publicCid).to.equal(null);
      const published = await read(await send(`/v1/generations/${id}/publish`, undefined, session));
      const bytes = new Uint8Array(await (await get(`/ipfs/${published.file?.publicCid}`)).arrayBuffer());
      expect(keccak256(bytes)).to.equal(record.contentHash);
      const stored = await (await get(`/ipfs/${published.file?.cid}`)).arrayBuffer();
      expect(Buffer.from(stored).includes(Buffer.from(bytes.subarray(0, 32)))).to.equal(false);
    });

    it("cannot be cancelled once they are finished; cancelled twice they are cancelled", async () => {
      const { id } = await made(client, imageBody(tool));
      const session = await client.session();
      const late = await send(`/v1/generations/${id}/cancel`, undefined, session);
      expect(await codeOf(late)).to.deep.equal([409, "generation_ended"]);
      const work = gated();
      provider.behave = work.behave;
      const { id: other } = await read(await client.make(IMAGES, tool, imageBody(tool), { headers: ASYNC }));
      await work.begun();
      for (let twice = 0; twice < 2; twice += 1) {
        const answer = await read(await send(`/v1/generations/${other}/cancel`, undefined, session));
        expect(answer).to.include({ status: "cancelled", file: null, error: null });
      }
      work.open();
      expect(await client.status()).to.include({ cumulative: COST, reserved: 0n });
      expect((await send(`/v1/generations/${id}`, undefined, session, "DELETE")).status).to.equal(204);
      expect((await get(`/v1/generations/${id}`, session)).status).to.equal(404);
      const entries = (await client.statement()).entries.map(
        ({ receipt, error }) => receipt?.receipt.amount ?? error?.code,
      );
      expect(entries).to.have.members([COST, "cancelled"]);
    });
  });

  /** An address of the relayer, wherever it listens in a test. */
  function local(address: string | undefined): string {
    const { pathname, search } = new URL(address ?? "");
    return `${relayer.url}${pathname}${search}`;
  }
});
