import { join } from "node:path";
import { decodeSettled, memoryStorage, OperatorNotServingError, type Stelai, type TabSession } from "@stelai/sdk";
import { inferenceMeterAbi } from "@stelai/sdk/abis";
import { expect } from "chai";
import { type Address, getAbiItem } from "viem";
import { type Operator, type Person, testWorld, until, type World } from "./world.ts";

const messages = [{ role: "user" as const, content: "Who answers?" }];
const SETTLED = getAbiItem({ abi: inferenceMeterAbi, name: "Settled" });

/** The name of the error that a promise rejects with. */
async function failure(promise: Promise<unknown>): Promise<Error> {
  return promise.then(
    () => expect.fail("it did not fail"),
    (error: Error) => error,
  );
}

describe("Two operators at once, who know nothing of each other", () => {
  let world: World;
  let [first, second]: Operator[] = [];
  let creator: Person;
  let payer: Person;
  let characterId: bigint;
  /** What the creator was promised by receipts, in microcredits. */
  let promised = 0n;
  const at = new Map<Operator, { stelai: Stelai; session: TabSession }>();

  before(async function () {
    this.timeout(300_000);
    world = await testWorld();
    ({ first, second } = world);
    [creator, payer] = [await world.newcomer(), await world.withCredits()];
    world.write("keeper.md", "You keep a lighthouse, and say little.");
    world.write("keeper.yaml", "name: Keeper\npersona: keeper.md\nprices: { perInference: 0.1 }\n");
  });

  const operator = (one: Operator | undefined): Operator => one ?? expect.fail("no operator");
  const sideOf = (one: Operator | undefined) => at.get(operator(one)) ?? expect.fail("no tab");

  /** One client for each relayer; both keep their sessions in one storage. */
  async function openTabs(cap: bigint) {
    const storage = memoryStorage();
    for (const one of [operator(first), operator(second)]) {
      const stelai = world.stelaiOf(payer, { relayerUrl: one.url, storage });
      const { session } = await (await stelai.tab.openSession({ cap })).wait();
      at.set(one, { stelai, session });
    }
  }

  async function ask(one: Operator | undefined) {
    const { stelai, session } = sideOf(one);
    const answer = await stelai.generate.chat({ session, characterId, messages, maxTokens: 50 });
    promised += 100_000n;
    return answer;
  }

  const settledAt = async (one: Operator | undefined) => {
    const { stelai, session } = sideOf(one);
    const { spent } = await stelai.tab.getTab(session);
    return spent;
  };

  it("the second is given nothing and serves nothing until the creator says so, and the SDK signs nothing for it", async () => {
    const published = await world.run(["character", "publish", join(world.folder, "keeper.yaml"), "--json"], creator);
    expect(published.code, published.error).to.equal(0);
    characterId = BigInt(JSON.parse(published.out).characterId);
    await openTabs(2_000_000n);
    const { stelai, session } = sideOf(second);
    const error = await failure(stelai.generate.chat({ session, characterId, messages, maxTokens: 50 }));
    expect(error).to.be.instanceOf(OperatorNotServingError).and.to.include({ moneyMoved: "no" });
    expect((await failure(stelai.characters.getModel({ characterId }))).name).to.equal("ModelNotFoundError");
  });

  it("the creator hands persona and card over by one command, and the second answers by them, from its own upstream", async () => {
    const words = ["character", "serve", String(characterId), "--with", operator(second).url, "--json"];
    const served = await world.run(words, creator);
    expect(served.code, served.error).to.equal(0);
    expect(JSON.parse(served.out)).to.deep.include({
      operator: operator(second).address,
      given: ["persona", "card"],
      wasListed: false,
    });
    const reader = sideOf(second).stelai;
    // The relayer follows the chain a moment behind it.
    await until(
      () => reader.characters.getModel({ characterId }).catch(() => null),
      (model) => model?.stelai.card?.name === "Keeper",
    );
    expect((await ask(second)).text).to.equal(operator(second).upstream.says);
    expect(operator(second).upstream.asked.at(-1)).to.include("You keep a lighthouse");
    expect(JSON.parse((await world.run(words, creator)).out)).to.include({ wasListed: true, transaction: null });
  });

  it("both serve, seal and settle what they served, each from its own tab and within its cap", async () => {
    const answers = await Promise.all([ask(first), ask(second), ask(first)]);
    expect(answers.map(({ text }) => text)).to.have.members([
      ...[operator(first).upstream.says, operator(first).upstream.says, operator(second).upstream.says],
    ]);
    for (const one of [first, second]) {
      const { stelai, session } = sideOf(one);
      const { cumulative } = await stelai.tab.getStatus({
        tabId: session.tabId,
        operator: session.operator,
        sessionKey: session.account,
      });
      const spent = await until(
        () => settledAt(one),
        (total) => total === cumulative,
      );
      expect(spent <= 2_000_000n && spent > 200_000n).to.equal(true);
      expect(
        (
          await stelai.statement.auditTab({
            ...session,
            operator: session.operator,
            tabId: session.tabId,
            sessionKey: session.account,
          })
        ).ok,
      ).to.equal(true);
    }
    expect(await sideOf(first).stelai.characters.getAccrued({ characterId })).to.equal(promised);
  });

  it("each operator's fee is its own, and the creator claims what both brought, to the microcredit", async () => {
    const { stelai } = sideOf(first);
    const settled = await world.client.getLogs({
      ...{ address: world.deployment.contracts.InferenceMeter, event: SETTLED, strict: true, fromBlock: 0n },
    });
    for (const one of [operator(first), operator(second)]) {
      const { session } = sideOf(one);
      const rows = settled
        .filter(({ args }) => args.operator === one.address)
        .flatMap(({ args }) => decodeSettled(args.rows))
        .flatMap((row) => (row.outcome === "Paid" && row.tabId === session.tabId ? [row] : []));
      const fees = rows.flatMap(({ lines }) => lines).filter((line) => line.characterId === 0n);
      const fee = fees.reduce((sum, { amount }) => sum + amount, 0n);
      expect(fee > 0n).to.equal(true);
      const accrued = await stelai.payouts.getAccruedFee({ operator: one.address });
      // The first served for other tests, too.
      expect(one === second ? accrued === fee : accrued >= fee).to.equal(true);
    }
    const claimed = JSON.parse((await world.run(["claim", "--collect", "--json"], creator)).out);
    const [earning] = await stelai.payouts.getEarnings({ payee: BigInt(creator.address) });
    expect(earning?.gross).to.equal(promised * 10n ** 12n);
    expect(claimed.amountWei).to.equal(String(earning?.net));
  });

  it("a receipt, a session and a sign-in of one count for nothing with the other", async () => {
    const [one, other] = [sideOf(first), sideOf(second)];
    const { entries, seals } = await one.stelai.statement.getFullStatement({
      ...tabOf(one.session),
      sessionKey: one.session.account,
    });
    // The first operator's receipts, shown as a bill of the second's tab.
    const audit = await other.stelai.statement.auditTab({ ...tabOf(other.session), statement: { entries, seals } });
    expect(audit.ok).to.equal(false);
    expect(audit.findings.map(({ kind }) => kind)).to.include.members(["operator", "receipt-signature"]);
    const misled = await failure(
      other.stelai.statement.getStatement({ ...tabOf(one.session), sessionKey: one.session.account }),
    );
    expect(misled.name).to.match(/^(InvalidSession|TabNotFound)Error$/);

    const home = new URL(operator(first).url);
    const signedIn = await one.stelai.relayer.signIn({ domain: home.host, uri: home.origin });
    expect((await account(operator(first), signedIn.token)).status).to.equal(200);
    expect((await account(operator(second), signedIn.token)).status).to.equal(401);
    const elsewhere = await failure(other.stelai.relayer.signIn({ domain: home.host, uri: home.origin }));
    expect(elsewhere.message).to.include("another web page");
  });

  it("bonus credits open no tab with the operator that is not trusted with them, and one with the other", async () => {
    const admin = world.stelaiOf(world.deployer);
    const trust = { kind: "setTrusted", operator: operator(first).address, isTrusted: true } as const;
    await (await admin.roles.propose(trust)).wait();
    const { code, signer } = await admin.rewards.generateCode();
    const { timestamp } = await world.client.getBlock();
    const started = await admin.roles.propose({
      ...{ kind: "startCampaign", source: "Promotion", signer, start: timestamp, end: timestamp + 864_000n },
      ...{ perAccount: 10_000_000n, daily: 1_000_000_000n, uri: "https://example.org/campaign" },
    });
    const { campaignId } = await started.wait();
    const budget = {
      kind: "fundCampaign",
      campaignId: campaignId ?? 0n,
      amount: 100_000_000n,
      maxCost: 10n ** 9n,
    } as const;
    await world.giveDollars(world.deployer.address, 10n ** 9n);
    await (await admin.roles.propose(budget)).wait();
    const guest = await world.newcomer();
    const withBonus = (one: Operator) => world.stelaiOf(guest, { relayerUrl: one.url });
    await (await withBonus(operator(first)).rewards.redeemCode({ code, by: "wallet" })).wait();
    const opening = { cap: 2_000_000n, bonus: 2_000_000n, by: "allowance" } as const;
    const refused = await failure(withBonus(operator(second)).tab.openSession(opening));
    expect(refused.name).to.equal("OperatorNotTrustedError");
    await (await withBonus(operator(first)).tab.openSession(opening)).wait();
  });

  it("an operator that vanishes is not needed: anyone settles what it sealed, and the payer gets the rest after the thaw", async () => {
    const { session, stelai } = sideOf(second);
    // It can seal, and cannot pay for settling.
    await world.setEth(operator(second).address, 0n);
    const before = { spent: await settledAt(second), accrued: await stelai.characters.getAccrued({ characterId }) };
    const { charge } = await ask(second);
    const cost = charge?.cost ?? 0n;
    const { seals } = await until(
      () => stelai.relayer.getSeals({ tabId: session.tabId }),
      (page) => page.seals.some(({ voucher }) => voucher.cumulative === before.spent + cost),
    );
    expect(seals.length).to.be.greaterThan(1);
    const copy = join(world.folder, "seals.json");
    const saved = await world.run(["settlement", "save", copy], undefined, { relayer: operator(second).url });
    expect(saved.code, saved.error).to.equal(0);
    await operator(second).kill();
    expect(await settledAt(second)).to.equal(before.spent);

    const anyone = await world.newcomer();
    const settled = await world.run(["settlement", "settle", copy, "--json"], anyone);
    expect(settled.code, settled.error).to.equal(0);
    const row = { operator: operator(second).address, tabId: String(session.tabId), outcome: "Paid" };
    expect(JSON.parse(settled.out).rows).to.deep.equal([row]);
    expect(await settledAt(second)).to.equal(before.spent + cost);
    expect(await stelai.characters.getAccrued({ characterId })).to.equal(before.accrued + 100_000n);

    await (await stelai.tab.requestClose(tabOf(session))).wait();
    expect((await failure(stelai.tab.reclaim(tabOf(session)))).name).to.equal("StillThawingError");
    // The expiry is rounded up to four hours, the thaw is a day.
    await world.passTime(29 * 3_600);
    const { refund } = await (await stelai.tab.reclaim(tabOf(session))).wait();
    expect(refund).to.equal(2_000_000n - before.spent - cost);
  });

  it("an operator that the creator takes off the list serves no more, though it comes back", async () => {
    await world.setEth(operator(second).address, 10n ** 18n);
    await operator(second).restart();
    const { stelai } = sideOf(second);
    expect((await stelai.characters.getModel({ characterId })).stelai.characterId).to.equal(characterId);
    const words = ["character", "stop", String(characterId), "--with", operator(second).address, "--json"];
    const stopped = await world.run(words, creator);
    expect(JSON.parse(stopped.out)).to.include({ operator: operator(second).address, wasListed: true });
    await until(
      () => failure(stelai.characters.getModel({ characterId })).catch(() => null),
      (error) => error?.name === "ModelNotFoundError",
    );
    expect(await stelai.characters.listOperators({ characterId })).to.deep.equal([operator(first).address]);
    const unpaid = await fetch(`${operator(second).url}/v1/chat/completions`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ model: `stelai-${characterId}`, messages }),
    });
    expect(unpaid.status).to.equal(404);
  });

  function tabOf({ operator: of, tabId }: TabSession): { operator: Address; tabId: bigint } {
    return { operator: of, tabId };
  }

  function account({ url }: Operator, token: string): Promise<Response> {
    return fetch(`${url}/v1/account`, { headers: { authorization: `Bearer ${token}` } });
  }
});
