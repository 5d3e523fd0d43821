import { connect, type Socket } from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import { expect } from "chai";
import { TabClient } from "../test/client.ts";
import { startPostgres, type TestPostgres } from "../test/postgres.ts";
import { type RelayerProcess, spawnRelayer } from "../test/process.ts";
import { type FaultyNode, startFaultyNode } from "../test/rpc.ts";
import { answer, begin, end, say } from "../test/upstream.ts";
import { type ServedRelayer, serveRelayer, startWorld, type World } from "../test/world.ts";

const PRICES = { perInference: 10_000n, perUnit: 0n };

describe("An operator's relayers", () => {
  let world: World;
  let postgres: TestPostgres;
  let character: bigint;

  before(async () => {
    [world, postgres] = await Promise.all([startWorld(), startPostgres()]);
    character = await world.publish(PRICES);
  });
  after(async () => {
    await world.stop();
    await postgres.stop();
  });
  beforeEach(() => {
    world.upstream.behave = answer(["Hello"]);
  });

  /** An upstream that streams one word, and the rest when it is told to. */
  const halted = () => {
    const reached = Promise.withResolvers<void>();
    const go = Promise.withResolvers<void>();
    world.upstream.behave = async (response) => {
      begin(response);
      say(response, "One");
      reached.resolve();
      await go.promise;
      say(response, " more");
      end(response);
    };
    return { reached: reached.promise, go: () => go.resolve() };
  };

  describe("one that is asked to stop", () => {
    const url = async () => ({ DATABASE_URL: await postgres.database() });
    const statusOf = async (relayer: { url: string }, path: string) => {
      const response = await fetch(`${relayer.url}${path}`);
      await response.text();
      return { status: response.status, retryAfter: response.headers.get("Retry-After") };
    };

    it("says so to whoever comes and is not ready, while a stream goes on to its end and is charged", async () => {
      const relayer = await spawnRelayer(world.environment(await url()));
      const client = new TabClient(world, relayer.url, await world.openTab(1_000_000n));
      const upstream = halted();
      const asked = client.ask(character, { stream: true });
      await upstream.reached;
      const ended = relayer.terminate();
      while ((await statusOf(relayer, "/ready")).status === 200);
      expect(await statusOf(relayer, "/health")).to.include({ status: 200 });
      expect(await statusOf(relayer, "/v1/operator")).to.deep.equal({ status: 503, retryAfter: "5" });
      const refused = await client.ask(character);
      expect([refused.status, refused.error?.code]).to.deep.equal([503, "unavailable"]);
      upstream.go();
      const { text, receipt } = await asked;
      expect([text, receipt?.amount]).to.deep.equal(["One more", 10_000n]);
      expect(await ended).to.equal(0);
    });

    it("ends what takes longer than it may, and charges what was delivered", async () => {
      const relayer = await spawnRelayer(world.environment({ ...(await url()), DRAIN_SECONDS: "0" }));
      const client = new TabClient(world, relayer.url, await world.openTab(1_000_000n));
      const upstream = halted();
      const asked = client.ask(character, { stream: true });
      await upstream.reached;
      const ended = relayer.terminate();
      const { text, receipt, error } = await asked;
      expect([text, receipt?.amount, error?.code]).to.deep.equal(["One", 10_000n, "stopped"]);
      expect(await ended).to.equal(0);
      upstream.go();
    });
  });

  it("that stops tells who waits for a whole answer to ask another one, and charges nothing", async () => {
    const relayer = await spawnRelayer(
      world.environment({ DATABASE_URL: await postgres.database(), DRAIN_SECONDS: "0" }),
    );
    const client = new TabClient(world, relayer.url, await world.openTab(1_000_000n));
    const upstream = halted();
    const asked = client.ask(character);
    await upstream.reached;
    const ended = relayer.terminate();
    const { status, error, receipt } = await asked;
    expect([status, error?.code, receipt]).to.deep.equal([503, "unavailable", undefined]);
    expect(await ended).to.equal(0);
    upstream.go();
  });

  describe("of which one settles and dies at it", () => {
    let node: FaultyNode;
    let dying: RelayerProcess;
    let other: ServedRelayer;
    after(async () => {
      await other?.stop();
      await node?.stop();
    });

    it("settle once: nobody else while it holds its turn, another one as soon as it is dead", async () => {
      const DATABASE_URL = await postgres.database();
      node = await startFaultyNode(world.chain.rpcUrl);
      const settling = { DATABASE_URL, SETTLE_VALUE: "1" };
      // Opened before either starts: a tab that is new to the other one while it runs has it settle at once.
      const tab = await world.openTab(1_000_000n);
      other = await serveRelayer(world, settling);
      dying = await spawnRelayer(world.environment({ ...settling, RPC_URL: node.url, SETTLE_INTERVAL_MS: "100" }));
      const client = other.client(tab);
      client.take(await client.ask(character));
      const holding = Promise.withResolvers<void>();
      // It is about to send what it sealed, and hears nothing more of its node.
      node.lie = ({ method }) => {
        if (method === "eth_estimateGas") {
          node.silent = true;
          holding.resolve();
        }
        return undefined;
      };
      expect((await client.acknowledge()).status).to.equal(204);
      await holding.promise;
      await other.services.settlement.work();
      expect((await world.tabOf(client.tab.tabId)).spent).to.equal(0n);
      await dying.kill();
      node.silent = false;
      // Postgres lets go of its turn when the connection is gone.
      for (let tries = 0; (await world.tabOf(client.tab.tabId)).spent === 0n && tries < 200; tries += 1) {
        await other.services.settlement.work();
        await delay(20);
      }
      expect((await world.tabOf(client.tab.tabId)).spent).to.equal(10_000n);
    });
  });

  describe("one that is asked badly", () => {
    let relayer: RelayerProcess;
    before(async () => {
      relayer = await spawnRelayer(
        world.environment({
          DATABASE_URL: await postgres.database(),
          ...{
            HEADERS_TIMEOUT_MS: "500",
            BODY_TIMEOUT_MS: "5000",
            BODIES_IN_FLIGHT_BYTES: "2000000",
            REQUESTS_IN_FLIGHT: "3",
            RATE_WRITES_PER_MINUTE: "5",
          },
        }),
      );
    });
    after(() => relayer.kill());

    /** What comes back over a plain connection until the other side ends it. */
    const spoken = (text: string) =>
      new Promise<string>((resolve) => {
        let heard = "";
        const socket = connect(Number(new URL(relayer.url).port), "127.0.0.1", () => socket.write(text));
        socket.on("data", (part) => {
          heard += part.toString();
        });
        socket.on("error", () => {});
        socket.on("close", () => resolve(heard));
      });

    it("hangs up on headers and bodies that do not come to their end", async () => {
      expect(await spoken("GET /v1/operator HTTP/1.1\r\nHost: a\r\nX-Slow: ")).to.match(/^HTTP\/1.1 408 |^$/);
      const head =
        "POST /v1/chat/completions HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{";
      expect(await spoken(head)).to.match(/^HTTP\/1.1 408 |^$/);
      expect((await fetch(`${relayer.url}/health`)).status).to.equal(200);
    });

    it("refuses ten megabytes before it reads them, announced or not, and JSON that is nested without end", async () => {
      const large = await fetch(`${relayer.url}/v1/chat/completions`, {
        method: "POST",
        body: "x".repeat(10_000_000),
      }).catch(() => undefined);
      expect(large?.status ?? 413).to.equal(413);
      let left = 160;
      const unannounced = new ReadableStream({
        pull: (controller) => {
          left -= 1;
          if (left < 0) controller.close();
          else controller.enqueue(new Uint8Array(65_536));
        },
      });
      const init = { method: "POST", body: unannounced, duplex: "half" } as RequestInit;
      const streamed = await fetch(`${relayer.url}/v1/chat/completions`, init).catch(() => undefined);
      expect(streamed?.status ?? 413).to.equal(413);
      const deep = `{"model":"stelai-1","messages":${"[".repeat(200_000)}${"]".repeat(200_000)}}`;
      const nested = await fetch(`${relayer.url}/v1/chat/completions`, { method: "POST", body: deep });
      expect(nested.status).to.equal(400);
      expect((await fetch(`${relayer.url}/health`)).status).to.equal(200);
    });

    it("takes as many requests at a time as it may, and says when to come again, before reading more", async () => {
      const client = new TabClient(world, relayer.url, await world.openTab(1_000_000n));
      const upstream = halted();
      const before = world.upstream.count();
      const three = Array.from({ length: 3 }, () => client.ask(character));
      while (world.upstream.count() < before + 3) await delay(10);
      const refused = await fetch(`${relayer.url}/v1/operator`);
      expect(refused.status).to.equal(503);
      expect(refused.headers.get("Retry-After")).to.equal("1");
      expect((await fetch(`${relayer.url}/health`)).status).to.equal(200);
      upstream.go();
      for (const { status } of await Promise.all(three)) expect(status).to.equal(200);
      expect((await fetch(`${relayer.url}/v1/operator`)).status).to.equal(200);
    });

    it("counts a network by its connection, whatever a request says of where it comes from", async () => {
      const statuses: number[] = [];
      for (let visitor = 1; visitor <= 8; visitor += 1) {
        const headers = {
          "X-Forwarded-For": `192.0.2.${visitor}`,
          Forwarded: `for=192.0.2.${visitor}`,
          "X-Real-IP": `192.0.2.${visitor}`,
        };
        statuses.push((await fetch(`${relayer.url}/v1/auth/nonce`, { headers })).status);
      }
      expect(statuses.filter((status) => status === 429)).to.have.length(3);
    });

    it("names a request by the id it came with, or gives it one: in the answer and in what it says of an error", async () => {
      const ask = async (id: string) => {
        const response = await fetch(`${relayer.url}/v1/nothing`, { headers: { "X-Request-Id": id } });
        const { error } = (await response.json()) as { error: { request_id?: string } };
        return { header: response.headers.get("X-Request-Id"), body: error.request_id };
      };
      expect(await ask("my.request-1")).to.deep.equal({ header: "my.request-1", body: "my.request-1" });
      const { header, body } = await ask("no id; at all");
      expect(header)
        .to.match(/^[0-9a-f-]{36}$/)
        .and.equal(body);
    });

    it("has what it logs for a request say so by its id, wherever that is logged, and nothing of what runs for all", async () => {
      const picture = await world.publish({}, { modality: 1 });
      const asked = await fetch(`${relayer.url}/v1/images/generations`, {
        method: "POST",
        headers: { "Content-Type": "application/json", "X-Request-Id": "a-picture" },
        body: JSON.stringify({ model: `stelai-${picture}`, prompt: "A pine", size: "512x512", quality: "low" }),
      });
      expect(asked.status, await asked.text()).to.equal(200);
      const said = (message: string) => relayer.log.find(({ msg, route }) => msg === message && route !== "/metrics");
      const ofIt = () => relayer.log.filter(({ request }) => request === "a-picture").map(({ msg }) => msg);
      // Lines are written in the background.
      for (let tries = 0; !ofIt().includes("answered") && tries < 200; tries += 1) await delay(50);
      expect(ofIt()).to.deep.equal(["a generation is queued", "answered"]);
      expect(said("a generation is complete")).to.not.have.property("request");
      expect(said("listening")).to.not.have.property("request");
    });

    it("shows in its metrics what is open, held, unsigned, unsettled and waiting, and its name", async () => {
      const text = await (await fetch(`${relayer.url}/metrics`)).text();
      for (const name of [
        ...["stelai_tabs_open 1", "stelai_unsigned_microcredits 30000", "stelai_held_microcredits 0"],
        ...["stelai_settlement_lag_seconds", "stelai_chain_head_age_seconds", "stelai_generations_oldest_seconds 0"],
        ...[
          "stelai_relayer_info{instance=",
          "stelai_http_in_flight 0",
          'stelai_http_requests_total{route="/v1/chat/completions",status="200"} 3',
        ],
      ]) {
        expect(text).to.include(name);
      }
    });

    it("serves others while bodies were announced that do not come, which take nothing from them", async () => {
      const { host, port, hostname } = new URL(relayer.url);
      const head = (size: string) =>
        `POST /v1/chat/completions HTTP/1.1\r\nHost: ${host}\r\nContent-Type: application/json\r\n${size}\r\n\r\n`;
      // Each announces half of all that is held at a time, or nothing at all, which may be as much.
      const idle = ["Content-Length: 1000000", "Transfer-Encoding: chunked"].map((size) => {
        const socket = connect(Number(port), hostname, () => socket.write(head(size)));
        return socket.on("error", () => {});
      });
      const inFlight = async () =>
        /stelai_http_in_flight (\d+)/.exec(await (await fetch(`${relayer.url}/metrics`)).text())?.[1];
      while ((await inFlight()) !== "2");
      const body = JSON.stringify({ model: "stelai-1", messages: [], padding: "x".repeat(1_000_000) });
      const answered = await fetch(`${relayer.url}/v1/chat/completions`, { method: "POST", body });
      expect(answered.status).to.be.oneOf([400, 413]);
      for (const socket of idle) socket.destroy();
      while ((await inFlight()) !== "0");
    });
  });

  describe("one behind two proxies of the operator's", () => {
    let relayer: ServedRelayer;
    before(async () => {
      relayer = await serveRelayer(world, { TRUST_PROXY: "2", RATE_WRITES_PER_MINUTE: "3" });
    });
    after(() => relayer.stop());

    it("counts a network by what the outer one wrote, and nothing that whoever asked wrote before it", async () => {
      const statusOf = async (forwarded: string) => {
        const headers = { "X-Forwarded-For": forwarded, Forwarded: "for=203.0.113.9", "X-Real-IP": "203.0.113.9" };
        return (await fetch(`${relayer.url}/v1/auth/nonce`, { headers })).status;
      };
      const [outer, client] = ["10.0.0.1", "198.51.100.7"];
      const spoofed: number[] = [];
      for (let one = 1; one <= 5; one += 1) spoofed.push(await statusOf(`192.0.2.${one}, ${client}, ${outer}`));
      expect(spoofed).to.deep.equal([200, 200, 200, 429, 429]);
      expect(await statusOf(`${client}, 198.51.100.8, ${outer}`)).to.equal(200);
      // What is no address is nobody's: it counts for the connection.
      const junk: number[] = [];
      for (let one = 1; one <= 5; one += 1) junk.push(await statusOf(`not-an-address-${one}, ${outer}`));
      expect(junk).to.deep.equal([200, 200, 200, 429, 429]);
    });
  });

  describe("one that many send large bodies to, and stop halfway", () => {
    const [PEOPLE, HALF, HELD] = [40, 450_000, 2_000_000];
    let relayer: ServedRelayer;
    let sockets: Socket[] = [];
    before(async () => {
      relayer = await serveRelayer(world, { BODIES_IN_FLIGHT_BYTES: String(HELD) });
    });
    after(async () => {
      for (const socket of sockets) socket.destroy();
      await relayer.stop();
    });

    it("holds as much as it may, sends the others away, answers who has no body, and takes the next when they are gone", async () => {
      const { inFlight } = relayer.services;
      const { host, port, hostname } = new URL(relayer.url);
      const head = `POST /v1/chat/completions HTTP/1.1\r\nHost: ${host}\r\nContent-Length: ${2 * HALF}\r\n\r\n`;
      let refused = 0;
      sockets = Array.from({ length: PEOPLE }, () => {
        const socket = connect(Number(port), hostname, () => socket.write(head + " ".repeat(HALF)));
        let isOver = false;
        const over = () => {
          if (!isOver) refused += 1;
          isOver = true;
        };
        return socket.on("data", over).on("close", over).on("error", over);
      });
      const fits = Math.floor(HELD / HALF);
      let most = 0;
      const isThere = () => refused === PEOPLE - fits && inFlight.bytes === fits * HALF;
      for (let tries = 0; !isThere() && tries < 2_000; tries += 1) {
        most = Math.max(most, inFlight.bytes);
        await delay(5);
      }
      expect([refused, inFlight.requests, inFlight.bytes]).to.deep.equal([PEOPLE - fits, fits, fits * HALF]);
      expect(most).to.be.at.most(HELD);
      expect((await fetch(`${relayer.url}/v1/operator`)).status).to.equal(200);
      const send = async () => {
        const body = JSON.stringify({ model: "stelai-1", messages: [], padding: "x".repeat(HALF) });
        const response = await fetch(`${relayer.url}/v1/chat/completions`, { method: "POST", body }).catch(() => null);
        return response?.status ?? 503;
      };
      expect(await send()).to.equal(503);
      for (const socket of sockets) socket.destroy();
      for (let tries = 0; inFlight.requests > 0 && tries < 2_000; tries += 1) await delay(5);
      expect(inFlight.bytes).to.equal(0);
      expect(await send()).to.equal(400);
    });
  });
});
