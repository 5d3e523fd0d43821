import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { expect } from "chai";
import { Connection } from "./connection.ts";
import { UpstreamUnreachableError } from "./errors.ts";

describe("a connection to an upstream", () => {
  let server: Server;
  let answer: (request: IncomingMessage, response: ServerResponse) => void;
  /** The sockets that requests came on. */
  let sockets: Socket[];

  before(async () => {
    server = createServer((request, response) => {
      sockets.push(request.socket);
      request.resume().once("end", () => answer(request, response));
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  });

  beforeEach(() => {
    sockets = [];
  });

  after(() => {
    server.closeAllConnections();
    server.close();
  });

  async function ask(): Promise<string> {
    const { port } = server.address() as AddressInfo;
    const connection = new Connection({
      provider: "upstream",
      url: `http://127.0.0.1:${port}/v1`,
      headers: {},
      body: "{}",
      connectTimeoutMs: 10_000,
      idleTimeoutMs: 10_000,
      signal: new AbortController().signal,
    });
    try {
      await connection.open();
      return await connection.text(1_000);
    } finally {
      connection.close(true);
      // A socket is free again in the next turn of the event loop.
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  it("is kept for the next request", async () => {
    answer = (_request, response) => response.end("yes");
    expect(await ask()).to.equal("yes");
    expect(await ask()).to.equal("yes");
    expect(new Set(sockets).size).to.equal(1);
  });

  it("asks again on a new one when the upstream closed the kept one meanwhile", async () => {
    answer = (request, response) => {
      if (sockets.indexOf(request.socket) < sockets.length - 1) request.socket.destroy();
      else response.end("yes");
    };
    expect(await ask()).to.equal("yes");
    expect(await ask()).to.equal("yes");
    expect(sockets).to.have.length(3);
    expect(sockets[1]).to.equal(sockets[0]);
    expect(sockets[2]).not.to.equal(sockets[0]);
  });

  it("asks no third time", async () => {
    answer = (request) => request.socket.destroy();
    const error = await ask().catch((cause: unknown) => cause);
    expect(error).to.be.instanceOf(UpstreamUnreachableError);
    expect(sockets).to.have.length(2);
  });

  it("asks no second time for what was cut after the upstream worked on it", async () => {
    answer = (request) => setTimeout(() => request.socket.destroy(), 1_200);
    const error = await ask().catch((cause: unknown) => cause);
    expect(error).to.be.instanceOf(UpstreamUnreachableError);
    expect(sockets).to.have.length(1);
  });
});
