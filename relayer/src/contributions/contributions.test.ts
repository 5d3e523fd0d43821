import { deedOf, grantDigest, reviewSubject } from "@stelai/sdk";
import {
  type Contributions,
  contributionsSchema,
  type Deed,
  errorSchema,
  type SignedGrant,
  signedGrantSchema,
} from "@stelai/sdk/wire";
import { expect } from "chai";
import { eq } from "drizzle-orm";
import { type Hex, type PrivateKeyAccount, recoverAddress } from "viem";
import { privateKeyToAccount } from "viem/accounts";
import {
  makeModerator,
  reviewOf,
  startContributions,
  startIndex,
  type TestIndex,
  type ToldReview,
} from "../../test/contributions.ts";
import { bonusOf, CREDIT, DAY } from "../../test/plans.ts";
import { signInAt } from "../../test/signIn.ts";
import { type ServedRelayer, serveRelayer, startWorld, type World } from "../../test/world.ts";
import { tables } from "../store/index.ts";

const { grants, quotas } = tables;

const MICRO = 1_000_000n;

describe("Contributions", () => {
  let world: World;
  let index: TestIndex;
  let relayer: ServedRelayer;
  let campaign: { campaignId: bigint; key: Hex };
  let people = 300;

  before(async () => {
    world = await startWorld();
    index = await startIndex();
    campaign = await startContributions(world);
    relayer = await serveRelayer(world, {
      ...{ CONTRIBUTIONS_KEY: campaign.key, INDEXER_URL: index.url, RATE_WRITES_PER_MINUTE: "10000" },
      ...{ GRANTS_PER_ACCOUNT_PER_DAY: String(6n * MICRO), FEEDBACK_PER_DAY: "1000" },
    });
  });
  after(async () => {
    await relayer.stop();
    await index.stop();
    await world.stop();
  });
  afterEach(() => {
    index.instead = undefined;
  });

  /** Somebody new, of whom the index knows these reviews. */
  const somebody = (...reviews: ToldReview[]): PrivateKeyAccount => {
    people += 1;
    const account = world.account(people);
    index.reviews.set(account.address.toLowerCase(), reviews);
    return account;
  };
  const ask = async (account: PrivateKeyAccount, path: string, body?: unknown, at = relayer) =>
    fetch(at.url + path, {
      headers: { ...(await signInAt(at, account)), "Content-Type": "application/json" },
      ...(body === undefined ? {} : { method: "POST", body: JSON.stringify(body) }),
    });
  const list = async (account: PrivateKeyAccount, at = relayer): Promise<Contributions> => {
    const response = await ask(account, "/v1/contributions", undefined, at);
    expect(response.status).to.equal(200);
    return contributionsSchema.parse(await response.json());
  };
  const only = async (account: PrivateKeyAccount, at = relayer): Promise<Deed> => {
    const { deeds } = await list(account, at);
    expect(deeds).to.have.length(1);
    return deeds[0] as Deed;
  };
  const claim = async (account: PrivateKeyAccount, deed: Hex, at = relayer): Promise<SignedGrant> => {
    const response = await ask(account, "/v1/contributions", { deed }, at);
    const answer: unknown = await response.json();
    expect(response.status, JSON.stringify(answer)).to.equal(200);
    return signedGrantSchema.parse(answer);
  };
  const refusal = async (account: PrivateKeyAccount, deed: Hex, at = relayer) => {
    const response = await ask(account, "/v1/contributions", { deed }, at);
    const { error } = errorSchema.parse(await response.json());
    return { status: response.status, code: error.code, message: error.message, ...(error.stelai ?? {}) };
  };
  const send = ({ grant, signature }: SignedGrant) =>
    world.write(world.creator, "Rewards", "claimGrant", [grant, signature]);

  it("of a review of a paid character are vouched for, and claimed on the chain once", async () => {
    const account = somebody(reviewOf(7n));
    const { Reviews, Rewards } = world.chain.deployment.contracts;
    const deed = await only(account);
    const subject = reviewSubject(Reviews, 7n, account.address);
    expect(deed).to.deep.equal({
      ...{ deed: deedOf("review", subject), kind: "review", subject, title: "Character 7", amount: MICRO },
      ...{ state: "ready", reason: null, at: 1_700_000_000 },
    });
    expect((await list(account)).campaign).to.include({ campaignId: campaign.campaignId, left: 6n * MICRO });
    const signed = await claim(account, deed.deed);
    const { grant } = signed;
    expect(grant).to.include({ campaignId: campaign.campaignId, amount: CREDIT, deed: deed.deed });
    expect(grant.account).to.equal(account.address);
    const hash = grantDigest({ chainId: world.chain.deployment.chainId, rewards: Rewards }, grant);
    const signer = await recoverAddress({ hash, signature: signed.signature });
    expect(signer).to.equal(privateKeyToAccount(campaign.key).address);
    expect(await only(account)).to.include({ state: "granted", reason: null });
    expect((await list(account)).campaign?.left).to.equal(5n * MICRO);
    await send(signed);
    expect((await bonusOf(world, account.address)).balance).to.equal(CREDIT);
    expect(await only(account)).to.include({ state: "claimed", reason: null });
    expect(await refusal(account, deed.deed)).to.include({
      status: 422,
      code: "contribution_refused",
      state: "claimed",
    });
  });

  it("of one licence are named by it, and by where its review stands", async () => {
    const account = somebody(reviewOf(0n, { characterId: null, workId: "3", licenceId: "12" }));
    const subject = reviewSubject(world.chain.deployment.contracts.WorkReviews, 12n, account.address);
    expect(await only(account)).to.include({ subject, title: "Work 3", state: "ready" });
  });

  it("asked for again, or twice at once, are the same signature and count once", async () => {
    const account = somebody(reviewOf(8n));
    const { deed } = await only(account);
    const signed = await Promise.all([claim(account, deed), claim(account, deed), claim(account, deed)]);
    signed.push(await claim(account, deed));
    expect(new Set(signed.map(({ signature }) => signature)).size).to.equal(1);
    expect((await list(account)).campaign?.left).to.equal(5n * MICRO);
  });

  it("whose grant ran out are signed anew, for the same account and amount", async () => {
    const account = somebody(reviewOf(9n));
    const { deed } = await only(account);
    const first = await claim(account, deed);
    await world.pass(DAY + 10);
    expect((await only(account)).state).to.equal("ready");
    const second = await claim(account, deed);
    expect(second.grant.deadline > first.grant.deadline).to.equal(true);
    expect(second.grant).to.deep.equal({ ...first.grant, deadline: second.grant.deadline });
    await send(second);
    expect(await only(account)).to.include({ state: "claimed" });
  });

  it("that do not count say why, and are not vouched for", async () => {
    const cases: [Partial<ToldReview>, string, RegExp][] = [
      [{ isOwn: true }, "refused", /own people bring nothing/],
      [{ paid: "999999", kept: "999999" }, "refused", /less than 1 credit for this character/],
      [{ paid: "5000000", kept: "0", keptAt: "1900000000" }, "tooEarly", /2030-03-17/],
      [{ characterId: null, workId: "3", licenceId: "4", paid: "0", kept: "0" }, "refused", /the licence that/],
    ];
    for (const [changes, state, reason] of cases) {
      const account = somebody(reviewOf(5n, changes));
      const deed = await only(account);
      expect(deed.state, deed.reason ?? "").to.equal(state);
      expect(deed.reason).to.match(reason);
      const refused = await refusal(account, deed.deed);
      expect(refused).to.include({ status: 422, code: "contribution_refused", state, message: deed.reason });
    }
  });

  it("of another account, or of nobody, cannot be claimed, nor without signing in", async () => {
    const [account, other] = [somebody(reviewOf(4n)), somebody()];
    const { deed } = await only(account);
    expect(await refusal(other, deed)).to.include({ status: 404, code: "not_found" });
    expect(await refusal(other, `0x${"11".repeat(32)}`)).to.include({ status: 404 });
    expect((await fetch(`${relayer.url}/v1/contributions`)).status).to.equal(401);
    expect((await ask(account, "/v1/contributions", { deed: "0x12" })).status).to.equal(400);
  });

  it("above what one account is granted in a day wait for the next", async () => {
    const account = somebody(
      ...Array.from({ length: 7 }, (_, id) => reviewOf(BigInt(id + 20), { at: String(1_000 + id) })),
    );
    const { deeds } = await list(account);
    expect(deeds.map(({ title }) => title)).to.deep.equal([26, 25, 24, 23, 22, 21, 20].map((id) => `Character ${id}`));
    for (const { deed } of deeds.slice(0, 6)) await claim(account, deed);
    const last = (await list(account)).deeds.at(-1);
    expect(last).to.include({ state: "tooEarly", title: "Character 20" });
    expect(last?.reason).to.include("midnight UTC");
    expect(await refusal(account, last?.deed ?? "0x")).to.include({ status: 422, state: "tooEarly" });
  });

  it("whose grant ran out on another day count again when they are signed anew", async () => {
    const account = somebody(
      ...Array.from({ length: 7 }, (_, id) => reviewOf(BigInt(id + 40), { at: String(1_000 + id) })),
    );
    const all = (await list(account)).deeds.map(({ deed }) => deed);
    const [old, ...rest] = all;
    if (old === undefined) throw new Error("there are seven");
    await claim(account, old);
    const { db } = relayer.services.store;
    await db
      .update(grants)
      .set({ signedAt: new Date(Date.now() - 2 * 86_400_000) })
      .where(eq(grants.deed, old));
    await db.delete(quotas).where(eq(quotas.subject, account.address));
    await world.pass(DAY + 10);
    for (const deed of rest.slice(0, 5)) await claim(account, deed);
    expect((await claim(account, old)).grant.deed).to.equal(old);
    expect(await refusal(account, rest[5] ?? "0x")).to.include({ status: 422, state: "tooEarly" });
  });

  it("are not vouched for while the index is down, endless, or answers something else", async () => {
    const account = somebody(reviewOf(4n));
    const { deed } = await only(account);
    const answers: [string, (response: import("node:http").ServerResponse) => void][] = [
      ["down", (response) => response.destroy()],
      ["failing", (response) => response.writeHead(500).end("{}")],
      ["lying", (response) => response.end('{"reviews":[{"paid":-5}]}')],
      ["sending elsewhere", (response) => response.writeHead(302, { Location: "/accounts/x" }).end()],
      ["endless", (response) => response.end(Buffer.alloc(2_000_000, 0x20))],
    ];
    for (const [name, answer] of answers) {
      index.instead = answer;
      expect(await refusal(account, deed), name).to.include({ status: 503, code: "unavailable" });
    }
    index.instead = undefined;
    expect(await only(account)).to.include({ state: "ready" });
  });

  it("of feedback that a moderator accepts are vouched for, and the decision stays from then on", async () => {
    const [account, moderator] = [somebody(), somebody()];
    const sent = await ask(account, "/v1/feedback", { text: "The search forgets my filters.", about: "market" });
    expect(sent.status).to.equal(201);
    const { id } = (await sent.json()) as { id: string };
    expect(await only(account)).to.include({ kind: "feedback", subject: id, state: "tooEarly", amount: 5n * MICRO });
    await makeModerator(world, moderator.address);
    const decide = (accepted: boolean, note = "") => ask(moderator, `/v1/feedback/${id}`, { accepted, note });
    expect((await decide(false, "We cannot see it here.")).status).to.equal(204);
    const declined = await only(account);
    expect(declined).to.include({ state: "refused" });
    expect(declined.reason).to.include("We cannot see it here.");
    expect((await decide(true, "Thank you.")).status).to.equal(204);
    const { deed } = await only(account);
    await send(await claim(account, deed));
    expect((await bonusOf(world, account.address)).balance).to.equal(5n * CREDIT);
    expect((await decide(false)).status).to.equal(409);
    const inCapitals = `/v1/feedback/${id.toUpperCase()}`;
    expect((await ask(moderator, inCapitals, { accepted: false, note: "" })).status).to.equal(409);
    expect((await decide(true, "It is mended.")).status).to.equal(204);
    const told = await (await ask(account, "/v1/notifications")).json();
    expect(JSON.stringify(told)).to.include("feedback_decided").and.include("We cannot see it here.");
  });

  it("of feedback older than what is listed can be claimed still", async () => {
    const [account, moderator] = [somebody(), somebody()];
    const { feedback } = relayer.services;
    const say = (text: string) => feedback.send(account.address, { text, about: "other" }, "203.0.113.9");
    const id = await say("The first of very many.");
    await feedback.decide(id, { accepted: true, note: "", moderator: moderator.address });
    for (let count = 0; count < 200; count += 1) await say(`One more of them: ${count}.`);
    const { deeds } = await list(account);
    expect([deeds.length, deeds.some(({ subject }) => subject === id)]).to.deep.equal([200, false]);
    expect((await claim(account, deedOf("feedback", id))).grant.amount).to.equal(5n * CREDIT);
    expect((await list(account)).campaign?.left).to.equal(MICRO);
  });

  describe("with the campaign", () => {
    const served: ServedRelayer[] = [];
    const withCampaign = async (terms: Parameters<typeof startContributions>[1]) => {
      const started = await startContributions(world, terms);
      const at = await serveRelayer(world, { CONTRIBUTIONS_KEY: started.key, INDEXER_URL: index.url });
      served.push(at);
      return { at, ...started };
    };
    after(async () => {
      for (const one of served) await one.stop();
    });

    it("missing, are an empty list, and none is vouched for", async () => {
      const at = await serveRelayer(world);
      served.push(at);
      const account = somebody(reviewOf(1n));
      expect(await list(account, at)).to.deep.equal({ campaign: null, deeds: [] });
      expect(await refusal(account, `0x${"22".repeat(32)}`, at)).to.include({ status: 422, state: "refused" });
    });

    it("giving an account so much, end there, what is signed and not claimed counted", async () => {
      const { at } = await withCampaign({ perAccount: 2n });
      const account = somebody(reviewOf(1n), reviewOf(2n), reviewOf(3n));
      const deeds = (await list(account, at)).deeds.map(({ deed }) => deed);
      const signed = [await claim(account, deeds[0] ?? "0x", at), await claim(account, deeds[1] ?? "0x", at)];
      expect((await list(account, at)).campaign?.left).to.equal(0n);
      expect(await refusal(account, deeds[2] ?? "0x", at)).to.include({ status: 422, state: "refused" });
      for (const one of signed) await send(one);
      const states = (await list(account, at)).deeds.map(({ state }) => state);
      expect(states).to.deep.equal(["claimed", "claimed", "refused"]);
    });

    it("having given its day's or its budget, wait", async () => {
      const { at } = await withCampaign({ perAccount: 5n, daily: 5n, budget: 5n });
      const [first, second] = [somebody(...[1n, 2n, 3n, 4n, 5n].map((id) => reviewOf(id))), somebody(reviewOf(1n))];
      for (const { deed } of (await list(first, at)).deeds) await send(await claim(first, deed, at));
      const waits = await only(second, at);
      expect(waits).to.include({ state: "tooEarly" });
      expect(waits.reason).to.include("budget");
      expect(await refusal(second, waits.deed, at)).to.include({ status: 422, state: "tooEarly" });
    });

    it("over, are told without it, and cannot be had", async () => {
      const { at } = await withCampaign({ days: 1 });
      const account = somebody(reviewOf(1n));
      const signed = await claim(account, (await only(account, at)).deed, at);
      await world.pass(2 * DAY);
      const over = await list(account, at);
      expect(over.campaign).to.equal(null);
      expect(over.deeds[0]).to.include({ state: "refused", reason: "The campaign is over." });
      expect(await refusal(account, signed.grant.deed, at)).to.include({ status: 422, state: "refused" });
    });
  });
});
