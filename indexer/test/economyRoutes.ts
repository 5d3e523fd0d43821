/** What the routes of credits, plans, bonus credits, campaigns and announcements answer, held against chain and tables. */
import { expect } from "chai";
import { type Address, formatEther, formatUnits, getAddress, parseEther, parseUnits, toFunctionSelector } from "viem";
import type { Reading } from "./sharingRoutes.ts";
import { type Row, rowsOf, sumOf } from "./tables.ts";
import { HOSTILE } from "./traffic.ts";

type Texts<Names extends string> = Record<Names, string>;
type Entry = Texts<"id" | "at" | "transactionHash" | "kind" | "credits" | "bonus"> & {
  usdc: string | null;
  about: Record<string, string>;
};
type Page = { entries: Entry[]; next: string | null };
type Person = { address: Address; name: string | null };
type Bonus = Texts<"balance" | "lapsesAt" | "granted" | "drawn" | "returned" | "lapsed"> & {
  bySource: Record<string, string>;
};
type Referrals = {
  referrer: Person | null;
  isBound: boolean;
  earned: string;
  cap: string;
  count: number;
  referred: { account: Person; since: string; earned: string }[];
  next: string | null;
};
type Campaign = Texts<
  "campaignId" | "source" | "uri" | "budget" | "given" | "burned" | "funded" | "costUsdc" | "state"
>;
type Claim = { account: Person; amount: string; deed: string | null };
type Announcement = Texts<"target" | "functionName" | "state" | "readyAt" | "expiresAt"> & {
  args: unknown[];
  executedAt: string | null;
};
type PlanPage = {
  subscription: (Texts<"planId" | "renewalPlanId" | "mandateUsdc"> & { isRunning: boolean }) | null;
  payments: Texts<"kind" | "planId" | "priceUsdc">[];
  topUp: Texts<"credits" | "capUsdc"> | null;
  topUps: Texts<"priceUsdc">[];
  window: { spentUsdc: string; endsAt: string | null };
};

const WEI_PER_MICROCREDIT = 10n ** 12n;
const big = (row: Row, column: string) => BigInt(String(row[column] ?? 0));

export function describeEconomy(reading: () => Reading & { text: (path: string) => Promise<string> }): void {
  const rows = (table: string, of: (row: Row) => boolean = () => true) => rowsOf(reading().tables, table).filter(of);
  const read = <Body>(path: string) => reading().read<Body>(path);
  /** Whom Alice sent first, and what a subscription of another became. */
  const dan = () => String(rows("referrals", ({ referrer }) => referrer === lower(reading().w.alice))[0]?.account);
  const eve = () => String(rows("topUps", (row) => big(row, "windowEnd") > 0n)[0]?.account);
  const fay = () => String(rows("referrals", ({ referrer }) => referrer === dan())[0]?.account);
  const lower = (who: { address: string }) => who.address.toLowerCase();

  describe("GET /accounts/:address/credits", () => {
    it("page by page, tells every change once, newest first, and adds up to both balances on the chain", async () => {
      const { w } = reading();
      for (const address of [dan(), eve(), fay()]) {
        const entries: Entry[] = [];
        let next: string | null = "";
        while (next !== null) {
          const page: Page = await read<Page>(`/accounts/${address}/credits?limit=4${next && `&after=${next}`}`);
          entries.push(...page.entries);
          next = page.next;
        }
        const ids = entries.map(({ id }) => id);
        expect(ids).to.deep.equal([...new Set(ids)].sort().reverse());
        const sum = (column: "credits" | "bonus") => entries.reduce((total, each) => total + BigInt(each[column]), 0n);
        const args = [getAddress(address)] as const;
        const balance = await w.publicClient.readContract({ ...w.contracts.Stelai, functionName: "balanceOf", args });
        // Of each line less than a microcredit is cut off.
        const apart = sum("credits") * WEI_PER_MICROCREDIT - balance;
        const most = BigInt(entries.length) * WEI_PER_MICROCREDIT;
        expect(apart < most && apart > -most, `${apart} of ${balance}`).to.equal(true);
        const [bonus] = rows("bonusAccounts", ({ account }) => account === address);
        expect(sum("bonus")).to.equal(bonus ? big(bonus, "balance") : 0n);
      }
    });

    it("says what each was about, and who else was in it", async () => {
      const { w } = reading();
      const { entries } = await read<Page>(`/accounts/${dan()}/credits?limit=200`);
      const oldest = (kind: string) => entries.filter((each) => each.kind === kind).at(-1);
      expect(oldest("Bought")).to.deep.include({ credits: "1000000000", usdc: "-11000000", about: {} });
      expect(entries.find(({ kind, credits }) => kind === "Bought" && credits === "0")?.about).to.deep.equal({
        account: fay(),
      });
      expect(oldest("Plan")).to.deep.include({ usdc: "-9500000", about: { planId: "1" } });
      expect(oldest("Renewal")?.about).to.deep.equal({ planId: "1" });
      expect(oldest("Upgrade")).to.deep.include({ credits: "2000000000", about: { planId: "2" } });
      const received = oldest("Received");
      expect([received?.about.account, received?.usdc]).to.deep.equal([eve(), null]);
      const operator = lower(w.operator);
      const bonus = entries.filter(({ kind }) => kind === "Bonus").map(({ about }) => about.source);
      expect(bonus).to.include.members(["Referee", "Promotion", "Contribution", "Referrer"]);
      expect(oldest("BonusDrawn")).to.deep.include({ credits: "0", bonus: "-4000000" });
      expect(oldest("BonusReturned")).to.deep.include({ credits: "0", bonus: "2499999" });
      expect(oldest("TabOpened")).to.deep.include({ credits: "-6000000", bonus: "0" });
      expect(oldest("TabClosed")).to.deep.include({ credits: "6000000", bonus: "0" });
      expect(oldest("TabClosed")?.about.operator).to.equal(operator);
      expect(oldest("TabClosed")?.about.tabId).to.equal(oldest("BonusReturned")?.about.tabId);
      expect(oldest("Sent")).to.deep.include({ credits: "-3000000", about: {} });
      const given = (await read<Page>(`/accounts/${fay()}/credits?limit=200`)).entries;
      const withEth = given.find(({ about }) => about.eth !== undefined);
      expect(withEth).to.include({ kind: "Bought", credits: "1000000000", usdc: "-11000000" });
      expect(given.map(({ kind }) => kind)).to.include.members(["Retired", "SponsorFee", "BonusLapsed"]);
    });
  });

  describe("GET /accounts/:address/credits.csv", () => {
    const linesOf = async (path: string) => {
      const [header = "", ...lines] = (await reading().text(path)).trimEnd().split("\r\n");
      const names = header.split(",");
      return lines.map((line) => Object.fromEntries(line.split(",").map((cell, index) => [names[index] ?? "", cell])));
    };

    it("runs both balances to the wei, with USD as paid and at the floor", async () => {
      const { w } = reading();
      const address = getAddress(dan());
      const lines = await linesOf(`/accounts/${address}/credits.csv`);
      const args = [address] as const;
      const balance = await w.publicClient.readContract({ ...w.contracts.Stelai, functionName: "balanceOf", args });
      expect(lines.at(-1)?.["balance (credits)"]).to.equal(formatEther(balance));
      const [bonus] = rows("bonusAccounts", ({ account }) => account === dan());
      expect(lines.at(-1)?.["balance (bonus credits)"]).to.equal(formatUnits(bonus ? big(bonus, "balance") : 0n, 6));
      let [credits, held] = [0n, 0n];
      for (const line of lines) {
        credits += parseEther(line.credits ?? "");
        held += parseUnits(line["bonus credits"] ?? "", 6);
        expect(line["balance (credits)"]).to.equal(formatEther(credits));
        expect(line["balance (bonus credits)"]).to.equal(formatUnits(held, 6));
        expect(line.transaction).to.match(/^0x[0-9a-f]{64}$/);
      }
      const [first] = lines;
      expect(first).to.include({ kind: "Bought", "USD paid or received": "-11", "USD at the floor": "8" });
    });

    it("of part of the time, begins with the balance of before", async () => {
      const lines = await linesOf(`/accounts/${dan()}/credits.csv`);
      const last = lines.at(-1);
      const part = await linesOf(`/accounts/${dan()}/credits.csv?from=${last?.date}`);
      expect(part).to.deep.equal(lines.filter(({ date }) => date === last?.date));
      expect(part.length).to.be.lessThan(lines.length);
      expect(await linesOf(`/accounts/${dan()}/credits.csv?to=2001-01-01`)).to.deep.equal([]);
    });

    it("has what a creator earned, net through splits, and what was claimed of it", async () => {
      const { w } = reading();
      const lines = await linesOf(`/accounts/${w.bob.address}/credits.csv`);
      const earned = lines.filter(({ kind }) => kind === "Earning");
      const sum = earned.reduce((total, line) => total + parseEther(line["earned (credits)"] ?? ""), 0n);
      const statement = await read<{ totals: { net: string } }>(`/creators/${w.bob.address}/statement`);
      expect(sum).to.equal(BigInt(statement.totals.net));
      const claims = rows("claims", ({ account }) => account === lower(w.bob));
      expect(lines.filter(({ kind }) => kind === "Claimed")).to.have.length(claims.length);
    });
  });

  describe("GET /accounts/:address/bonus", () => {
    it("tells what can be spent now, and where all of it came from and went", async () => {
      const { w } = reading();
      for (const address of [dan(), eve(), fay(), lower(w.alice)]) {
        const bonus = await read<Bonus>(`/accounts/${address}/bonus`);
        const args = [getAddress(address)] as const;
        const [balance] = await w.publicClient.readContract({ ...w.contracts.Rewards, functionName: "bonusOf", args });
        expect(BigInt(bonus.balance) * WEI_PER_MICROCREDIT).to.equal(balance);
        const [granted, returned, drawn, lapsed] = [bonus.granted, bonus.returned, bonus.drawn, bonus.lapsed].map(
          BigInt,
        ) as [bigint, bigint, bigint, bigint];
        expect(granted + returned - drawn - lapsed).to.equal(BigInt(bonus.balance));
        expect(Object.values(bonus.bySource).reduce((total, each) => total + BigInt(each), 0n)).to.equal(granted);
      }
      // Nobody burned it yet.
      const { balance, lapsed } = await read<Bonus>(`/accounts/${eve()}/bonus`);
      expect([balance, BigInt(lapsed) > 0n]).to.deep.equal(["0", true]);
      const nobody = await read<Bonus>("/accounts/0x00000000000000000000000000000000000000A1/bonus");
      expect(nobody).to.include({ balance: "0", lapsesAt: "0", granted: "0" });
    });
  });

  describe("GET /accounts/:address/referrals", () => {
    it("tells who sent an account, and whom it sent with what that brought", async () => {
      const { w } = reading();
      const alices = await read<Referrals>(`/accounts/${w.alice.address}/referrals`);
      expect(alices.referred.map(({ account }) => account.address)).to.include(dan());
      const sum = alices.referred.reduce((total, each) => total + BigInt(each.earned), 0n);
      expect([sum > 0n, String(sum)]).to.deep.equal([true, alices.earned]);
      expect(alices).to.include({ cap: "60000000", count: alices.referred.length, next: null });
      const dans = await read<Referrals>(`/accounts/${dan()}/referrals`);
      expect([dans.referrer?.address, dans.isBound]).to.deep.equal([lower(w.alice), true]);
      const eves = await read<Referrals>(`/accounts/${eve()}/referrals`);
      expect([eves.referrer, eves.isBound]).to.deep.equal([null, true]);
      const carols = await read<Referrals>(`/accounts/${w.carol.address}/referrals`);
      expect([carols.referrer, carols.isBound, carols.referred]).to.deep.equal([null, false, []]);
    });
  });

  describe("GET /plans and /accounts/:address/plan", () => {
    it("has every plan with all its prices, and the packages of the chain's table", async () => {
      const { w } = reading();
      const { plans, packages } = await read<{
        plans: (Texts<"planId" | "credits" | "priceUsdc"> & { subscribers: number; prices: Texts<"priceUsdc">[] })[];
        packages: Texts<"packageId" | "credits" | "priceUsdc">[];
      }>("/plans");
      const [firstId, table] = await w.publicClient.readContract({
        ...w.contracts.CreditStore,
        functionName: "packages",
      });
      expect(packages).to.deep.equal(
        table.map(({ credits, price }, index) => ({
          packageId: String(firstId + BigInt(index)),
          credits: String(credits / WEI_PER_MICROCREDIT),
          priceUsdc: String(price),
        })),
      );
      const newest = plans.at(-1);
      expect(newest?.prices.map(({ priceUsdc }) => priceUsdc)).to.deep.equal(["7000001", "7000002", "0"]);
      expect([newest?.priceUsdc, newest?.credits]).to.deep.equal(["0", "700000000"]);
      const running = plans.reduce((sum, { subscribers }) => sum + subscribers, 0);
      const { timestamp } = await w.publicClient.getBlock({ blockTag: "latest" });
      expect(running).to.equal(rows("planSubscriptions", (row) => big(row, "end") > timestamp).length);
    });

    it("tells what an account agreed to and paid", async () => {
      const dans = await read<PlanPage>(`/accounts/${dan()}/plan`);
      expect(dans.subscription).to.include({ planId: "1", renewalPlanId: "1", isRunning: false });
      expect(dans.payments.map(({ kind, planId }) => [kind, planId])).to.deep.equal([
        ["Renewal", "1"],
        ["Upgrade", "2"],
        ["Plan", "1"],
      ]);
      expect(dans).to.deep.include({ topUp: null, topUps: [], window: { spentUsdc: "0", endsAt: null } });
      const eves = await read<PlanPage>(`/accounts/${eve()}/plan`);
      expect(eves.topUp).to.include({ credits: "1000000000", capUsdc: "50000000" });
      expect(eves.topUps.map(({ priceUsdc }) => priceUsdc)).to.deep.equal(["11000000", "11000000", "11000000"]);
      const alices = await read<PlanPage>(`/accounts/${reading().w.alice.address}/plan`);
      expect([alices.subscription, alices.topUp]).to.deep.equal([null, null]);
    });
  });

  describe("GET /campaigns", () => {
    it("has every campaign's budget and spending, and a stranger's words as they are", async () => {
      const { campaigns, referral } = await read<{
        campaigns: Campaign[];
        referral: { terms: { referrerBps: number; refereeBps: number; cap: string }; given: string };
      }>("/campaigns");
      expect(campaigns.map(({ campaignId }) => campaignId)).to.deep.equal(["3", "2", "1"]);
      for (const each of campaigns) {
        const [funded, given, burned] = [each.funded, each.given, each.burned].map(BigInt) as [bigint, bigint, bigint];
        expect(String(funded - given - burned)).to.equal(each.budget);
        expect(each.state).to.equal("ended");
      }
      const [stopped, contribution, promotion] = campaigns;
      expect(stopped).to.include({ given: "0", burned: "10000000", budget: "0" });
      expect(contribution).to.include({ source: "Contribution", budget: "65999999", burned: "0" });
      expect(promotion).to.include({ source: "Promotion", budget: "0", funded: "120000001", given: "80000000" });
      expect(promotion?.costUsdc).to.equal("960001");
      expect(promotion?.uri).to.equal(HOSTILE.replaceAll("\u0000", "\uFFFD"));
      expect(referral.terms).to.deep.equal({ referrerBps: 300, refereeBps: 200, cap: "60000000" });
      const grants = rows("bonusGrants", ({ campaignId }) => campaignId === null);
      expect(BigInt(referral.given)).to.equal(sumOf(grants, "amount"));
    });

    it("tells who got what of one, page by page; of one that is none, that it is not there", async () => {
      const all = await read<{ claims: Claim[]; next: string | null }>("/campaigns/2/claims");
      expect(all.claims.map(({ account, amount }) => [account.address, amount])).to.deep.equal([
        [fay(), "7000000"],
        [fay(), "5000001"],
        [dan(), "12000000"],
      ]);
      expect(all.claims.every(({ deed }) => deed?.length === 66)).to.equal(true);
      const { next } = await read<{ next: string | null }>("/campaigns/2/claims?limit=2");
      const rest = await read<{ claims: Claim[] }>(`/campaigns/2/claims?after=${next}`);
      expect(rest.claims).to.deep.equal(all.claims.slice(2));
      expect(await read("/campaigns/77/claims")).to.have.nested.property("error.code", "not_found");
    });
  });

  describe("GET /contributors", () => {
    it("ranks accounts by what they were granted for contributions, lately or ever", async () => {
      type Contributors = { contributors: { account: Person; amount: string; grants: number }[] };
      const { contributors } = await read<Contributors>("/contributors?days=all");
      expect(contributors.map(({ account, amount, grants }) => [account.address, amount, grants])).to.deep.equal([
        [fay(), "12000001", 2],
        [dan(), "12000000", 1],
      ]);
      expect((await read<Contributors>("/contributors?days=7")).contributors).to.deep.equal([]);
    });
  });

  describe("GET /announcements", () => {
    it("tells in words what was announced, and what became of it", async () => {
      const { announcements } = await read<{ announcements: Announcement[] }>("/announcements");
      expect(announcements.map(({ target, functionName, state }) => [target, functionName, state])).to.deep.equal([
        ["CreditPlans", toFunctionSelector("setPlanPrice(uint256,uint96)"), announcements[0]?.state],
        ["CreditPlans", "setPlanPrice", announcements[1]?.state],
        ["CreditStore", "setPackages", "cancelled"],
        ["CreditStore", "setPackages", "executed"],
        ["CreditPlans", "setPlanPrice", "expired"],
      ]);
      const [, waiting, , executed] = announcements;
      expect(waiting?.args).to.deep.equal(["1", "9999999"]);
      expect(executed?.args).to.deep.equal([
        [
          { credits: String(10n ** 21n), price: "12000000" },
          { credits: String(3n * 10n ** 21n), price: "36000000" },
        ],
      ]);
      expect(executed?.executedAt).to.be.a("string");
      for (const { readyAt, expiresAt } of announcements) {
        expect(BigInt(expiresAt) - BigInt(readyAt)).to.equal(604_800n);
      }
    });
  });
}
