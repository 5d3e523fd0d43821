import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { type AddressInfo, createServer as createTcpServer, type Socket } from "node:net";
import { expect } from "chai";
import { Connection } from "./connection.ts";
import { UpstreamTimeoutError, UpstreamUnreachableError } from "./errors.ts";

describe("a connection to an upstream", () => {
  let server: Server;
  let origin: string;
  let answer: (request: IncomingMessage, response: ServerResponse) => void;
  /** The sockets that requests came on. */
  let sockets: Socket[];

  before(async () => {
    server = createServer((request, response) => {
      sockets.push(request.socket);
      request.resume().once("end", () => answer(request, response));
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });

  beforeEach(() => {
    sockets = [];
  });

  after(() => {
    server.closeAllConnections();
    server.close();
  });

  async function ask({ url = origin, connectTimeoutMs = 10_000, signal = new AbortController().signal } = {}) {
    const connection = new Connection({
      provider: "upstream",
      url,
      headers: {},
      body: "{}",
      connectTimeoutMs,
      idleTimeoutMs: 10_000,
      signal,
    });
    try {
      await connection.open();
      return await connection.text(1_000);
    } catch (error) {
      return error;
    } finally {
      connection.close(true);
      // A socket is free again, or seen to be closed, in the next turns of the event loop.
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  it("is kept for the next request", async () => {
    answer = (_request, response) => response.end("yes");
    expect(await ask()).to.equal("yes");
    expect(await ask()).to.equal("yes");
    expect(new Set(sockets).size).to.equal(1);
  });

  it("is a new one when the upstream closed the kept one meanwhile", async () => {
    answer = (_request, response) => response.end("yes");
    expect(await ask()).to.equal("yes");
    sockets[0]?.destroy();
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(await ask()).to.equal("yes");
    expect(new Set(sockets).size).to.equal(2);
  });

  it("asks nothing twice that the upstream may have worked on, whether its socket is kept or new", async () => {
    answer = (_request, response) => response.end("yes");
    expect(await ask()).to.equal("yes");
    answer = (request) => request.socket.destroy();
    expect(await ask()).to.be.instanceOf(UpstreamUnreachableError);
    expect(sockets).to.have.length(2);
    expect(sockets[1]).to.equal(sockets[0]);
    expect(await ask()).to.be.instanceOf(UpstreamUnreachableError);
    expect(sockets).to.have.length(3);
  });

  describe("that is not made", () => {
    const silent = createTcpServer((socket) => socket.on("error", () => {}));
    let url: string;

    before(async () => {
      await new Promise<void>((resolve) => silent.listen(0, "127.0.0.1", resolve));
      url = `https://127.0.0.1:${(silent.address() as AddressInfo).port}`;
    });

    after(() => silent.close());

    it("fails when its time is over", async () => {
      const started = performance.now();
      expect(await ask({ url, connectTimeoutMs: 300 }))
        .to.be.instanceOf(UpstreamTimeoutError)
        .and.include({ phase: "connect" });
      expect(performance.now() - started).to.be.within(290, 3_000);
    });

    it("fails when the caller gives up", async () => {
      const started = performance.now();
      const reason = new Error("gone");
      const caller = new AbortController();
      setTimeout(() => caller.abort(reason), 100);
      expect(await ask({ url, signal: caller.signal })).to.equal(reason);
      expect(performance.now() - started).to.be.below(3_000);
    });
  });
});
