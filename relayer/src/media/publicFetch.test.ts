import type { LookupAddress } from "node:dns";
import { createServer, type RequestListener, type Server } from "node:http";
import { type AddressInfo, createServer as createTcpServer } from "node:net";
import { expect } from "chai";
import { PrivateNetworkError, publicDispatcherOver, publicLookup, type Resolve } from "../net/publicHost.ts";
import {
  UpstreamCutError,
  UpstreamMalformedError,
  UpstreamStatusError,
  UpstreamTimeoutError,
  UpstreamUnreachableError,
} from "../providers/errors.ts";
import { type PublicFetchOptions, publicFetch } from "./publicFetch.ts";

describe("downloads from addresses that others named", () => {
  let server: Server;
  let origin: string;
  let answer: RequestListener;
  let visits: string[];

  before(async () => {
    server = createServer((request, response) => {
      visits.push(request.url ?? "");
      answer(request, response);
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  beforeEach(() => {
    visits = [];
    answer = (_request, response) => response.end("the file");
  });
  after(() => {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(resolve));
  });

  const options = (changes: Partial<PublicFetchOptions> = {}): PublicFetchOptions => ({
    provider: "upstream",
    ownOrigin: origin,
    limit: 1_000,
    signal: new AbortController().signal,
    ...changes,
  });
  async function fault(address: string, changes?: Partial<PublicFetchOptions>): Promise<unknown> {
    return publicFetch(address, options(changes)).then(
      () => expect.fail(`${address} was fetched`),
      (error: unknown) => error,
    );
  }
  /** A resolver that answers what it is told to, in turn. */
  function resolver(...answers: string[][]): Resolve & { asked: string[] } {
    const asked: string[] = [];
    const resolve: Resolve = (hostname, _options, callback) => {
      const addresses = answers[Math.min(asked.length, answers.length - 1)] ?? [];
      asked.push(hostname);
      const found: LookupAddress[] = addresses.map((address) => ({ address, family: address.includes(":") ? 6 : 4 }));
      process.nextTick(callback, null, found);
    };
    return Object.assign(resolve, { asked });
  }

  it("takes a file from the upstream's own origin, private as it is, and follows it there, without credentials", async () => {
    answer = (request, response) => {
      if (request.url === "/file") response.writeHead(302, { location: "/elsewhere" }).end();
      else response.end(JSON.stringify(request.headers));
    };
    const headers = JSON.parse(new TextDecoder().decode(await publicFetch(`${origin}/file`, options()))) as object;
    expect(visits).to.deep.equal(["/file", "/elsewhere"]);
    expect(headers).to.not.have.any.keys("authorization", "cookie", "referer");
  });

  it("asks no private network, however it is written, and nothing without TLS", async () => {
    for (const address of [
      `${origin.replace("127.0.0.1", "localhost")}/file`,
      "http://127.0.0.1:1/",
      "https://127.0.0.1/",
      "https://0x7f000001/",
      "https://2130706433/",
      "https://[::1]/",
      "https://[::ffff:127.0.0.1]/",
      "https://169.254.169.254/latest/meta-data/",
      "https://10.0.0.1/",
      "https://metadata.internal/",
      "https://localhost/",
      "https://cdn.example.com:8443/",
      "https://user:password@cdn.example.com/",
      "http://cdn.example.com/",
      "ftp://cdn.example.com/",
      "file:///etc/passwd",
      "data:text/plain,hello",
      "/file",
      "",
    ]) {
      expect(await fault(address), address)
        .to.be.instanceOf(UpstreamMalformedError)
        .and.include({ retryable: false });
    }
    expect(await fault(`${origin}/file`, { ownOrigin: "https://upstream.example" })).to.be.instanceOf(
      UpstreamMalformedError,
    );
    expect(await fault(origin.replace("//", "//user:password@"))).to.be.instanceOf(UpstreamMalformedError);
    expect(visits).to.deep.equal([]);
  });

  it("does not follow a redirect into a private network, nor around for ever", async () => {
    for (const location of ["http://127.0.0.1:1/", "https://192.168.0.1/", "file:///etc/passwd", "http://["]) {
      answer = (_request, response) => response.writeHead(302, { location }).end();
      expect(await fault(`${origin}/file`), location).to.be.instanceOf(UpstreamMalformedError);
    }
    visits = [];
    answer = (_request, response) => response.writeHead(307, { location: "/again" }).end();
    expect(await fault(`${origin}/file`)).to.be.instanceOf(UpstreamMalformedError);
    expect(visits).to.have.length(4);
  });

  it("connects to no private address that a public name leads to, alone or among others", async () => {
    let connections = 0;
    const trap = createTcpServer((socket) => {
      connections += 1;
      socket.destroy();
    });
    await new Promise<void>((resolve) => trap.listen(0, "127.0.0.1", resolve));
    for (const addresses of [["127.0.0.1"], ["::1"], ["93.184.215.14", "10.0.0.1"], ["::ffff:127.0.0.1"], []]) {
      const resolve = resolver(addresses);
      const error = await fault("https://cdn.example.com/file", { dispatcher: publicDispatcherOver(resolve) });
      expect(error, addresses.join()).to.be.instanceOf(UpstreamMalformedError);
      expect(resolve.asked).to.deep.equal(["cdn.example.com"]);
    }
    expect(connections).to.equal(0);
    await new Promise((resolve) => trap.close(resolve));
  });

  it("hands on the very addresses that were checked, so that a name that changes meanwhile changes nothing", async () => {
    const resolve = resolver(["93.184.215.14"], ["127.0.0.1"]);
    const look = (all: boolean) =>
      new Promise<unknown>((done) => {
        publicLookup(resolve)("cdn.example.com", { all }, (error, address) => done(error ?? address));
      });
    expect(await look(true)).to.deep.equal([{ address: "93.184.215.14", family: 4 }]);
    expect(resolve.asked).to.have.length(1);
    expect(await look(false)).to.be.instanceOf(PrivateNetworkError);
  });

  it("says that a name which leads nowhere cannot be reached", async () => {
    const dispatcher = publicDispatcherOver((_hostname, _options, callback) => {
      process.nextTick(callback, Object.assign(new Error("not found"), { code: "ENOTFOUND" }), []);
    });
    expect(await fault("https://cdn.example.com/file", { dispatcher }))
      .to.be.instanceOf(UpstreamUnreachableError)
      .and.include({ detail: "ENOTFOUND", retryable: true });
  });

  it("takes a file of exactly the limit, and none above it, announced or not", async () => {
    answer = (_request, response) => response.end("x".repeat(1_000));
    expect(await publicFetch(`${origin}/file`, options())).to.have.length(1_000);
    answer = (_request, response) => response.end("x".repeat(1_001));
    expect(await fault(`${origin}/file`)).to.be.instanceOf(UpstreamMalformedError);
    answer = (_request, response) => {
      response.writeHead(200);
      response.write("x".repeat(900));
      response.end("x".repeat(101));
    };
    expect(await fault(`${origin}/file`)).to.be.instanceOf(UpstreamMalformedError);
  });

  it("hangs up on a body without an end, and on one that was announced as too large", async () => {
    for (const announced of [undefined, 5_000_000]) {
      let gone: Promise<unknown> = Promise.resolve();
      answer = (_request, response) => {
        gone = new Promise((resolve) => response.once("close", resolve));
        response.writeHead(200, announced === undefined ? {} : { "content-length": announced });
        const pour = () => {
          while (!response.destroyed && response.write("x".repeat(500)));
          response.once("drain", pour);
        };
        pour();
      };
      expect(await fault(`${origin}/file`)).to.be.instanceOf(UpstreamMalformedError);
      await gone;
    }
  });

  it("waits neither for an answer that does not begin, nor for one that stalls, nor for one that drips", async () => {
    answer = () => {};
    expect(await fault(`${origin}/file`, { connectTimeoutMs: 30 }))
      .to.be.instanceOf(UpstreamTimeoutError)
      .and.include({ phase: "connect", retryable: true });
    answer = (_request, response) => response.write("x");
    expect(await fault(`${origin}/file`, { idleTimeoutMs: 30 }))
      .to.be.instanceOf(UpstreamTimeoutError)
      .and.include({ phase: "idle" });
    answer = (_request, response) => {
      const timer = setInterval(() => response.write("x"), 5);
      response.once("close", () => clearInterval(timer));
    };
    expect(await fault(`${origin}/file`, { timeoutMs: 80 }))
      .to.be.instanceOf(UpstreamTimeoutError)
      .and.include({ timeoutMs: 80 });
  });

  it("finds a body that breaks off, and passes on a status", async () => {
    answer = (_request, response) => {
      response.writeHead(200, { "content-length": 100 });
      response.write("half", () => response.destroy());
    };
    expect(await fault(`${origin}/file`))
      .to.be.instanceOf(UpstreamCutError)
      .and.include({ retryable: true });
    answer = (_request, response) => response.writeHead(403).end("<html>");
    expect(await fault(`${origin}/file`))
      .to.be.instanceOf(UpstreamStatusError)
      .and.include({ status: 403 });
  });

  it("ends with the signal's reason when aborted", async () => {
    const controller = new AbortController();
    const reason = new Error("no longer wanted");
    answer = () => controller.abort(reason);
    expect(await fault(`${origin}/file`, { signal: controller.signal })).to.equal(reason);
  });
});
