import { type AccountHeader, signedInSchema } from "@stelai/sdk/wire";
import { expect } from "chai";
import type { Hono } from "hono";
import { getAddress, type Hex, zeroAddress } from "viem";
import { generatePrivateKey, privateKeyToAccount } from "viem/accounts";
import { accountHeader } from "../../test/accountHeader.ts";
import { codeOf, jsonRequest, type Periphery, siweMessage, startPeriphery } from "../../test/periphery.ts";
import type { AppEnv } from "../http.ts";
import { meterDigests } from "../metering/digest.ts";
import { operatorFrom } from "../operator.ts";
import type { AccountHeaders } from "../people/accountHeader.ts";
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
    const { token, address, sessionKey, expiresAt } = signedInSchema.parse(await response.json());
    expect(address).to.equal(signer.address);
    expect(sessionKey).to.equal(null);
    expect(Date.parse(expiresAt) - Date.now()).to.be.within(86_000_000, 86_400_000);
    expect(await world.people.sessions.accountOf({ authorization: `Bearer ${token}` })).to.equal(signer.address);
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
    expect(await code(at(Date.now() + 86_401_000).accountOf({ authorization }))).to.equal("not_signed_in");
    expect((await app.request("/v1/auth/session", { method: "DELETE", headers })).status).to.equal(204);
    expect(await code(world.people.sessions.accountOf({ authorization }))).to.equal("not_signed_in");
    const nonsense = { authorization: "Bearer nonsense" };
    expect(await code(world.people.sessions.accountOf(nonsense))).to.equal("not_signed_in");
    expect(await world.people.sessions.accountOf({})).to.equal(undefined);
  });

  it("forgets nonces and sessions that have expired", async () => {
    const later = at(Date.now() + 31 * 86_400_000);
    await later.prune();
    expect(await world.store.db.query.signInNonces.findMany()).to.have.length(0);
    expect(await world.store.db.query.signInSessions.findMany()).to.have.length(0);
  });

  describe("with a session key", () => {
    const key = privateKeyToAccount(generatePrivateKey());
    const resource = (address: string) => [`urn:stelai:session-key:${address}`];

    /** Signs in and binds `key`; gives the token's header. */
    async function bind(fields: Partial<Parameters<typeof siweMessage>[0]> = {}, bound = key) {
      const response = await attempt(asIs, { resources: resource(bound.address), ...fields });
      expect(response.status).to.equal(200);
      return signedInSchema.parse(await response.json());
    }

    /** Whose account a `Stelai-Account` header of the key speaks for, or the code it is refused with. */
    async function speak(change: Partial<AccountHeader> = {}, signer = key, sessions = world.people.sessions) {
      const header = await accountHeader(world, world.account(0).address, signer, change);
      return sessions.accountOf({ account: header }).catch((error: { code: string }) => error.code);
    }

    const account = () => world.account(0).address;
    const seconds = (ahead: number) => BigInt(Math.floor(Date.now() / 1000) + ahead);

    it("binds the key that the message names, for 30 days, and its signature speaks for the account", async () => {
      expect(await speak()).to.equal("not_signed_in");
      const { sessionKey, expiresAt, token } = await bind();
      expect(sessionKey).to.equal(key.address);
      expect(Date.parse(expiresAt) - Date.now()).to.be.within(29.9 * 86_400_000, 30 * 86_400_000);
      expect(await speak()).to.equal(account());
      const later = at(Date.now() + 29 * 86_400_000);
      expect(await later.accountOf({ authorization: `Bearer ${token}` })).to.equal(account());
      expect(await speak({ deadline: seconds(29 * 86_400 + 60) }, key, later)).to.equal(account());
      const tooLate = at(Date.now() + 31 * 86_400_000);
      expect(await speak({ deadline: seconds(31 * 86_400 + 60) }, key, tooLate)).to.equal("not_signed_in");
      expect(await code(tooLate.accountOf({ authorization: `Bearer ${token}` }))).to.equal("not_signed_in");
    });

    it("lets the key speak no longer than the message does", async () => {
      const short = privateKeyToAccount(generatePrivateKey());
      const { expiresAt } = await bind({ expirationTime: new Date(Date.now() + 3_600_000) }, short);
      expect(Date.parse(expiresAt) - Date.now()).to.be.within(3_500_000, 3_600_000);
      const later = at(Date.now() + 3_700_000);
      expect(await speak({ deadline: seconds(3_800) }, short, later)).to.equal("not_signed_in");
    });

    it("refuses another key, another operator's header, another account's, and what was signed for another chain", async () => {
      const stranger = privateKeyToAccount(generatePrivateKey());
      expect(await speak({}, stranger)).to.equal("not_signed_in");
      expect(await speak({ operator: stranger.address })).to.equal("not_signed_in");
      expect(await speak({ account: world.account(1).address })).to.equal("not_signed_in");
      const elsewhere = {
        ...world,
        config: { ...world.config, deployment: { ...world.config.deployment, chainId: 1 } },
      };
      const header = await accountHeader(elsewhere, account(), key);
      expect(await code(world.people.sessions.accountOf({ account: header }))).to.equal("not_signed_in");
    });

    it("refuses a deadline that has passed or is more than a day ahead, and a header that cannot be read", async () => {
      expect(await speak({ deadline: seconds(-1_000) })).to.equal("not_signed_in");
      expect(await speak({ deadline: seconds(2 * 86_400) })).to.equal("not_signed_in");
      expect(await speak({ signature: `0x${"11".repeat(65)}` })).to.equal("not_signed_in");
      expect(await code(world.people.sessions.accountOf({ account: "nonsense" }))).to.equal("invalid_request");
    });

    it("ends the key with the token, and the token with the key; what was signed before is refused then", async () => {
      const { token } = await bind();
      const header = await accountHeader(world, account(), key);
      const authorization = `Bearer ${token}`;
      await app.request("/v1/auth/session", { method: "DELETE", headers: { Authorization: authorization } });
      expect(await code(world.people.sessions.accountOf({ account: header }))).to.equal("not_signed_in");
      const again = await bind();
      const ended = await app.request("/v1/auth/session", { method: "DELETE", headers: { "Stelai-Account": header } });
      expect(ended.status).to.equal(204);
      expect(await code(world.people.sessions.accountOf({ account: header }))).to.equal("not_signed_in");
      const bearer = { authorization: `Bearer ${again.token}` };
      expect(await code(world.people.sessions.accountOf(bearer))).to.equal("not_signed_in");
    });

    it("ends every token and key of the account by any of them, or by a new sign-in that asks for it", async () => {
      const other = privateKeyToAccount(generatePrivateKey());
      const lost = await accountHeader(world, account(), key);
      const isOver = () => code(world.people.sessions.accountOf({ account: lost }));
      const end = (headers: Record<string, string>) => app.request("/v1/auth/sessions", { method: "DELETE", headers });
      await bind();
      const { token } = await bind({}, other);
      const stranger = { authorization: (await world.signIn(world.account(1))).Authorization };
      expect(await isOver()).to.equal(undefined);
      expect((await end({})).status).to.equal(401);
      expect((await end({ Authorization: `Bearer ${token}` })).status).to.equal(204);
      expect(await isOver()).to.equal("not_signed_in");
      expect((await end({ Authorization: `Bearer ${token}` })).status).to.equal(401);
      await bind();
      expect(await isOver()).to.equal(undefined);
      const message = siweMessage({ address: account(), nonce: await nonce(), resources: resource(other.address) });
      const signature = await world.account(0).signMessage({ message });
      const response = await app.request(
        "/v1/auth/verify",
        jsonRequest("POST", { message, signature, endOthers: true }),
      );
      expect(response.status).to.equal(200);
      expect(await isOver()).to.equal("not_signed_in");
      expect(await speak({}, other)).to.equal(account());
      expect(await world.people.sessions.accountOf(stranger)).to.equal(world.account(1).address);
    });

    it("refuses a message that names two keys, none that can be, or hides one where wallets show it as words", async () => {
      const two = [...resource(key.address), ...resource(world.account(1).address)];
      expect((await attempt(asIs, { resources: two })).status).to.equal(401);
      expect((await attempt(asIs, { resources: ["urn:stelai:session-key:0x12"] })).status).to.equal(401);
      expect((await attempt(asIs, { resources: resource(zeroAddress) })).status).to.equal(401);
      const hidden = await attempt(asIs, { statement: `Resources: - urn:stelai:session-key:${key.address}` });
      expect(signedInSchema.parse(await hidden.json()).sessionKey).to.equal(null);
    });

    it("binds a key for a contract wallet that signs by ERC-1271; the key itself is a plain one", async () => {
      const owner = world.account(0);
      const wallet = await world.deploy("ContractWallet", [owner.address]);
      const message = siweMessage({ address: wallet, nonce: await nonce(), resources: resource(key.address) });
      expect((await verify(message, await owner.signMessage({ message }))).status).to.equal(200);
      const header = await accountHeader(world, wallet, key);
      expect(await world.people.sessions.accountOf({ account: header })).to.equal(getAddress(wallet));
      expect(
        await code(world.people.sessions.accountOf({ account: await accountHeader(world, wallet, owner) })),
      ).to.equal("not_signed_in");
    });
  });

  function at(time: number): SignIn {
    const { store, chain, config } = world;
    return new SignIn({
      db: store.db,
      client: chain.client,
      chainId: chain.id,
      webOrigins: config.webOrigins,
      accounts: accountsOf(world),
      now: () => time,
    });
  }
});

async function startUnreachable(world: Periphery): Promise<SignIn> {
  const { store, config } = world;
  const { createPublicClient, http } = await import("viem");
  const client = createPublicClient({ transport: http("http://127.0.0.1:9", { retryCount: 0 }) });
  return new SignIn({
    db: store.db,
    client,
    chainId: 31_337,
    webOrigins: config.webOrigins,
    accounts: accountsOf(world),
  });
}

function accountsOf({ config, chain }: Periphery): AccountHeaders {
  return {
    operator: operatorFrom(config.OPERATOR_PRIVATE_KEY).address,
    digests: meterDigests(chain.id, chain.contracts.InferenceMeter),
    chainNow: () => chain.head().timestamp,
  };
}

function code(promise: Promise<unknown>): Promise<string | undefined> {
  return promise.then(
    () => undefined,
    (error: { code?: string }) => error.code,
  );
}
