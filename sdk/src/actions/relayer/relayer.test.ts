import { expect } from "chai";
import { zeroHash } from "viem";
import { parseSiweMessage } from "viem/siwe";
import { newcomer, stelaiOf } from "../../../test/world.ts";
import {
  IndexerError,
  IndexerUrlMissingError,
  NotSignedInError,
  RateLimitedError,
  RelayerProtocolError,
  RelayerUnreachableError,
  RelayerUrlMissingError,
} from "../../index.ts";

/** The error that a promise rejects with. */
async function failure(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => expect.fail("it did not fail"),
    (error: unknown) => error,
  );
}

type Answer = { status?: number; body?: unknown; headers?: Record<string, string> };

/** A fetch that gives prepared answers by path, and keeps what it was asked. */
function prepared(answers: Record<string, Answer>) {
  const asked: { method: string; path: string; headers: Headers; body: string }[] = [];
  const fetch = async (input: RequestInfo | URL, init?: RequestInit) => {
    const request = new Request(input, init);
    const path = request.url.slice("http://relayer.test".length);
    asked.push({ method: request.method, path, headers: request.headers, body: await request.text() });
    const { status = 200, body, headers } = answers[path] ?? { status: 404, body: "?" };
    const text = typeof body === "string" ? body : JSON.stringify(body);
    return new Response(status === 204 ? null : text, { status, headers: headers ?? {} });
  };
  return { fetch: fetch as typeof globalThis.fetch, asked };
}

const relayerUrl = "http://relayer.test";

describe("The relayer's client", () => {
  it("signs in with a message that names chain, domain and nonce, and sends the token from then on", async () => {
    const person = await newcomer();
    const { fetch, asked } = prepared({
      "/v1/auth/nonce": { body: { nonce: "abcdefgh12345678" } },
      "/v1/auth/verify": {
        body: { token: "t0ken", address: person.address, sessionKey: null, expiresAt: "2100-01-01T00:00:00.000Z" },
      },
      "/v1/auth/session": { status: 204 },
      "/v1/personas": { body: { personaHash: zeroHash } },
      "/v1/content": { body: { cid: "bafy", uri: "ipfs://bafy" } },
      "/v1/characters/7/persona": { body: { persona: { amount: "5" }, salt: zeroHash } },
    });
    const stelai = await stelaiOf(person, { relayerUrl, fetch });
    await stelai.relayer.signIn({ domain: "stelai.test", uri: "https://stelai.test", statement: "Sign in." });
    const { message } = JSON.parse(asked[1]?.body ?? "{}") as { message: string };
    expect(parseSiweMessage(message)).to.include({
      address: person.address,
      chainId: stelai.client.deployment.chainId,
      domain: "stelai.test",
      nonce: "abcdefgh12345678",
      statement: "Sign in.",
    });
    await stelai.relayer.uploadPersona({ persona: { name: "x" }, salt: zeroHash });
    await stelai.relayer.uploadContent({ card: { name: "Ferryman" } });
    await stelai.relayer.uploadContent({ image: new Blob([new Uint8Array([1, 2])], { type: "image/png" }) });
    expect(asked.slice(2).map(({ headers }) => headers.get("authorization"))).to.deep.equal(
      Array(3).fill("Bearer t0ken"),
    );
    expect(asked.at(-1)?.headers.get("content-type")).to.equal("image/png");
    // A persona's own fields stay text, even where they look like amounts.
    expect((await stelai.relayer.getPersona({ characterId: 7n })).persona).to.deep.equal({ amount: "5" });
    await stelai.relayer.signOut();
    expect(asked.at(-1)).to.include({ method: "DELETE", path: "/v1/auth/session" });
    expect(stelai.client.signIn.token).to.equal(undefined);
  });

  it("reports what is wrong to the operator", async () => {
    const { fetch, asked } = prepared({ "/v1/reports": { status: 202, body: "" } });
    const stelai = await stelaiOf(undefined, { relayerUrl, fetch });
    await stelai.relayer.report({ characterId: 3n, reason: "spam", details: "ads" });
    expect(JSON.parse(asked[0]?.body ?? "")).to.deep.equal({ characterId: "3", reason: "spam", details: "ads" });
  });

  it("turns what goes wrong into typed errors", async () => {
    const refusal = (code: string) => ({ error: { message: "No.", type: "stelai_error", param: null, code } });
    const { fetch } = prepared({
      "/v1/models": { status: 401, body: refusal("not_signed_in") },
      "/v1/models/stelai-1": { status: 429, body: refusal("rate_limited"), headers: { "retry-after": "12" } },
      "/v1/models/stelai-2": { status: 502, body: "<html>bad gateway</html>" },
      "/v1/models/stelai-3": { body: "not json" },
    });
    const { characters } = await stelaiOf(undefined, { relayerUrl, fetch });
    expect(await failure(characters.listModels())).to.be.instanceOf(NotSignedInError);
    const limited = await failure(characters.getModel({ characterId: 1n }));
    expect(limited).to.be.instanceOf(RateLimitedError).and.to.have.property("retryAfter", 12);
    expect(await failure(characters.getModel({ characterId: 2n }))).to.be.instanceOf(RelayerProtocolError);
    expect(await failure(characters.getModel({ characterId: 3n }))).to.be.instanceOf(RelayerProtocolError);
    const gone = await stelaiOf(undefined, { relayerUrl: "http://127.0.0.1:1" });
    expect(await failure(gone.characters.listModels())).to.be.instanceOf(RelayerUnreachableError);
    const none = await stelaiOf();
    expect(await failure(none.characters.listModels())).to.be.instanceOf(RelayerUrlMissingError);
  });
});

describe("The index's client", () => {
  it("asks with query and variables, bigint as text, and gives the data", async () => {
    const { fetch, asked } = prepared({ "/graphql": { body: { data: { characters: { items: [] } } } } });
    const stelai = await stelaiOf(undefined, { indexerUrl: relayerUrl, fetch });
    const data = await stelai.indexer.graphql({ query: "query ($id: BigInt) { x }", variables: { id: 5n } });
    expect(data).to.deep.equal({ characters: { items: [] } });
    expect(JSON.parse(asked[0]?.body ?? "")).to.deep.include({ variables: { id: "5" } });
  });

  it("fails with a typed error when it is not there or does not understand", async () => {
    const { fetch } = prepared({ "/graphql": { body: { errors: [{ message: "no field x" }] } } });
    const wrong = await stelaiOf(undefined, { indexerUrl: relayerUrl, fetch });
    expect(await failure(wrong.indexer.graphql({ query: "{ x }" }))).to.be.instanceOf(IndexerError);
    const gone = await stelaiOf(undefined, { indexerUrl: "http://127.0.0.1:1" });
    expect(await failure(gone.indexer.graphql({ query: "{ x }" }))).to.be.instanceOf(IndexerError);
    const none = await stelaiOf();
    expect(await failure(none.indexer.graphql({ query: "{ x }" }))).to.be.instanceOf(IndexerUrlMissingError);
  });
});
