import { expect } from "chai";
import { type Address, getAddress } from "viem";
import { generatePrivateKey, privateKeyToAccount } from "viem/accounts";
import { parseSiweMessage } from "viem/siwe";
import { newcomer, people, stelaiOf } from "../../../test/world.ts";
import {
  DailyLimitReachedError,
  HistoryConflictError,
  isMeterSignature,
  PassQuotaExhaustedError,
  UnsupportedFileError,
} from "../../index.ts";
import { fromBase64Url } from "../../internal/base64url.ts";
import { accountSchema, SESSION_KEY_RESOURCE } from "../../wire.ts";

/** The error that a promise rejects with. */
async function failure(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => expect.fail("it did not fail"),
    (error: unknown) => error,
  );
}

type Answer = { status?: number; body?: unknown; headers?: Record<string, string> };
const relayerUrl = "http://relayer.test";

/** A relayer that gives prepared answers by method and path, and keeps what it was asked. */
async function prepared(answers: Record<string, Answer>) {
  const { operator } = await people();
  const { client } = await stelaiOf();
  const { AccessManager: _manager, ...contracts } = client.deployment.contracts;
  const { chainId, genesisHash } = client.deployment;
  const known: Record<string, Answer> = {
    "GET /v1/operator": { body: { operator: operator.address, chainId, genesisHash, contracts } },
    ...answers,
  };
  const asked: { call: string; headers: Headers; body: string }[] = [];
  const fetch = async (input: RequestInfo | URL, init?: RequestInit) => {
    const request = new Request(input, init);
    const call = `${request.method} ${request.url.slice(relayerUrl.length)}`;
    asked.push({ call, headers: request.headers, body: await request.text() });
    const { status = 200, body, headers } = known[call] ?? { status: 204 };
    return new Response(status === 204 ? null : JSON.stringify(body), { status, headers: headers ?? {} });
  };
  return { fetch: fetch as typeof globalThis.fetch, asked, operator: operator.address };
}

const refusal = (code: string, stelai: object = {}) => {
  return { error: { message: "No.", type: "stelai_error", param: null, code, stelai } };
};
const later = "2100-01-01T00:00:00.000Z";

/** Who signed a `Stelai-Account` header is checked as an operator does. */
async function speaks(header: string | null, key: Address, operator: Address): Promise<Address> {
  const { signature, ...message } = accountSchema.parse(JSON.parse(fromBase64Url(header ?? "")));
  const { client } = await stelaiOf();
  const meter = { chainId: client.deployment.chainId, inferenceMeter: client.deployment.contracts.InferenceMeter };
  expect(await isMeterSignature(key, meter, "Account", message, signature)).to.equal(true);
  expect(message.operator).to.equal(operator);
  const ahead = Number(message.deadline) - Date.now() / 1_000;
  expect(ahead).to.be.within(3_600, 86_400);
  return message.account;
}

describe("A session key that an account bound", () => {
  it("is named in the sign-in's resources, and speaks for the account when a client is restored with it", async () => {
    const person = await newcomer();
    const sessionKey = generatePrivateKey();
    const { address } = privateKeyToAccount(sessionKey);
    const body = { token: "t0ken", address: person.address, sessionKey: address, expiresAt: later };
    const { fetch, asked, operator } = await prepared({
      "GET /v1/auth/nonce": { body: { nonce: "abcdefgh12345678" } },
      "POST /v1/auth/verify": { body },
    });
    const stelai = await stelaiOf(person, { relayerUrl, fetch });
    expect(stelai.relayer.isSignedIn()).to.equal(false);
    await stelai.relayer.signIn({ domain: "stelai.test", uri: "https://stelai.test", sessionKey });
    expect(stelai.relayer.isSignedIn()).to.equal(true);
    const { message } = JSON.parse(asked[1]?.body ?? "{}") as { message: string };
    expect(parseSiweMessage(message).resources).to.deep.equal([`${SESSION_KEY_RESOURCE}${address}`]);
    const { token, ...kept } = stelai.client.signIn;
    expect({ token, kept }).to.deep.equal({
      token: "t0ken",
      kept: { address: person.address, sessionKey, expiresAt: later },
    });

    const restored = await stelaiOf(person, { relayerUrl, fetch, signIn: { ...kept } });
    await Promise.all([restored.relayer.follow({ address: operator }), restored.relayer.markRead({ upTo: "7" })]);
    const [one, two] = asked.filter(({ call }) => /follows|read/.test(call));
    expect(one?.headers.get("authorization")).to.equal(null);
    const header = one?.headers.get("stelai-account") ?? null;
    expect(await speaks(header, address, operator)).to.equal(person.address);
    // Signed once for both, and the operator asked once.
    expect(two?.headers.get("stelai-account")).to.equal(header);
    expect(asked.filter(({ call }) => call === "GET /v1/operator")).to.have.length(1);

    const account = privateKeyToAccount(sessionKey);
    const other = await stelaiOf(person, { relayerUrl, fetch, signIn: { ...kept, sessionKey: account } });
    await other.relayer.unfollow({ address: operator });
    expect(await speaks(asked.at(-1)?.headers.get("stelai-account") ?? null, address, operator)).to.equal(
      person.address,
    );
    await other.relayer.signOut();
    expect(asked.at(-1)?.headers.get("stelai-account")).to.be.a("string");
    expect(other.relayer.isSignedIn()).to.equal(false);
  });

  it("is ended everywhere, and kept here when that fails so that it can be tried again", async () => {
    const person = await newcomer();
    const answers: Record<string, Answer> = {
      "DELETE /v1/auth/sessions": { status: 503, body: refusal("unavailable") },
    };
    const { fetch, asked, operator } = await prepared(answers);
    const sessionKey = generatePrivateKey();
    const signIn = { address: person.address, sessionKey, expiresAt: later };
    const stelai = await stelaiOf(person, { relayerUrl, fetch, signIn });
    await failure(stelai.relayer.signOutEverywhere());
    expect(stelai.relayer.isSignedIn()).to.equal(true);
    const again = await prepared({});
    const second = await stelaiOf(person, { relayerUrl, fetch: again.fetch, signIn: { ...signIn } });
    await second.relayer.signOutEverywhere();
    const { call, headers } = again.asked.at(-1) ?? {};
    expect(call).to.equal("DELETE /v1/auth/sessions");
    const address = privateKeyToAccount(sessionKey).address;
    expect(await speaks(headers?.get("stelai-account") ?? null, address, operator)).to.equal(person.address);
    expect(second.relayer.isSignedIn()).to.equal(false);
    expect(asked.at(-1)?.call).to.equal("DELETE /v1/auth/sessions");
  });

  it("is not kept when the relayer bound none, and says nothing when its time is over", async () => {
    const person = await newcomer();
    const sessionKey = generatePrivateKey();
    const { fetch, asked } = await prepared({
      "GET /v1/auth/nonce": { body: { nonce: "abcdefgh12345678" } },
      "POST /v1/auth/verify": {
        body: { token: "t0ken", address: person.address, sessionKey: null, expiresAt: later },
      },
      "GET /v1/profiles/0x0000000000000000000000000000000000000001": { body: {} },
    });
    const stelai = await stelaiOf(person, { relayerUrl, fetch });
    await stelai.relayer.signIn({ domain: "stelai.test", uri: "https://stelai.test", sessionKey });
    expect(stelai.client.signIn.sessionKey).to.equal(undefined);
    const signIn = { address: person.address, sessionKey, expiresAt: "2020-01-01T00:00:00.000Z" };
    const over = await stelaiOf(person, { relayerUrl, fetch, signIn });
    expect(over.relayer.isSignedIn()).to.equal(false);
    await over.relayer.getProfile({ address: "0x0000000000000000000000000000000000000001" });
    for (const name of ["stelai-account", "authorization"]) expect(asked.at(-1)?.headers.get(name)).to.equal(null);
  });
});

describe("What the relayer keeps of people", () => {
  const owner = getAddress("0x00000000000000000000000000000000000000a1");
  const signIn = { token: "t0ken", address: owner, expiresAt: later };

  it("is read with its amounts as bigint, and with the words of a notification as they are", async () => {
    const { fetch, asked } = await prepared({
      "GET /v1/account": { body: { address: owner, dailyLimit: "5000000", spentToday: "7", resetsAt: 9 } },
      "GET /v1/notifications?limit=2": {
        body: {
          notifications: [{ id: "1", characterId: "3", workId: null, data: { amount: "5" } }],
          unread: 1,
          next: null,
        },
      },
    });
    const { relayer } = await stelaiOf(undefined, { relayerUrl, fetch, signIn: { ...signIn } });
    expect(await relayer.getAccount()).to.deep.include({ dailyLimit: 5_000_000n, spentToday: 7n, resetsAt: 9 });
    const { notifications } = await relayer.listNotifications({ limit: 2 });
    expect(notifications).to.deep.equal([{ id: "1", characterId: 3n, workId: null, data: { amount: "5" } }]);
    await relayer.setDailyLimit({ dailyLimit: 9n });
    expect(JSON.parse(asked.at(-1)?.body ?? "")).to.deep.equal({ dailyLimit: "9" });
    expect(asked.map(({ headers }) => headers.get("authorization"))).to.deep.equal(Array(3).fill("Bearer t0ken"));
  });

  it("is written where the protocol has it", async () => {
    const { fetch, asked } = await prepared({ "PUT /v1/cards": { body: { uri: "stelai:card:0c" } } });
    const { relayer } = await stelaiOf(undefined, { relayerUrl, fetch, signIn: { ...signIn } });
    const file = new File(["Rye, water, salt."], "bread & salt.md", { type: "text/markdown" });
    await relayer.addKnowledge({ characterId: 3n, file });
    expect(asked.at(-1)).to.include({
      call: "POST /v1/characters/3/knowledge?name=bread+%26+salt.md",
      body: "Rye, water, salt.",
    });
    expect(asked.at(-1)?.headers.get("content-type")).to.equal("text/markdown");
    expect(await relayer.uploadCard({ card: { name: "Grandma" } })).to.deep.equal({ uri: "stelai:card:0c" });
    await relayer.putHistory({ id: "a_1", replaces: null, data: "AAAA" });
    await relayer.deleteKnowledge({ characterId: 3n, fileId: "f 1" });
    await relayer.setMail({ address: null });
    await relayer.deletePush({ endpoint: "https://push.test/1" });
    await relayer.setMuted({ kinds: ["review"] });
    await relayer.deleteAccount();
    expect(asked.slice(2).map(({ call, body }) => `${call} ${body}`)).to.deep.equal([
      'PUT /v1/history/a_1 {"replaces":null,"data":"AAAA"}',
      "DELETE /v1/characters/3/knowledge/f%201 ",
      'PUT /v1/mail {"address":null}',
      'DELETE /v1/push {"endpoint":"https://push.test/1"}',
      'PUT /v1/notifications/muted {"kinds":["review"]}',
      "DELETE /v1/account ",
    ]);
    expect(relayer.isSignedIn()).to.equal(false);
  });

  it("fails with an error of its own for each refusal", async () => {
    const limits = { limit: "5", spent: "4", resetsAt: 86_400 };
    const { fetch } = await prepared({
      "PUT /v1/history/a": { status: 409, body: refusal("history_conflict") },
      "POST /v1/characters/3/knowledge?name=file": { status: 415, body: refusal("unsupported_file") },
      "POST /v1/chat/completions": { status: 402, body: refusal("daily_limit_reached", limits) },
    });
    const { relayer, generate } = await stelaiOf(undefined, { relayerUrl, fetch, signIn: { ...signIn } });
    const conflict = await failure(relayer.putHistory({ id: "a", replaces: 1, data: "" }));
    expect(conflict).to.be.instanceOf(HistoryConflictError);
    const picture = await failure(relayer.addKnowledge({ characterId: 3n, file: new Blob(["x"]) }));
    expect(picture).to.be.instanceOf(UnsupportedFileError);
    const reached = await failure(generate.chat({ characterId: 3n, messages: [] }));
    expect(reached).to.be.instanceOf(DailyLimitReachedError).and.to.include({ limit: 5n, spent: 4n, resetsAt: 86_400 });
  });
});

describe("Under a pass", () => {
  const pass = { limit: 200, remaining: 199, resetsAt: 86_400 };
  const messages = [{ role: "user", content: "hello" }] as const;
  const complete = {
    choices: [{ message: { content: "Hi." }, finish_reason: "stop" }],
    stelai: { pass },
  };

  it("an answer is asked for as the account, without a payment, and says what is left of the day", async () => {
    const person = await newcomer();
    const sessionKey = generatePrivateKey();
    const { fetch, asked, operator } = await prepared({ "POST /v1/chat/completions": { body: complete } });
    const signIn = { address: person.address, sessionKey, expiresAt: later };
    const { generate } = await stelaiOf(undefined, { relayerUrl, fetch, signIn });
    const answer = await generate.chat({ characterId: 3n, messages });
    expect(answer).to.deep.equal({ text: "Hi.", finishReason: "stop", id: undefined, charge: undefined, pass });
    expect(asked.at(-1)?.headers.get("stelai-payment")).to.equal(null);
    const header = asked.at(-1)?.headers.get("stelai-account") ?? null;
    expect(await speaks(header, privateKeyToAccount(sessionKey).address, operator)).to.equal(person.address);
    const openai = generate.createFetch({});
    const body = JSON.stringify({ model: "stelai-3", messages });
    await openai(`${relayerUrl}/v1/chat/completions`, { method: "POST", body });
    expect(asked.at(-1)?.headers.get("stelai-account")).to.equal(header);
  });

  it("a stream tells it as an event", async () => {
    const chunks = [
      { choices: [{ delta: { content: "Hi." }, finish_reason: "stop" }] },
      { choices: [], stelai: { pass } },
    ];
    const text = [...chunks.map((chunk) => `data: ${JSON.stringify(chunk)}\n\n`), "data: [DONE]\n\n"].join("");
    const fetch = async () => new Response(text, { headers: { "content-type": "text/event-stream" } });
    const { generate } = await stelaiOf(undefined, { relayerUrl, fetch });
    const events: unknown[] = [];
    for await (const event of generate.streamChat({ characterId: 3n, messages })) events.push(event);
    expect(events).to.deep.equal([
      { type: "delta", text: "Hi." },
      { type: "finish", reason: "stop" },
      { type: "pass", pass },
    ]);
  });

  it("that is used up for today is refused with when it starts anew", async () => {
    const body = refusal("pass_quota_exhausted", { limit: 200, resetsAt: 86_400 });
    const { fetch } = await prepared({
      "POST /v1/chat/completions": { status: 429, body, headers: { "retry-after": "60" } },
    });
    const { generate } = await stelaiOf(undefined, { relayerUrl, fetch });
    const error = await failure(generate.chat({ characterId: 3n, messages }));
    expect(error).to.be.instanceOf(PassQuotaExhaustedError);
    expect(error).to.include({ limit: 200, resetsAt: 86_400, retryAfter: 60 });
  });
});
