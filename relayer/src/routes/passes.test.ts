import { errorSchema, passUseSchema } from "@stelai/sdk/wire";
import { expect } from "chai";
import type { PrivateKeyAccount } from "viem";
import { signInAt } from "../../test/signIn.ts";
import { answer, cutAfter, fail } from "../../test/upstream.ts";
import { type ServedRelayer, serveRelayer, startWorld, type World } from "../../test/world.ts";

const CREDIT = 1_000_000n;
const MONTHLY = 1;
const LIMIT = 4;
const DAY = 86_400;

type Said = { status: number; headers: Headers; text: string; code: string | undefined; pass: unknown };

describe("A pass", () => {
  let world: World;
  let relayer: ServedRelayer;
  let id: bigint;
  let people = 0;

  before(async () => {
    world = await startWorld();
    relayer = await serveRelayer(world, {
      PASS_DAILY_REQUESTS: String(LIMIT),
      RATE_WRITES_PER_MINUTE: "1000",
      WEB_ORIGIN: "https://app.example",
    });
    id = await world.publish({ perInference: 1_000n, monthly: CREDIT, lifetime: CREDIT });
  });
  after(async () => {
    await relayer.stop();
    await world.stop();
  });
  beforeEach(() => {
    world.upstream.behave = answer(["Hello", " there"]);
  });

  /** Somebody with credits, who is signed in. */
  async function newcomer(): Promise<{ account: PrivateKeyAccount; headers: Record<string, string> }> {
    people += 1;
    const account = world.account(people);
    await world.give(account, 20n);
    return { account, headers: await signInAt(relayer, account) };
  }

  const access = (account: PrivateKeyAccount, functionName: string, args: readonly unknown[]) =>
    world.write(account, "CharacterAccess", functionName, args);

  /** Somebody with a pass that the relayer knows of. */
  async function holder(renews = false) {
    const somebody = await newcomer();
    await access(somebody.account, "subscribe", [id, MONTHLY, CREDIT, renews, "0x"]);
    await relayer.watcher.look();
    return somebody;
  }

  async function chat(
    headers: Record<string, string>,
    fields: { model?: string; stream?: boolean } = {},
  ): Promise<Said> {
    const response = await fetch(`${relayer.url}/v1/chat/completions`, {
      method: "POST",
      body: JSON.stringify({ model: `stelai-${id}`, messages: [{ role: "user", content: "Hi" }], ...fields }),
      headers: { "Content-Type": "application/json", ...headers },
    });
    const text = await response.text();
    const chunks = text.startsWith("data: ")
      ? text.split("\n\n").flatMap((line) => (line.startsWith("data: {") ? [JSON.parse(line.slice(6))] : []))
      : [JSON.parse(text)];
    const last = chunks.at(-1);
    const error = errorSchema.safeParse(chunks.find((chunk) => "error" in chunk));
    return {
      ...{ status: response.status, headers: response.headers, text },
      code: error.success ? error.data.error.code : undefined,
      pass: last?.stelai?.pass,
    };
  }

  it("answers without payment from its block on, and not after it was cancelled", async () => {
    const { account, headers } = await newcomer();
    expect((await chat(headers)).code).to.equal("payment_required");
    await access(account, "subscribe", [id, MONTHLY, CREDIT, false, "0x"]);
    await relayer.watcher.look();
    const said = await chat(headers);
    expect([said.status, said.code]).to.deep.equal([200, undefined]);
    expect(said.text).to.contain("Hello there");
    await access(account, "cancelNow", [id, 0n]);
    await relayer.watcher.look();
    expect((await chat(headers)).code).to.equal("payment_required");
  });

  it("says in headers and answer how the day stands, streaming or not, readable by the web page", async () => {
    const { headers } = await holder();
    const whole = await chat({ ...headers, Origin: "https://app.example" });
    const resetsAt = (Math.floor(Number(relayer.services.chain.head().timestamp) / DAY) + 1) * DAY;
    expect(passUseSchema.parse(whole.pass)).to.deep.equal({ limit: LIMIT, remaining: LIMIT - 1, resetsAt });
    expect(whole.headers.get("Stelai-Pass-Limit")).to.equal(String(LIMIT));
    expect(whole.headers.get("Stelai-Pass-Remaining")).to.equal(String(LIMIT - 1));
    expect(whole.headers.get("Stelai-Pass-Reset")).to.equal(String(resetsAt));
    const exposed = whole.headers.get("Access-Control-Expose-Headers")?.toLowerCase() ?? "";
    for (const name of ["limit", "remaining", "reset"]) expect(exposed).to.contain(`stelai-pass-${name}`);
    const streamed = await chat(headers, { stream: true });
    expect(passUseSchema.parse(streamed.pass)).to.deep.equal({ limit: LIMIT, remaining: LIMIT - 2, resetsAt });
    expect(streamed.headers.get("Stelai-Pass-Remaining")).to.equal(String(LIMIT - 2));
  });

  it("is used up after the day's requests, however many come at once, and begins anew on the chain's next day", async () => {
    const { headers } = await holder();
    const answers = await Promise.all(Array.from({ length: LIMIT + 3 }, () => chat(headers)));
    expect(answers.filter(({ status }) => status === 200)).to.have.length(LIMIT);
    const refused = answers.find(({ status }) => status !== 200);
    expect([refused?.status, refused?.code]).to.deep.equal([429, "pass_quota_exhausted"]);
    const wait = Number(refused?.headers.get("Retry-After"));
    expect(wait).to.be.within(1, DAY);
    expect(refused?.headers.get("Stelai-Pass-Remaining")).to.equal("0");
    await world.pass(wait);
    await relayer.watcher.look();
    expect((await chat(headers)).status).to.equal(200);
  });

  it("counts each pass by itself", async () => {
    const [one, other] = [await holder(), await holder()];
    for (let used = 0; used < LIMIT; used += 1) await chat(one.headers);
    expect((await chat(one.headers)).status).to.equal(429);
    expect((await chat(other.headers)).status).to.equal(200);
  });

  it("is not counted when nothing was delivered, and is when something was", async () => {
    const { headers } = await holder();
    world.upstream.behave = fail(500);
    for (const stream of [false, true]) expect((await chat(headers, { stream })).code).to.equal("upstream_failed");
    world.upstream.behave = cutAfter(["Hello"]);
    expect((await chat(headers)).code).to.equal("upstream_cut");
    world.upstream.behave = answer(["Hello"]);
    expect((await chat(headers)).headers.get("Stelai-Pass-Remaining")).to.equal(String(LIMIT - 1));
    world.upstream.behave = cutAfter(["Hello"]);
    expect((await chat(headers, { stream: true })).code).to.equal("upstream_cut");
    world.upstream.behave = answer(["Hello"]);
    expect((await chat(headers)).headers.get("Stelai-Pass-Remaining")).to.equal(String(LIMIT - 3));
  });

  it("ends with its period; one that renews is honoured ten minutes longer", async () => {
    const [ends, renews] = [await holder(), await holder(true)];
    const { until } = await relayer.services.people.access.of(id, renews.account.address);
    const moveTo = async (time: bigint) => {
      await world.pass(Number(time - relayer.services.chain.head().timestamp));
      await relayer.watcher.look();
    };
    await moveTo(until - 60n);
    for (const { headers } of [ends, renews]) expect((await chat(headers)).status).to.equal(200);
    await moveTo(until + 300n);
    expect((await chat(ends.headers)).code).to.equal("payment_required");
    expect((await chat(renews.headers)).status).to.equal(200);
    await moveTo(until + 601n);
    expect((await chat(renews.headers)).code).to.equal("payment_required");
  });

  it("for good never ends", async () => {
    const { account, headers } = await newcomer();
    await access(account, "buyLifetime", [id, CREDIT, "0x"]);
    await world.pass(400 * DAY);
    await relayer.watcher.look();
    expect((await chat(headers)).status).to.equal(200);
  });

  it("is of no use with an operator whom the owner does not list, of a suspended character, or to a blocked account", async () => {
    const { account, headers } = await newcomer();
    const elsewhere = await world.publish({ perInference: 1n, monthly: CREDIT }, { operators: [] });
    await access(account, "subscribe", [elsewhere, MONTHLY, CREDIT, false, "0x"]);
    await relayer.watcher.look();
    expect((await chat(headers, { model: `stelai-${elsewhere}` })).code).to.equal("model_not_found");
    await access(account, "subscribe", [id, MONTHLY, CREDIT, false, "0x"]);
    await world.setSuspended(id, true);
    await relayer.watcher.look();
    expect((await chat(headers)).code).to.equal("character_suspended");
    await world.setSuspended(id, false);
    await relayer.watcher.look();
    await relayer.services.people.blocklist.blockAccount(account.address, "test");
    expect((await chat(headers)).code).to.equal("blocked");
    await relayer.services.people.blocklist.unblockAccount(account.address);
    expect((await chat(headers)).status).to.equal(200);
  });

  it("is somebody else's: neither a stranger nor one whose sign-in ended uses it", async () => {
    const { headers } = await holder();
    const stranger = await newcomer();
    expect((await chat(stranger.headers)).code).to.equal("payment_required");
    expect((await chat({})).code).to.equal("payment_required");
    await fetch(`${relayer.url}/v1/auth/session`, { method: "DELETE", headers });
    expect((await chat(headers)).code).to.equal("not_signed_in");
  });

  it("leaves a request with a payment to the tab", async () => {
    const tab = await world.openTab(CREDIT);
    await access(world.payer, "subscribe", [id, MONTHLY, CREDIT, false, "0x"]).catch(() => {});
    const paid = await relayer.client(tab).ask(id);
    expect(paid.receipt?.amount).to.equal(1_000n);
  });
});
