import { generationListSchema, provenanceSchema } from "@stelai/sdk/wire";
import { expect } from "chai";
import { keccak256, stringToBytes } from "viem";
import type { TabClient } from "../../test/client.ts";
import { ASYNC, asking, freshClient, IMAGES, PRICES, startTools, stopTools, type Tools } from "../../test/tools.ts";

describe("Tools over HTTP", () => {
  let tools: Tools;
  let world: Tools["world"];
  let relayer: Tools["relayer"];
  let provider: Tools["provider"];
  let tool: Tools["tool"];
  let free: Tools["free"];
  let client: TabClient;
  const { get, send, read, codeOf, errorOf, ended, nothingHeld, newcomer, publish, imageBody } = asking(() => tools);

  before(async () => {
    tools = await startTools();
    ({ world, relayer, provider, tool, free } = tools);
  });
  after(() => stopTools(tools));
  beforeEach(async () => {
    client = await freshClient(tools);
  });

  describe("that are asked wrongly", () => {
    it("say which field is wrong, and hold nothing", async () => {
      const [video, voice] = [await publish("Video", PRICES), await publish("Voice", PRICES)];
      const cases: [string, bigint, object, string][] = [
        [IMAGES, tool, { prompt: "" }, "prompt"],
        [IMAGES, tool, { prompt: "   \n" }, "prompt"],
        [IMAGES, tool, { prompt: "x".repeat(4_001) }, "prompt"],
        [IMAGES, tool, { prompt: "null \u0000 byte" }, "prompt"],
        [IMAGES, tool, { prompt: "escape \u001b[31m" }, "prompt"],
        [IMAGES, tool, { prompt: "half \ud83d" }, "prompt"],
        [IMAGES, tool, { prompt: ["A", "pine"] }, "prompt"],
        [IMAGES, tool, { prompt: undefined }, "prompt"],
        [IMAGES, tool, { size: "513x512" }, "size"],
        [IMAGES, tool, { size: "99999x99999" }, "size"],
        [IMAGES, tool, { quality: "best" }, "quality"],
        [IMAGES, tool, { n: 2 }, "n"],
        [IMAGES, tool, { seed: -1 }, "seed"],
        [IMAGES, tool, { seed: 2 ** 32 }, "seed"],
        [IMAGES, tool, { output_format: "svg" }, "output_format"],
        [IMAGES, tool, { response_format: "html" }, "response_format"],
        [IMAGES, tool, { stream: true }, "stream"],
        [IMAGES, video, {}, "model"],
        ["/v1/videos", tool, {}, "model"],
        ["/v1/chat/completions", tool, { messages: [{ role: "user", content: "Hi" }] }, "model"],
        ["/v1/videos", video, { size: "640x360", seconds: "0" }, "seconds"],
        ["/v1/videos", video, { size: "640x360", seconds: 1.5 }, "seconds"],
        ["/v1/videos", video, { size: "640x360", seconds: "21" }, "seconds"],
        ["/v1/videos", video, { size: "640x360", seconds: "four" }, "seconds"],
        [
          "/v1/videos",
          video,
          { size: "640x360", input_reference: { image_url: "http://127.0.0.1/" } },
          "input_reference",
        ],
        ["/v1/audio/speech", voice, { input: "" }, "input"],
        ["/v1/audio/speech", voice, { input: "Hi", voice: "nobody" }, "voice"],
        ["/v1/audio/speech", voice, { input: "Hi", speed: 9 }, "speed"],
        ["/v1/audio/speech", voice, { input: "Hi", response_format: "mp3" }, "response_format"],
      ];
      for (const [path, id, fields, param] of cases) {
        for (const paid of [true, false]) {
          const body = imageBody(id, fields);
          const response = paid ? await client.make(path, id, body) : await send("/v1/quotes", body);
          // A quote is asked for by the model's own endpoint, and knows of no other.
          if (!paid && param === "model") continue;
          const error = await errorOf(response);
          expect([response.status, error.code, error.param], `${body} ${error.message}`).to.deep.equal([
            ...[400, "invalid_request", param],
          ]);
        }
      }
      expect(await codeOf(await client.make(IMAGES, tool, "{"))).to.deep.equal([400, "invalid_json"]);
      const form = { headers: { "Content-Type": "multipart/form-data; boundary=x" } };
      expect(await codeOf(await client.make("/v1/videos", video, "no form", form))).to.deep.equal([
        400,
        "invalid_request",
      ]);
      await nothingHeld(client);
      const { data } = generationListSchema.parse(await (await get("/v1/generations", await client.session())).json());
      expect(data).to.deep.equal([]);
    });

    it("name the endpoint that a tool is asked at", async () => {
      const { message } = await errorOf(await client.make("/v1/music", tool, imageBody(tool, { seconds: 5 })));
      expect(message).to.equal(`stelai-${tool} makes images: ask it at POST ${IMAGES}.`);
    });

    it("take markup, scripts and directions of writing for the words that they are", async () => {
      const prompts = [
        '<script>alert("x")</script><img src=x onerror=alert(1)>',
        "'; drop table relayer.generations; --",
        "$(env) {{7*7}} <%= 7 %> %s %n ../../etc/passwd",
        "\u202egnirts\u202c שלום 你好 👩‍🚀\n\ttabbed",
        "__proto__",
      ];
      for (const prompt of prompts) {
        const response = await send(IMAGES, imageBody(free, { prompt }), ASYNC);
        const done = await ended((await read(response)).id, {});
        expect(done).to.include({ status: "completed", prompt });
        const file = await get(`/v1/generations/${done.id}/content`);
        expect(file.headers.get("Content-Type")).to.equal("image/png");
        expect(file.headers.get("Content-Disposition")).to.match(/^inline; filename="[a-z0-9.-]+"$/);
        expect(provider.asked).to.include(prompt);
        const record = provenanceSchema.parse(await (await get(`/v1/generations/${done.id}/record`)).json());
        expect(record.promptHash).to.equal(keccak256(stringToBytes(prompt)));
      }
    });
  });

  describe("that are private, suspended or refused here", () => {
    it("are no model to strangers, whatever is asked; and are made for who may use them", async () => {
      const hidden = await publish("Image", PRICES, { visibility: 2 });
      for (const path of [IMAGES, "/v1/videos", "/v1/quotes", "/v1/chat/completions"]) {
        const messages = [{ role: "user", content: "Hi" }];
        for (const headers of [{}, (await newcomer()).headers]) {
          const response = await send(path, imageBody(hidden, { messages }), headers);
          expect(await codeOf(response), path).to.deep.equal([404, "model_not_found"]);
        }
      }
      expect(await codeOf(await client.make(IMAGES, hidden, imageBody(hidden)))).to.deep.equal([
        404,
        "model_not_found",
      ]);
      await nothingHeld(client);
      await world.write(world.creator, "Characters", "setAllowed", [hidden, [world.payer.address], true]);
      await relayer.watcher.look();
      expect((await client.make(IMAGES, hidden, imageBody(hidden))).status).to.equal(200);
    });

    it("make nothing while they are suspended or blocked", async () => {
      const other = await publish("Image", {});
      await world.setSuspended(other, true);
      await relayer.watcher.look();
      expect(await codeOf(await send(IMAGES, imageBody(other)))).to.deep.equal([423, "character_suspended"]);
      await world.setSuspended(other, false);
      await relayer.watcher.look();
      await relayer.services.people.blocklist.blockCharacter(other, "test");
      expect(await codeOf(await send(IMAGES, imageBody(other)))).to.deep.equal([403, "blocked"]);
    });
  });
});
