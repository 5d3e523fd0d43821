import { expect } from "chai";
import type { Hono } from "hono";
import type { Hex } from "viem";
import { codeOf, jsonRequest, type Periphery, siweMessage, startPeriphery } from "../../test/periphery.ts";
import type { AppEnv } from "../http.ts";
import { SignInRefusedError } from "../people/errors.ts";
import { SignIn } from "../people/signIn.ts";
import { authRoutes } from "./auth.ts";

describe("signing in", () => {
  let world: Periphery;
  let app: Hono<AppEnv>;

  before(async () => {
    world = await startPeriphery();
    app = world.app(authRoutes(world));
  });
  after(() => world.stop());

  async function nonce(): Promise<string> {
    const response = await app.request("/v1/auth/nonce");
    expect(response.headers.get("Cache-Control")).to.equal("no-store");
    return ((await response.json()) as { nonce: string }).nonce;
  }

  function verify(message: string, signature: Hex): Promise<Response> {
    return Promise.resolve(app.request("/v1/auth/verify", jsonRequest("POST", { message, signature })));
  }

  async function attempt(change: (message: string) => string, fields: Partial<Parameters<typeof siweMessage>[0]> = {}) {
    const signer = world.account(0);
    const message = change(siweMessage({ address: signer.address, nonce: await nonce(), ...fields }));
    return verify(message, await signer.signMessage({ message }));
  }

  const asIs = (message: string) => message;

  it("gives a bearer token for a day when the wallet signed our nonce for our page", async () => {
    const signer = world.account(0);
    const message = siweMessage({ address: signer.address, nonce: await nonce(), statement: "Sign in to Stelai." });
    const response = await verify(message, await signer.signMessage({ message }));
    expect(response.status).to.equal(200);
    const { token, address, expiresAt } = (await response.json()) as {
      token: string;
      address: string;
      expiresAt: string;
    };
    expect(address).to.equal(signer.address);
    expect(Date.parse(expiresAt) - Date.now()).to.be.within(86_000_000, 86_400_000);
    expect(await world.people.sessions.accountOf(`Bearer ${token}`)).to.equal(signer.address);
  });

  it("keeps no token that could be used, only its hash", async () => {
    const headers = await world.signIn(world.account(0));
    const rows = await world.store.db.query.signInSessions.findMany();
    const token = headers.Authorization?.slice("Bearer ".length) ?? "";
    expect(rows.length).to.be.greaterThan(0);
    expect(JSON.stringify(rows)).not.to.include(token);
  });

  it("refuses a message that was used before", async () => {
    const signer = world.account(0);
    const message = siweMessage({ address: signer.address, nonce: await nonce() });
    const signature = await signer.signMessage({ message });
    const answers = await Promise.all([
      verify(message, signature),
      verify(message, signature),
      verify(message, signature),
    ]);
    expect(answers.map(({ status }) => status).sort()).to.deep.equal([200, 401, 401]);
  });

  it("refuses a nonce that is not ours", async () => {
    const response = await attempt(asIs, { nonce: "0123456789abcdef" });
    expect(response.status).to.equal(401);
    expect(await codeOf(response)).to.equal("invalid_session");
  });

  it("refuses a nonce that has expired", async () => {
    const { sessions, signer } = { sessions: at(Date.now() - 601_000), signer: world.account(0) };
    const message = siweMessage({ address: signer.address, nonce: await sessions.nonce() });
    expect((await verify(message, await signer.signMessage({ message }))).status).to.equal(401);
  });

  it("refuses a message for another page, whether in its domain, its URI or its scheme", async () => {
    for (const fields of [
      { domain: "evil.example", uri: "https://evil.example" },
      { domain: "evil.example" },
      { uri: "https://evil.example" },
      { uri: "http://app.example" },
      { uri: "https://app.example.evil.example/" },
      { scheme: "http" },
    ]) {
      expect((await attempt(asIs, fields)).status, JSON.stringify(fields)).to.equal(401);
    }
    expect((await attempt(asIs, { domain: "localhost:5173", uri: "http://localhost:5173/login" })).status).to.equal(
      200,
    );
  });

  it("refuses a message for another chain", async () => {
    expect((await attempt(asIs, { chainId: 1 })).status).to.equal(401);
  });

  it("refuses a message outside its time, or with a date that cannot be read", async () => {
    expect((await attempt(asIs, { expirationTime: new Date(Date.now() - 1_000) })).status).to.equal(401);
    expect((await attempt(asIs, { notBefore: new Date(Date.now() + 3_600_000) })).status).to.equal(401);
    expect((await attempt(asIs, { issuedAt: new Date(Date.now() + 3_600_000) })).status).to.equal(401);
    const garble = (message: string) => message.replace(/Expiration Time: .*/, "Expiration Time: whenever");
    expect((await attempt(garble, { expirationTime: new Date(Date.now() + 60_000) })).status).to.equal(401);
  });

  it("ends the session no later than the message says", async () => {
    const expirationTime = new Date(Date.now() + 60_000);
    const response = await attempt(asIs, { expirationTime });
    expect(((await response.json()) as { expiresAt: string }).expiresAt).to.equal(expirationTime.toISOString());
  });

  it("refuses a message whose fields come from anywhere else than their line", async () => {
    const smuggle = (message: string) =>
      message.replace("URI: https://app.example", "URI: https://app.example\nHello: there");
    expect((await attempt(smuggle)).status).to.equal(401);
    expect((await attempt((message) => `Read this.\n${message}`)).status).to.equal(401);
    expect((await attempt((message) => `${message}\nand more`)).status).to.equal(401);
  });

  it("refuses a signature by another wallet", async () => {
    const message = siweMessage({ address: world.account(1).address, nonce: await nonce() });
    expect((await verify(message, await world.account(0).signMessage({ message }))).status).to.equal(401);
  });

  it("accepts a contract wallet by ERC-1271, and refuses one that does not confirm", async () => {
    const owner = world.account(0);
    const wallet = await world.deploy("ContractWallet", [owner.address]);
    for (const [signer, status] of [
      [owner, 200],
      [world.account(1), 401],
    ] as const) {
      const message = siweMessage({ address: wallet, nonce: await nonce() });
      expect((await verify(message, await signer.signMessage({ message }))).status).to.equal(status);
    }
  });

  it("says so when the chain cannot be asked about a contract wallet", async () => {
    const wallet = await world.deploy("ContractWallet", [world.account(0).address]);
    const unreachable = await startUnreachable(world);
    const message = siweMessage({ address: wallet, nonce: await unreachable.nonce() });
    const error = await unreachable
      .verify(message, await world.account(0).signMessage({ message }))
      .catch((cause) => cause);
    expect(error).to.have.property("code", "unavailable");
    expect(error).not.to.be.instanceOf(SignInRefusedError);
  });

  it("refuses a token that has lapsed, was signed out, or never was", async () => {
    const headers = await world.signIn(world.account(0));
    const authorization = headers.Authorization ?? "";
    expect(await code(at(Date.now() + 86_401_000).accountOf(authorization))).to.equal("not_signed_in");
    expect((await app.request("/v1/auth/session", { method: "DELETE", headers })).status).to.equal(204);
    expect(await code(world.people.sessions.accountOf(authorization))).to.equal("not_signed_in");
    expect(await code(world.people.sessions.accountOf("Bearer nonsense"))).to.equal("not_signed_in");
    expect(await world.people.sessions.accountOf(undefined)).to.equal(undefined);
  });

  it("forgets nonces and sessions that have expired", async () => {
    const later = at(Date.now() + 90_000_000);
    await later.prune();
    expect(await world.store.db.query.signInNonces.findMany()).to.have.length(0);
    expect(await world.store.db.query.signInSessions.findMany()).to.have.length(0);
  });

  function at(time: number): SignIn {
    const { store, chain, config } = world;
    return new SignIn({
      db: store.db,
      client: chain.client,
      chainId: chain.id,
      webOrigins: config.webOrigins,
      now: () => time,
    });
  }
});

async function startUnreachable({ store, config }: Periphery): Promise<SignIn> {
  const { createPublicClient, http } = await import("viem");
  const client = createPublicClient({ transport: http("http://127.0.0.1:9", { retryCount: 0 }) });
  return new SignIn({ db: store.db, client, chainId: 31_337, webOrigins: config.webOrigins });
}

function code(promise: Promise<unknown>): Promise<string | undefined> {
  return promise.then(
    () => undefined,
    (error: { code?: string }) => error.code,
  );
}
