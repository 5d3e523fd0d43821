/**
 * Two people and every way to credits beside a plain package: a plan and a larger one, a friend who is sent, a code, a tab
 * that spends bonus first, top-ups up to their limit, ETH, and the statement of it all. The chain has the last word.
 */
import { expect } from "chai";
import { parseEther, parseUnits, zeroAddress } from "viem";
import { WELCOME } from "../../scripts/seed/content/campaigns.ts";
import {
  answered,
  buyThousand,
  confirmSheet,
  connect,
  costOf,
  delayAnswers,
  dialog,
  expectBalance,
  feedSays,
  say,
  shown,
  signIn,
  termOf,
} from "./acts.ts";
import {
  boughtWithEth,
  campaignOf,
  confirmFree,
  heldBy,
  referralOf,
  statementOf,
  subscriptionOf,
  tabOf,
  topUpOf,
} from "./economyActs.ts";
import { screenshot } from "./harness/screenshots.ts";
import { askedOf } from "./marketActs.ts";
import { stopAfterFailure, untilIndexKnows, visitWithWallet, type WalletVisit, world } from "./world.ts";

const ISBEL = { id: 1, name: "Isbel of Gannet Rock" };
const FUNDED = 100_000_000n;
const usd = (amount: string) => parseUnits(amount, 6);
const credits = (amount: string) => parseEther(amount);
const WEI_PER_MICRO = 10n ** 12n;
const micro = (wei: bigint) => wei / WEI_PER_MICRO;
/** What the sponsor takes for opening a tab, as the local stack sets it. */
const TAB_FEE = credits("0.2");
/** What a purchase of 1,000 brings who sent the buyer, and the buyer. */
const REFERRAL = credits("50");
/** What the welcome code gives, by the first campaign of the local chain. */
const WELCOME_CREDITS = credits("50");
const CAMPAIGN = 1n;

describe("the credits economy", () => {
  beforeEach(stopAfterFailure);
  let host: WalletVisit;
  let friend: WalletVisit;
  let promptsOf: Map<WalletVisit, number>;
  const picture = (name: string, { page }: WalletVisit) => screenshot(page, `economy-${name}`);
  /** Exactly these were asked of the wallet since the last look. */
  const expectPrompts = (who: WalletVisit, ...methods: string[]) => {
    expect(askedOf(who, promptsOf.get(who) ?? 0)).to.deep.equal(methods);
    promptsOf.set(who, who.wallet.prompts.length);
  };
  /** The account has exactly that on the chain. */
  const expectHeld = async ({ wallet }: WalletVisit, held: Awaited<ReturnType<typeof heldBy>>) => {
    expect(await heldBy(wallet.address)).to.deep.equal(held);
  };

  before(async () => {
    promptsOf = new Map();
    [host, friend] = await Promise.all([visitWithWallet(), visitWithWallet()]);
    const { fund } = await world();
    for (const { wallet } of [host, friend]) await fund(wallet.address, FUNDED, { eth: true });
  });
  after(() => Promise.all([host?.close(), friend?.close()]));

  it("a plan is paid with an allowance for a year of it, and all of its credits are there at once", async () => {
    const { page, wallet } = host;
    await page.goto("/credits");
    await connect(page, wallet.name);
    expectPrompts(host, "wallet_requestPermissions");
    await page.getByText("$100.00 in USDC to buy with").waitFor();
    await page.getByRole("button", { name: "Subscribe · $9.50", exact: true }).click();
    const sheet = dialog(page, "Subscribe to 1,000 credits a month");
    await sheet.getByText("may take $0.00 from your wallet now, $123.50 after this").waitFor();
    await picture("01-subscribe", host);
    await confirmSheet(page, "Subscribe to 1,000 credits a month");
    expectPrompts(host, "eth_sendTransaction", "eth_sendTransaction");
    await expectBalance(page, 1_000_000_000n);
    await page.getByText(/^Renews .* for \$9\.50, at most \$9\.50\.$/).waitFor();
    await expectHeld(host, { credits: credits("1000"), bonus: 0n, usdc: FUNDED - usd("9.5") });
    const cycle = await subscriptionOf(wallet.address);
    expect(cycle).to.include({ planId: 1, renewalPlanId: 1, granted: credits("1000") });
    expect(cycle).to.include({ paid: usd("9.5"), mandate: usd("9.5") });
    expect(cycle.end - cycle.start).to.equal(30n * 86_400n);
    // Whoever buys first without a link was sent by nobody, for good.
    expect(await referralOf(wallet.address)).to.deep.equal({ referrer: zeroAddress, isBound: true, earned: 0n });
  });

  it("an upgrade in the middle of the cycle costs the difference, grants the difference and keeps the end", async () => {
    const { page, wallet } = host;
    const { end } = await subscriptionOf(wallet.address);
    await page.getByRole("button", { name: "Upgrade now · $17.50", exact: true }).click();
    await dialog(page, "Upgrade to 3,000 credits a month")
      .getByText(/^2,000 credits more now/)
      .waitFor();
    await picture("02-upgrade", host);
    await confirmSheet(page, "Upgrade to 3,000 credits a month");
    await expectBalance(page, 3_000_000_000n);
    await expectHeld(host, { credits: credits("3000"), bonus: 0n, usdc: FUNDED - usd("27") });
    const cycle = await subscriptionOf(wallet.address);
    expect(cycle).to.include({ planId: 2, renewalPlanId: 2, end, granted: credits("3000") });
    expect(cycle).to.include({ paid: usd("27"), mandate: usd("27") });
  });

  it("what renews is chosen: a smaller plan next time, then none, and the credits stay", async () => {
    const { page, wallet } = host;
    const smaller = page
      .getByRole("listitem")
      .filter({ has: page.getByRole("heading", { name: "1,000 credits a month" }) });
    await smaller.getByRole("button", { name: "Renew as this" }).click();
    await confirmSheet(page, "Renew as 1,000 credits a month");
    await page.getByText(/^Renews .* as 1,000 credits a month for \$9\.50/).waitFor();
    expect(await subscriptionOf(wallet.address)).to.include({ planId: 2, renewalPlanId: 1, mandate: usd("9.5") });
    await page.getByRole("button", { name: "Do not renew", exact: true }).click();
    await confirmFree(page, "Do not renew your plan", "Do not renew");
    await page.getByText(/^It ends .* and is not renewed\. Your credits stay\.$/).waitFor();
    expect(await subscriptionOf(wallet.address)).to.include({ planId: 2, mandate: 0n });
    await expectHeld(host, { credits: credits("3000"), bonus: 0n, usdc: FUNDED - usd("27") });
    await picture("03-not-renewed", host);
  });

  it("a friend comes by a link, buys, and both have 5 % of it as bonus", async () => {
    await host.page.goto("/referrals");
    const link = (await host.page.getByText(/\/share\/invite\/0x/).textContent()) ?? "";
    const { page, wallet } = friend;
    await page.goto(link);
    await page.getByRole("link", { name: "Credits", exact: true }).waitFor();
    expect(page.url()).not.to.contain("ref=");
    await page.getByRole("link", { name: "Credits", exact: true }).click();
    await connect(page, wallet.name);
    await page
      .getByText(/^Sent by .*of this first purchase you both get 5% as bonus credits/)
      .first()
      .waitFor();
    await picture("04-sent", friend);
    await buyThousand(page);
    expectPrompts(friend, "wallet_requestPermissions", "eth_signTypedData_v4");
    await expectBalance(page, 1_000_000_000n);
    await expectHeld(friend, { credits: credits("1000"), bonus: REFERRAL, usdc: FUNDED - usd("10") });
    await expectHeld(host, { credits: credits("3000"), bonus: REFERRAL, usdc: FUNDED - usd("27") });
    expect(await referralOf(wallet.address)).to.deep.equal({
      ...{ referrer: host.wallet.address, isBound: true, earned: 0n },
    });
    expect((await referralOf(host.wallet.address)).earned).to.equal(REFERRAL);
  });

  it("who sent them sees whom, and what it brought", async () => {
    const { page } = host;
    await untilIndexKnows();
    await page.goto("/referrals");
    await page.getByText("You earned: 50 of 5,000").waitFor();
    const row = page.getByRole("table", { name: "Whom you sent" }).getByRole("row").nth(1);
    await row.getByText("50 credits", { exact: true }).waitFor();
    await picture("05-referrals", host);
  });

  it("a code is good once, asks nothing of the wallet and comes out of its campaign's budget", async () => {
    const { page } = friend;
    const before = await campaignOf(CAMPAIGN);
    const look = async () => {
      await page.getByRole("textbox", { name: "Code" }).fill(WELCOME.code.replaceAll("-", " ").toLowerCase());
      await page.getByRole("button", { name: "Look it up" }).click();
    };
    await look();
    // What the page reads anew comes one by one: nothing of it may say that the code is used before it is said whose it is.
    const told = page.evaluate(
      () =>
        new Promise<string>((resolve) => {
          new MutationObserver(() => {
            const said = /You redeemed this code already|50 bonus credits are yours/.exec(document.body.textContent);
            if (said !== null) resolve(said[0]);
          }).observe(document.body, { subtree: true, childList: true, characterData: true });
        }),
    );
    const answerAtOnce = await delayAnswers(page);
    await page.getByRole("button", { name: "Redeem · 50 bonus credits", exact: true }).click();
    await page.getByText("50 bonus credits are yours.").waitFor();
    expect(await told).to.equal("50 bonus credits are yours");
    await answerAtOnce();
    expectPrompts(friend);
    const bonus = REFERRAL + WELCOME_CREDITS;
    await expectHeld(friend, { credits: credits("1000"), bonus, usdc: FUNDED - usd("10") });
    const { given, budget } = await campaignOf(CAMPAIGN);
    expect([given - before.given, before.budget - budget]).to.deep.equal([WELCOME_CREDITS, WELCOME_CREDITS]);
    await look();
    await page.getByText("You redeemed this code already.").waitFor();
    await picture("06-code", friend);
    await expectHeld(friend, { credits: credits("1000"), bonus, usdc: FUNDED - usd("10") });
  });

  it("a code that the operator does not send is redeemed from the wallet, in one transaction", async () => {
    const { fund, urls } = await world();
    const guest = await visitWithWallet();
    try {
      const { page, wallet } = guest;
      await fund(wallet.address, 0n, { eth: true });
      await page.goto("/credits");
      await connect(page, wallet.name);
      await page.route(`${urls.relayer}/v1/sponsor/*`, (route) => route.abort());
      await page.getByRole("textbox", { name: "Code" }).fill(WELCOME.code);
      await page.getByRole("button", { name: "Look it up" }).click();
      await page.getByRole("button", { name: "Redeem · 50 bonus credits", exact: true }).click();
      await page.getByRole("button", { name: "Send it from your wallet" }).click();
      const asked = wallet.prompts.length;
      await dialog(page, "Redeem a code").getByRole("button", { name: "Redeem", exact: true }).click();
      await page.getByText("50 bonus credits are yours.").waitFor();
      await dialog(page, "Redeem a code").waitFor({ state: "detached" });
      expect(await page.getByText("You redeemed this code already.").count()).to.equal(0);
      expect(askedOf(guest, asked)).to.deep.equal(["eth_sendTransaction"]);
      await expectHeld(guest, { credits: 0n, bonus: WELCOME_CREDITS, usdc: 0n });
    } finally {
      await guest.close();
    }
  });

  it("a tab takes bonus before paid credits, spends it first, and closing gives back what is left of both", async () => {
    const { page, wallet } = host;
    await page.goto(`/c/${ISBEL.id}`);
    await say(page, "What did the tide bring in?");
    const sheet = dialog(page, "Open a tab");
    await sheet.getByText("You have 50 bonus credits").waitFor();
    await sheet.getByRole("button", { name: "100", exact: true }).click();
    await sheet.getByRole("button", { name: "Open tab · 50.2 and 50 bonus", exact: true }).waitFor();
    await picture("07-tab-with-bonus", host);
    promptsOf.set(host, host.wallet.prompts.length);
    await confirmSheet(page, "Open a tab");
    const { cost } = costOf((await answered(page, ISBEL.name, 1)).line);
    expectPrompts(host, "eth_signTypedData_v4");
    const paid = credits("3000") - credits("50") - TAB_FEE;
    await expectBalance(page, micro(paid));
    await expectHeld(host, { credits: paid, bonus: 0n, usdc: FUNDED - usd("27") });
    expect(await tabOf(wallet.address)).to.include({ cap: 100_000_000, bonus: 50_000_000 });

    await page.getByRole("button", { name: `Close tab, get ${shown(100_000_000n - cost)} back` }).click();
    await expectBalance(page, micro(credits("3000") - TAB_FEE));
    expect(await tabOf(wallet.address)).to.include({ spent: Number(cost), closing: true });
    await expectHeld(host, {
      ...{ credits: credits("3000") - TAB_FEE, bonus: REFERRAL - cost * WEI_PER_MICRO, usdc: FUNDED - usd("27") },
    });
    await page.goto("/credits");
    await page
      .getByText(`${shown(50_000_000n - cost)} credits`, { exact: true })
      .first()
      .waitFor();
  });

  it("credits are bought by themselves up to the limit of 30 days, and no further", async () => {
    const { page, wallet } = host;
    const before = await heldBy(wallet.address);
    await page.getByRole("button", { name: "Set up", exact: true }).click();
    const sheet = dialog(page, "Automatic top-up");
    await sheet.getByRole("textbox", { name: "When I have fewer than (credits)" }).fill("6000");
    await sheet.getByText("Room for 3 at that price").waitFor();
    await picture("08-top-up", host);
    promptsOf.set(host, host.wallet.prompts.length);
    await sheet.getByRole("button", { name: "Agree · ≤ $30.00 in 30 days", exact: true }).click();
    await sheet.waitFor({ state: "detached" });
    // The allowance of the plan still suffices.
    expectPrompts(host, "eth_sendTransaction");
    const { agreed } = await topUpOf(wallet.address);
    expect(agreed).to.deep.equal({
      ...{ threshold: credits("6000"), credits: credits("1000"), maxPrice: usd("10"), cap: usd("30") },
    });
    await page.getByText(/^This window’s limit is reached: nothing more is bought until /).waitFor();
    await page
      .getByText(/^This window: \$30\.00 of \$30\.00 spent, until /)
      .first()
      .waitFor();
    await expectBalance(page, micro(before.credits + credits("3000")));
    await picture("09-limit-reached", host);

    // It was due once more, there is money for it, and the operator says why it did not happen.
    await page.goto("/settings");
    await page.getByRole("button", { name: "Sign in", exact: true }).click();
    await signIn(page);
    await feedSays(page, /could not be made.*The limit of 30 days that you set is reached\./);
    const after = { ...before, credits: before.credits + credits("3000"), usdc: before.usdc - usd("30") };
    await expectHeld(host, after);
    expect(after.credits < agreed.threshold && after.usdc > agreed.maxPrice).to.equal(true);
    expect((await topUpOf(wallet.address)).spent).to.equal(usd("30"));
  });

  it("a friend pays with ETH: the exact price reaches the store, and all ETH that was not needed comes back", async () => {
    const { page, wallet } = friend;
    const { reader, usdcOf, deployment } = await world();
    const [before, host0, store0] = await Promise.all([
      heldBy(wallet.address),
      heldBy(host.wallet.address),
      usdcOf(deployment.contracts.CreditStore),
    ]);
    const ether = await reader.getBalance({ address: wallet.address });
    await page.goto("/credits");
    await page.getByRole("button", { name: "Pay with ETH", exact: true }).first().click();
    const sheet = dialog(page, "Buy 1,000 credits with ETH");
    await sheet.getByRole("button", { name: /^Buy 1,000 · ≤ 0\.00\d+ ETH$/ }).waitFor();
    expect(await termOf(sheet, "You get").textContent()).to.contain("$10.00 in USDC");
    await picture("10-eth", friend);
    await confirmSheet(page, "Buy 1,000 credits with ETH");
    expectPrompts(friend, "eth_sendTransaction");
    await expectBalance(page, 2_000_000_000n);
    const bought = await boughtWithEth(wallet.address);
    expect(bought).to.include({ recipient: wallet.address, credits: credits("1000"), price: usd("10") });
    expect(ether - (await reader.getBalance({ address: wallet.address }))).to.equal(bought.paid + bought.fee);
    expect((await usdcOf(deployment.contracts.CreditStore)) - store0).to.equal(usd("10"));
    expect([await reader.getBalance({ address: bought.checkout }), await usdcOf(bought.checkout)]).to.deep.equal([
      0n,
      0n,
    ]);
    // Whoever was sent stays so, however they pay.
    await expectHeld(friend, { ...before, credits: before.credits + credits("1000"), bonus: before.bonus + REFERRAL });
    await expectHeld(host, { ...host0, bonus: host0.bonus + REFERRAL });
  });

  it("any amount has its price, and one signature buys it", async () => {
    const { page, wallet } = friend;
    const before = await heldBy(wallet.address);
    await page.getByRole("textbox", { name: "Any amount" }).fill("250");
    await page.getByRole("button", { name: "Buy 250 · $2.63", exact: true }).click();
    await confirmSheet(page, "Buy 250 credits");
    expectPrompts(friend, "eth_signTypedData_v4");
    await expectBalance(page, 2_250_000_000n);
    await expectHeld(friend, {
      credits: before.credits + credits("250"),
      bonus: before.bonus + credits("12.5"),
      usdc: before.usdc - usd("2.625"),
    });
  });

  it("the statements tell every change, and come to what the chain holds", async () => {
    await untilIndexKnows();
    await host.page.goto("/credits");
    await friend.page.reload();
    const kinds = {
      host: ["Plan", "Upgrade", "TabOpened", "SponsorFee", "BonusDrawn", "TabClosed", "BonusReturned"],
      friend: ["Bought", "Bought", "Bought"],
    };
    const bonuses = { host: 3, friend: 4 };
    const topUps = ["TopUp", "TopUp", "TopUp"];
    for (const [who, { page, wallet }] of [["host", host] as const, ["friend", friend] as const]) {
      const rows = await statementOf(page);
      const expected = [...kinds[who], ...(who === "host" ? topUps : []), ...Array(bonuses[who]).fill("Bonus")];
      expect(rows.map(({ kind }) => kind)).to.have.members(expected);
      const sum = (column: string, unit: number) =>
        rows.reduce((total, row) => total + parseUnits(row[column] || "0", unit), 0n);
      const held = await heldBy(wallet.address);
      expect(sum("credits", 18)).to.equal(held.credits);
      expect(sum("bonus credits", 18)).to.equal(held.bonus);
      const last = rows.at(-1);
      expect(parseEther(last?.["balance (credits)"] ?? "")).to.equal(held.credits);
      expect(parseEther(last?.["balance (bonus credits)"] ?? "")).to.equal(held.bonus);
      const byEth = rows.filter((row) => row["ETH paid"] !== "");
      const usdOfEth = byEth.reduce((total, row) => total + usd(row["USD paid or received"] || "0"), 0n);
      expect(sum("USD paid or received", 6) - usdOfEth).to.equal(held.usdc - FUNDED);
      expect(byEth.map((row) => parseEther(row["ETH paid"] ?? ""))).to.deep.equal(
        who === "friend" ? [(await boughtWithEth(wallet.address)).paid] : [],
      );
      expect(rows.every(({ transaction }) => /^0x[0-9a-f]{64}$/.test(transaction ?? ""))).to.equal(true);
    }
    await picture("11-history", host);
  });

  it("no page wrote an error to the console", () => {
    expect([...host.problems, ...friend.problems]).to.deep.equal([]);
  });
});
