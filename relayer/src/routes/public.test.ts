import { fetchDeployment, MODALITIES, parseDeployment, quoteChat, quoteMedia } from "@stelai/sdk";
import { deploymentSchema, modelListSchema, modelSchema, operatorSchema, quoteSchema } from "@stelai/sdk/wire";
import { expect } from "chai";
import { type ServedRelayer, serveRelayer, startWorld, type World } from "../../test/world.ts";

describe("What anyone may read", () => {
  let world: World;
  let relayer: ServedRelayer;

  before(async () => {
    world = await startWorld();
    relayer = await serveRelayer(world, {
      FEE_PER_UNIT_CHAT: "700",
      WEB_ORIGIN: "https://app.example",
      DELIVERY_MINIMUM_PRICE: "123456",
    });
  });
  after(async () => {
    await relayer.stop();
    await world.stop();
  });

  const get = (path: string, headers: Record<string, string> = {}) => fetch(`${relayer.url}${path}`, { headers });

  it("is who the operator is, on which chain, at which fees", async () => {
    const info = operatorSchema.parse(await (await get("/v1/operator")).json());
    expect(info.operator).to.equal(world.operator.address);
    expect(info.genesisHash).to.equal(world.chain.deployment.genesisHash);
    expect(info.fees.Chat).to.equal(700n);
  });

  it("is the whole deployment that it works with, as a client needs it", async () => {
    const { deployment } = world.chain;
    const file = deploymentSchema.parse(await (await get("/v1/deployment")).json());
    expect(file).to.deep.include({ chainId: deployment.chainId, startBlock: String(deployment.startBlock) });
    expect(await fetchDeployment(relayer.url)).to.deep.equal(parseDeployment(deployment));
  });

  it("says what a licence must cost for it to be delivered", async () => {
    const { delivery } = operatorSchema.parse(await (await get("/v1/operator")).json());
    expect(delivery.minimumPrice).to.equal(123_456n);
  });

  it("says what its engines can be asked for, whether or not there is a tool", async () => {
    const { tools } = operatorSchema.parse(await (await get("/v1/operator")).json());
    expect(tools.Image.sizes).not.to.be.empty;
    expect(tools.Video.seconds?.max).to.be.greaterThan(0);
    expect(tools.Voice.voices).not.to.be.empty;
    expect(tools.Music.presets).to.deep.equal([]);
  });

  it("are the public characters that list the operator, also those published a moment ago", async () => {
    const shown = await world.publish({ perInference: 5n });
    const unlisted = await world.publish({ perInference: 5n }, { visibility: 1 });
    const elsewhere = await world.publish({}, { operators: [] });
    const painter = await world.publish({}, { modality: 1 });
    await relayer.watcher.look();
    const { data } = modelListSchema.parse(await (await get("/v1/models")).json());
    const ids = data.map(({ stelai }) => stelai.characterId);
    expect(ids).to.include.members([shown, painter]);
    for (const hidden of [unlisted, elsewhere]) expect(ids).not.to.include(hidden);
    const one = modelSchema.parse(await (await get(`/v1/models/stelai-${unlisted}`)).json());
    expect(one.stelai).to.include({ visibility: "Unlisted", feePerUnit: 700n, free: false });
    expect((await get(`/v1/models/stelai-${elsewhere}`)).status).to.equal(404);
  });

  it("is a quote that equals the SDK's", async () => {
    const terms = { perInference: 123n, perUnit: 4_567n };
    const id = await world.publish(terms);
    const messages = [{ role: "user" as const, content: "Grüße – 你好" }];
    const response = await fetch(`${relayer.url}/v1/quotes`, {
      method: "POST",
      body: JSON.stringify({ model: `stelai-${id}`, messages, max_tokens: 100 }),
    });
    const quote = quoteSchema.parse(await response.json());
    const { amount, fee, total, milliunits } = quoteChat({ terms, feePerUnit: 700n, messages, maxTokens: 100 });
    expect(quote).to.include({ amount, fee, total, milliunits, characterId: id, termsVersion: 1n });
  });

  it("is what can be asked of each tool, and what makes it, in honest words", async () => {
    const ids = [];
    for (const modality of [1, 2, 3, 4]) ids.push(await world.publish({ perUnit: 5n }, { modality }));
    await relayer.watcher.look();
    for (const [index, id] of ids.entries()) {
      const { stelai } = modelSchema.parse(await (await get(`/v1/models/stelai-${id}`)).json());
      expect(stelai.modality).to.equal(MODALITIES[index + 1]);
      expect(stelai.engine).to.include({ name: "local", isLanguageModel: false });
      expect(stelai.engine.label).not.to.equal(relayer.services.provider.label);
      const { tool } = stelai;
      expect(tool?.qualities[0]).to.equal("Standard");
      expect(tool?.maxPrompt).to.equal(4_000);
      expect([tool?.sizes.length !== 0, tool?.seconds !== null, tool?.voices.length !== 0]).to.deep.equal(
        [
          [true, false, false],
          [true, true, false],
          [false, false, true],
          [false, true, false],
        ][index],
      );
    }
  });

  it("is the exact price of what a tool is asked for, by either way of asking", async () => {
    const terms = { perInference: 77n, perUnit: 1_234_567n };
    const [painter, voice] = [await world.publish(terms, { modality: 1 }), await world.publish(terms, { modality: 3 })];
    const ask = async (body: string | FormData) => {
      const response = await fetch(`${relayer.url}/v1/quotes`, { method: "POST", body });
      return quoteSchema.parse(await response.json());
    };
    const image = { model: `stelai-${painter}`, prompt: "A pine", size: "512x512", quality: "low" };
    const form = new FormData();
    for (const [name, value] of Object.entries(image)) form.set(name, value);
    const prices = { terms, feePerUnit: 0n };
    const { amount, fee, total, milliunits } = quoteMedia({
      ...{ ...prices, modality: "Image", quality: "Draft", size: "512x512" },
    });
    for (const body of [JSON.stringify(image), form]) {
      expect(await ask(body)).to.include({ amount, fee, total, milliunits, quality: "Draft", modality: "Image" });
    }
    const text = "Grüße – 你好 😀";
    const spoken = quoteMedia({ ...prices, modality: "Voice", quality: "High", text });
    const quote = await ask(JSON.stringify({ model: `stelai-${voice}`, input: text, voice: "alloy", quality: "hd" }));
    expect(quote).to.include({ total: spoken.total, milliunits: 12n, quality: "High", modality: "Voice" });
  });

  it("is an OpenAPI description of every route", async () => {
    const { openapi, paths } = (await (await get("/openapi.json")).json()) as { openapi: string; paths: object };
    expect(openapi).to.equal("3.1.0");
    const described = new Set(Object.keys(paths));
    const served = relayer.app.routes
      .filter(
        ({ method, path }) =>
          method !== "ALL" && !path.startsWith("/v1/admin") && path !== "/v1/auth/session" && path !== "/openapi.json",
      )
      .map(({ path }) => path.replace(/:(\w+)/g, "{$1}"));
    for (const path of new Set(served)) expect(described, path).to.include(path);
  });

  it("is whether it lives, can serve, and what it counts", async () => {
    expect((await get("/health")).status).to.equal(200);
    const ready = await get("/ready");
    expect([ready.status, ((await ready.json()) as { status: string }).status]).to.deep.equal([200, "ready"]);
    expect(await (await get("/metrics")).text()).to.contain("stelai_http_requests_total");
  });

  it("may be read by the configured web page, and by no other", async () => {
    const allowed = await get("/v1/operator", { Origin: "https://app.example", "X-Request-Id": "abc-1" });
    expect(allowed.headers.get("Access-Control-Allow-Origin")).to.equal("https://app.example");
    expect(allowed.headers.get("X-Request-Id")).to.equal("abc-1");
    const other = await get("/v1/operator", { Origin: "https://elsewhere.example" });
    expect(other.headers.get("Access-Control-Allow-Origin")).to.equal(null);
    const preflight = await fetch(`${relayer.url}/v1/chat/completions`, {
      method: "OPTIONS",
      headers: {
        Origin: "https://app.example",
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "stelai-payment",
      },
    });
    expect(preflight.headers.get("Access-Control-Allow-Headers")?.toLowerCase()).to.contain("stelai-payment");
  });
});
