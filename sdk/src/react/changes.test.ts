import { globSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect } from "chai";
import { createElement } from "react";
import { attest, withWork } from "../../test/market.ts";
import { startPrepared } from "../../test/prepared.ts";
import { startTestRelayer, type TestRelayer } from "../../test/relayer.ts";
import { withCode } from "../../test/rewards.ts";
import { pageOf, stage, withWindow } from "../../test/stage.ts";
import { newcomer, type Person, stelaiOf, withCharacter, withCredits } from "../../test/world.ts";
import { memoryStorage, type Stelai, TERMS_HASHES } from "../index.ts";
import * as hooks from "./index.ts";
import { CHANGES, type MutationName, OPTIMISTIC, QUERY_KINDS, useStelai } from "./index.ts";

const sources = globSync("*.ts", { cwd: fileURLToPath(new URL(".", import.meta.url)) })
  .filter((file) => !file.endsWith(".test.ts"))
  .map((file) => readFileSync(new URL(file, import.meta.url), "utf8"));

describe("What a mutation changes", () => {
  it("is written down for each hook that changes something, and for nothing else", () => {
    const mutating = sources.flatMap((source) =>
      source
        .split(/^(?=export function )/m)
        .filter((part) => /^export function use/.test(part) && /\b(useTransaction|useAction)[<(]/.test(part))
        .map((part) => /^export function (\w+)/.exec(part)?.[1] ?? ""),
    );
    const own = mutating.filter((name) => !["useTransaction", "useAction"].includes(name));
    expect(own.toSorted()).to.deep.equal(Object.keys(CHANGES).toSorted());
    for (const name of own) expect(hooks).to.have.property(name);
    for (const name of OPTIMISTIC) expect(CHANGES).to.have.property(name);
  });

  it("is told by kinds of queries that there are, and every kind is one of them", () => {
    const read = sources.flatMap((source) =>
      [
        ...source.matchAll(/use(?:Stelai|SignedIn)Query\(\s*\[\s*(?:\.\.\.\[)?"(\w+)"/g),
        ...source.matchAll(/queryKey: stelaiKey\(\s*stelai,\s*(?:\.\.\.\[)?"(\w+)"/g),
      ].map(([, kind]) => kind),
    );
    expect([...new Set(read)].toSorted()).to.deep.equal([...QUERY_KINDS].toSorted());
  });
});

/** All that the chain says of a person and of what they deal with, by the kind of the query that asks for it. */
function readings(stelai: Stelai, subject: Subject): Record<string, () => Promise<unknown>> {
  const { characterId, offerId, workId, code, licenceId, tab, packageId } = subject;
  const account = stelai.client.walletClient?.account?.address;
  return {
    balance: () => stelai.credits.getBalance(),
    allowance: () => stelai.access.getAllowance(),
    allowances: () => stelai.credits.getAllowances(),
    bonus: () => stelai.rewards.getBonus(),
    referrer: () => stelai.rewards.getReferrer(),
    topUp: () => stelai.credits.getTopUp(),
    topUpStatus: () => stelai.credits.getTopUpStatus(),
    subscription: () => stelai.plans.getSubscription(),
    upgradeQuote: () => stelai.plans.quoteUpgrade({ planId: 3n }),
    claimable: async () => stelai.payouts.getClaimable({ steps: await stelai.payouts.findFlows() }),
    earnings: () => stelai.payouts.getEarnings(),
    solvency: () => stelai.credits.getSolvency(),
    plans: () => stelai.plans.list(),
    packages: () => stelai.credits.getPackages(),
    access: () => stelai.access.getAccess({ characterId }),
    renewal: () => stelai.access.getRenewal({ characterId }),
    allowed: () => stelai.characters.isAllowed({ characterId, account }),
    harvestable: () => stelai.access.getHarvestable({ characterId }),
    canReview: () => stelai.reviews.canReview({ characterId }),
    rating: () => stelai.reviews.getRating({ characterId }),
    score: () => stelai.reviews.getScore({ characterId }),
    character: () => stelai.characters.getCharacter({ characterId }),
    offer: () => stelai.market.getOffer({ offerId }),
    work: () => stelai.works.getWork({ workId }),
    canReviewWork: () => stelai.reviews.canReviewWork({ workId }),
    workRating: () => stelai.reviews.getWorkRating({ workId }),
    licence: () => stelai.market.getLicence({ licenceId }),
    // It says of which block it is.
    certificate: async () => ({ ...(await stelai.market.getCertificate({ licenceId })), asOf: null }),
    code: () => stelai.rewards.getCode({ code }),
    tab: () => stelai.tab.getTab(tab ?? { operator: subject.operator, tabId: 2n ** 40n }),
    ethQuote: () => stelai.credits.quoteEth({ packageId }),
  };
}

type Subject = {
  operator: `0x${string}`;
  characterId: bigint;
  offerId: bigint;
  workId: bigint;
  licenceId: bigint;
  packageId: bigint;
  code: string;
  tab?: { operator: `0x${string}`; tabId: bigint };
};

describe("Whatever costs or brings money", () => {
  let relayer: TestRelayer;
  let person: Person;
  let stelai: Stelai;
  let subject: Subject;
  before(async () => {
    relayer = await startTestRelayer();
    person = await withCredits();
    const rich = await newcomer();
    stelai = await stelaiOf(rich, { relayerUrl: relayer.url, storage: memoryStorage() });
    const { characterId } = await withCharacter({ monthly: 30_000_000n });
    const { workId, first } = await withWork();
    const { code } = await withCode({ perAccount: 3_000_000n });
    const [{ packageId } = { packageId: 0n }] = await stelai.credits.getPackages();
    const { operator } = relayer;
    subject = { operator, characterId, offerId: first, workId, licenceId: 2n ** 40n, packageId, code };
  });
  after(() => relayer.stop());

  const look = async () => {
    const found = await Promise.all(
      Object.entries(readings(stelai, subject)).map(async ([kind, read]) => {
        const value = await read().catch((error: Error) => error.name);
        return [kind, JSON.stringify(value, (_key, item) => (typeof item === "bigint" ? `${item}n` : item))] as const;
      }),
    );
    return new Map(found);
  };

  type Act = readonly [MutationName, () => Promise<{ wait: () => Promise<unknown> } | undefined>];
  const acts: Act[] = [
    ["useBuyWithPermit", () => stelai.credits.buyWithPermit({ packageId: subject.packageId })],
    ["useBuySponsored", () => stelai.credits.buySponsored({ packageId: subject.packageId })],
    ["useRedeemCode", () => stelai.rewards.redeemCode({ code: subject.code })],
    ["useSubscribeToPlan", () => stelai.plans.subscribe({ planId: 1n })],
    ["useUpgradePlan", () => stelai.plans.upgrade({ planId: 2n })],
    ["useSetPlanRenewal", () => stelai.plans.setRenewal({ planId: 1n })],
    ["useCancelPlan", () => stelai.plans.cancel()],
    ["useSetTopUp", () => stelai.credits.setTopUp({ threshold: 1n, credits: 1_000n * 10n ** 18n, cap: 30_000_000n })],
    ["useCancelTopUp", () => stelai.credits.cancelTopUp()],
    ["useRevokeAllowance", () => stelai.credits.revoke({ contract: "CreditStore" })],
    [
      "useOpenSession",
      async () => {
        const sent = await stelai.tab.openSession({ cap: 3_000_000n });
        return { wait: async () => (subject.tab = (await sent.wait()).session) };
      },
    ],
    ["useTopUp", () => stelai.tab.topUpSponsored({ ...tabOf(), amount: 1_000_000n })],
    [
      "useExtend",
      async () => {
        const { expiry } = await stelai.tab.getTab(tabOf());
        return stelai.tab.extendSponsored({ ...tabOf(), expiry: expiry + 86_400n });
      },
    ],
    ["useRequestClose", () => stelai.tab.requestClose(tabOf())],
    ["useSubscribe", () => stelai.access.subscribe({ ...pass(), plan: "Monthly", renews: true })],
    ["useReview", () => stelai.reviews.review({ ...pass(), rating: 5 })],
    ["useWithdrawReview", () => stelai.reviews.withdraw(pass())],
    ["useCancelAtPeriodEnd", () => stelai.access.cancelAtPeriodEnd(pass())],
    ["useSetRenewal", () => stelai.access.setRenewal({ ...pass(), plan: "Monthly", mandate: 30_000_000n })],
    ["useCancelNow", () => stelai.access.cancelNow(pass())],
    ["useSetAllowance", () => stelai.access.setAllowance({ amount: 7_000_000n })],
    [
      "useBuyLicence",
      async () => {
        const wanted = { offerId: subject.offerId, price: 2_000_000n, termsHash: TERMS_HASHES.Personal };
        const sent = await stelai.market.buy(wanted);
        return { wait: async () => (subject.licenceId = (await sent.wait()).licenceId) };
      },
    ],
    [
      "useAcceptLicence",
      async () => {
        await attest(subject.licenceId);
        return stelai.market.accept({ licenceId: subject.licenceId });
      },
    ],
    [
      "useReviewWork",
      () => stelai.reviews.reviewWork({ workId: subject.workId, licenceId: subject.licenceId, rating: 4 }),
    ],
    ["useRedeem", () => stelai.credits.redeem({ amount: 10n ** 18n })],
    ["useClaim", () => earned()],
  ];
  const tabOf = () => subject.tab ?? { operator: subject.operator, tabId: 0n };
  const pass = () => ({ characterId: subject.characterId });

  /** Something to claim: the person sells a work of theirs to somebody. */
  async function earned() {
    const { offerIds } = await (
      await stelai.works.create({
        ...{ modality: "Image", metadataURI: "ipfs://m", contentHash: `0x${"ab".repeat(32)}`, royaltyBps: 0 },
        offers: [{ tier: "Personal", price: 2_000_000n, attestor: subject.operator }],
      })
    ).wait();
    const buyer = await stelaiOf(person);
    const wanted = { offerId: offerIds[0] ?? 0n, price: 2_000_000n, termsHash: TERMS_HASHES.Personal };
    const { licenceId } = await (await buyer.market.buy(wanted)).wait();
    await attest(licenceId);
    await (await buyer.market.accept({ licenceId })).wait();
    seen = await look();
    return stelai.payouts.claim();
  }

  let seen = new Map<string, string>();
  for (const [name, act] of acts) {
    it(`has all read again that ${name} changed`, async () => {
      seen = await look();
      const sent = await act();
      // What an operator has to do first is no part of it.
      if (name === "useAcceptLicence") seen.set("licence", "").set("certificate", "");
      await sent?.wait();
      const now = await look();
      const changed = [...now].filter(([kind, value]) => seen.get(kind) !== value).map(([kind]) => kind);
      expect(changed, "it changes something").to.not.have.length(0);
      expect(CHANGES[name], `of ${changed}`).to.include.members(changed);
    });
  }
});

/** What is known of a balance before anything was read. */
function Balance() {
  const { status } = hooks.useBalance("0x0000000000000000000000000000000000000001");
  const { isPending } = hooks.useBuySponsored();
  return createElement("p", null, `${status} ${isPending} ${hooks.useSignedInAccount() ?? "nobody"}`);
}

describe("A page", () => {
  let leave: () => void;
  before(() => {
    leave = withWindow();
  });
  after(() => leave());

  it("reads again what a mutation changed, and an app's own, but nothing that it could not change", async () => {
    const { characterId } = await withCharacter({ monthly: 30_000_000n });
    const person = await withCredits();
    const { wrap, queryClient } = await pageOf(person);
    const play = stage(() => ({
      stelai: useStelai(),
      subscribe: hooks.useSubscribe(),
      balance: hooks.useBalance(person.address),
      packages: hooks.usePackages(),
      own: hooks.useStelaiQuery(["apps own"], async () => "read"),
    }));
    play.render(wrap);
    const { stelai, subscribe } = await play.until(
      (shown) => shown.stelai.client.walletClient && shown.balance.data && shown.packages.data && shown.own.data,
    );
    const reads = (...parts: unknown[]) =>
      queryClient.getQueryState(hooks.stelaiKey(stelai, ...parts))?.dataUpdateCount;
    const before = [reads("balance", person.address), reads("packages"), reads("apps own")];
    subscribe.mutate({ characterId, plan: "Monthly", renews: true });
    await play.until((shown) => shown.subscribe.stage === "confirmed");
    const after = [reads("balance", person.address), reads("packages"), reads("apps own")];
    expect(after.map((count, index) => (count ?? 0) - (before[index] ?? 0))).to.deep.equal([1, 0, 1]);
    play.end();
  });

  it("shows a renewal as ending at once, marked as pending, and settled only when the chain says so", async () => {
    const { characterId } = await withCharacter({ monthly: 30_000_000n });
    const person = await withCredits();
    const of = { characterId, account: person.address };
    await (await (await stelaiOf(person)).access.subscribe({ characterId, plan: "Monthly", renews: true })).wait();
    const manners = { declines: false };
    const { wrap } = await pageOf(person, { manners, isStrict: true });
    const seen: (boolean | undefined)[] = [];
    const play = stage(() => {
      const renewal = hooks.useRenewal(of).data;
      if (renewal) seen.push(renewal.isPending);
      const pending = hooks.usePending<{ characterId: bigint }>("useCancelAtPeriodEnd");
      return { stelai: useStelai(), cancel: hooks.useCancelAtPeriodEnd(), renewal, pending };
    });
    play.render(wrap);
    const shown = await play.until(({ stelai, renewal }) => stelai.client.walletClient && renewal);
    expect(shown.renewal).to.include({ status: "NotDue", mandate: 30_000_000n });

    manners.declines = true;
    shown.cancel.mutate({ characterId });
    const refused = await play.until(({ cancel }) => cancel.isError);
    expect(refused.cancel.error).to.have.property("name", "UserRejectedError");
    const back = await play.until(({ renewal }) => renewal?.status === "NotDue");
    expect(back.renewal).to.not.have.property("isPending");
    expect(seen).to.include(true);

    manners.declines = false;
    back.cancel.mutate({ characterId });
    const ending = await play.until(({ renewal }) => renewal?.isPending);
    expect(ending.renewal).to.include({ status: "NotRenewing", mandate: 0n });
    expect(ending.pending).to.deep.equal([{ characterId }]);
    const ended = await play.until(({ cancel, renewal }) => cancel.isSuccess && !renewal?.isPending);
    expect(ended.renewal?.status).to.equal("NotRenewing");
    await play.until(({ pending }) => pending.length === 0);
    play.end();
  });

  it("shows who is followed at once, and takes it back when the operator does not answer so", async () => {
    const person = await newcomer();
    const creator = (await newcomer()).address;
    const known = { bio: "", picture: null, links: [], ens: null, looksLike: null };
    const profile = { address: creator, name: "Ann", followers: 3, following: false, ...known };
    let answer = {
      status: 500,
      body: { error: { code: "unavailable", message: "No.", type: "stelai_error" } } as object,
    };
    const server = await startPrepared({
      [`GET /v1/profiles/${creator}`]: () => ({ body: profile }),
      [`PUT /v1/follows/${creator}`]: () => answer,
    });
    const { wrap } = await pageOf(person, { relayerUrl: server.url });
    const followers: (number | undefined)[] = [];
    const play = stage(() => {
      const shown = hooks.useProfile(creator).data;
      followers.push(shown?.followers);
      return { stelai: useStelai(), profile: shown, follow: hooks.useFollow() };
    });
    play.render(wrap);
    const { stelai } = await play.until((shown) => shown.stelai.client.walletClient && shown.profile);
    const expiresAt = "2100-01-01T00:00:00.000Z";
    Object.assign(stelai.client.signIn, { token: "t0ken", address: person.address, expiresAt });
    const { follow } = await play.until((shown) => shown.profile?.following === false);
    follow.mutate({ address: creator });
    await play.until((shown) => shown.follow.isError && shown.profile?.following === false);
    expect(followers).to.include(4);
    expect(followers.at(-1)).to.equal(3);
    answer = { status: 204, body: {} };
    Object.assign(profile, { following: true, followers: 4 });
    (await play.until(() => true)).follow.mutate({ address: creator });
    const done = await play.until((shown) => shown.follow.isSuccess);
    expect(done.profile).to.include({ following: true, followers: 4 });
    play.end();
    await server.stop();
  });

  it("says which of how many things the wallet is asked for", async () => {
    const person = await newcomer();
    const { wrap } = await pageOf(person);
    const play = stage(() => ({ stelai: useStelai(), subscribe: hooks.useSubscribeToPlan() }));
    play.render(wrap);
    const { subscribe } = await play.until(({ stelai }) => stelai.client.walletClient);
    expect(subscribe.step).to.equal(undefined);
    subscribe.mutate({ planId: 1n });
    const first = await play.until((shown) => shown.subscribe.step?.index === 0);
    expect(first.subscribe.step).to.deep.equal({ kind: "approve", index: 0, count: 2 });
    const second = await play.until((shown) => shown.subscribe.step?.index === 1);
    expect(second.subscribe.step).to.deep.equal({ kind: "call", index: 1, count: 2 });
    await play.until((shown) => shown.subscribe.stage === "confirmed");
    play.end();
  });

  it("is drawn on a server, where there is no window, with what is not known yet as loading", async () => {
    leave();
    try {
      expect(typeof globalThis.window).to.equal("undefined");
      const { renderToString } = await import("react-dom/server");
      const { wrap } = await pageOf(await newcomer(), { isConnected: false, isStrict: true });
      expect(renderToString(wrap(createElement(Balance)))).to.equal("<p>pending false nobody</p>");
    } finally {
      leave = withWindow();
    }
  });
});
