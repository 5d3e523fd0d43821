/**
 * Plans and top-ups as time passes, moved by the developer bar: renewed by the keeper, refused at a price that the admin's
 * desk raised, agreed to anew, and a new window of top-ups. Its name puts it behind the files that need the present.
 */
import { expect } from "chai";
import { parseEther } from "viem";
import { DEPLOYER, DESK_ACCOUNTS } from "../../scripts/dev/accounts.ts";
import { confirmSheet, connect, dialog, expectBalance, feedSays, moveTime, signIn } from "./acts.ts";
import { confirmFree, type Held, heldBy, subscriptionOf, topUpOf } from "./economyActs.ts";
import { screenshot } from "./harness/screenshots.ts";
import { clientOf } from "./marketActs.ts";
import { stopAfterFailure, until, untilIndexKnows, visitWithWallet, type WalletVisit, world } from "./world.ts";

const PLAN = "1,000 credits a month";
const FUNDED = 100_000_000n;
/** What a cycle costs, and what the admin's desk makes of that, in reserve units. */
const [PRICE, DEARER] = [9_500_000n, 9_800_000n];
const THOUSAND = parseEther("1000");
const MONTH = 30n * 86_400n;

describe("plans and top-ups as time passes", () => {
  beforeEach(stopAfterFailure);
  let subscriber: WalletVisit;
  let admin: WalletVisit;
  const picture = (name: string, { page }: WalletVisit) => screenshot(page, `plans-${name}`);
  const cycle = () => subscriptionOf(subscriber.wallet.address);
  const untilRenewed = (before: bigint) =>
    until("the keeper's renewal", async () => (await cycle()).start >= before + MONTH);
  const expectHeld = async (held: Held) => expect(await heldBy(subscriber.wallet.address)).to.deep.equal(held);

  before(async () => {
    subscriber = await visitWithWallet();
    admin = await visitWithWallet({ privateKey: DESK_ACCOUNTS.ADMIN.privateKey });
    await (await world()).fund(subscriber.wallet.address, FUNDED, { eth: true });
    const { page, wallet } = subscriber;
    await page.goto("/settings");
    await connect(page, wallet.name);
    await page.getByRole("button", { name: "Sign in", exact: true }).click();
    await signIn(page);
    await page.goto("/credits");
    await page.getByRole("button", { name: "Subscribe · $9.50", exact: true }).click();
    await confirmSheet(page, `Subscribe to ${PLAN}`);
    await expectBalance(page, 1_000_000_000n);
  });
  after(async () => {
    // The deployer need not announce. Files that follow find the price they know.
    const { roles } = await clientOf(DEPLOYER);
    await (await roles.propose({ kind: "setPlanPrice", planId: 1n, price: PRICE })).wait();
    await Promise.all([subscriber?.close(), admin?.close()]);
  });

  it("30 days on the keeper has renewed the plan, and what was not used is still there", async () => {
    const { page, wallet } = subscriber;
    const { start } = await cycle();
    const asked = wallet.prompts.length;
    await moveTime(page, "30 days ahead");
    await untilRenewed(BigInt(start));
    await expectBalance(page, 2_000_000_000n);
    await expectHeld({ credits: 2n * THOUSAND, bonus: 0n, usdc: FUNDED - 2n * PRICE });
    expect(wallet.prompts).to.have.length(asked);
    await page.reload();
    await page.getByText(/^Renews .* for \$9\.50, at most \$9\.50\.$/).waitFor();
    await picture("01-renewed", subscriber);
    await feedSays(page, /Your plan was renewed for \$9\.50: 1,000 credits are yours\./);
  });

  it("a price that the admin's desk raises is announced to everyone before it can hold", async () => {
    const { page, wallet } = admin;
    await page.goto("/desks/admin?part=prices");
    await connect(page, wallet.name);
    await page.getByRole("button", { name: `New price for ${PLAN}`, exact: true }).click();
    await page.getByRole("textbox", { name: "Price in USD" }).fill("9.80");
    await page.getByRole("button", { name: "Review", exact: true }).click();
    const sheet = dialog(page, "Price plan 1 anew");
    await sheet.getByText(/^It is announced for everyone to see, and can be made 1 min later/).waitFor();
    await picture("02-announce", admin);
    await confirmFree(page, "Price plan 1 anew", "Announce it");
    await untilIndexKnows();
    await subscriber.page.goto("/credits");
    await subscriber.page.getByText("A plan of 1,000 credits a month: $9.50 → $9.80").waitFor();
    await subscriber.page.getByText("$9.50 every 30 days").waitFor();
    await picture("03-announced", subscriber);

    await moveTime(page, "1 hour ahead");
    await page.goto("/desks/admin");
    await page.getByRole("button", { name: "Make it now", exact: true }).click();
    await confirmFree(page, "Price plan 1 anew", "Make it now");
    await untilIndexKnows();
    await subscriber.page.goto("/credits");
    await subscriber.page.getByText("$9.80 every 30 days").waitFor();
    await subscriber.page
      .getByText("It will not renew: it costs $9.80 now, and you agreed to at most $9.50.")
      .waitFor();
    expect(await subscriber.page.getByText("$9.50 → $9.80").count()).to.equal(0);
  });

  it("at a higher price nothing is taken: the page and the feed say why, and one button agrees to the new price", async () => {
    const { page } = subscriber;
    const { start } = await cycle();
    const before = await heldBy(subscriber.wallet.address);
    await moveTime(page, "30 days ahead");
    await page.getByText("It will not renew: it costs $9.80 now, and you agreed to at most $9.50.").waitFor();
    await picture("04-refused", subscriber);
    await feedSays(page, /Your plan could not be renewed\..*/);
    await expectHeld(before);

    await page.goto("/credits");
    await page.getByRole("button", { name: "Agree to $9.80", exact: true }).click();
    const sheet = dialog(page, "Another price for your plan");
    await sheet.getByRole("button", { name: "Agree · $9.50 → $9.80", exact: true }).click();
    await sheet.waitFor({ state: "detached" });
    await untilRenewed(BigInt(start));
    // Nothing is charged for the time between.
    await expectHeld({ ...before, credits: before.credits + THOUSAND, usdc: before.usdc - DEARER });
    expect(await cycle()).to.include({ mandate: DEARER, granted: THOUSAND, paid: DEARER });
  });

  it("a limit of one top-up in 30 days lets one through now, and the next when that window is over", async () => {
    const { page, wallet } = subscriber;
    await page.getByRole("button", { name: "Do not renew", exact: true }).click();
    await confirmFree(page, "Do not renew your plan", "Do not renew");
    const before = await heldBy(wallet.address);
    await page.getByRole("button", { name: "Set up", exact: true }).click();
    const sheet = dialog(page, "Automatic top-up");
    await sheet.getByRole("textbox", { name: "When I have fewer than (credits)" }).fill("10000");
    await sheet.getByRole("textbox", { name: "And at most (USD in 30 days)" }).fill("10");
    await sheet.getByText("Room for one at that price").waitFor();
    await confirmSheet(page, "Automatic top-up");
    await page.getByText(/^This window’s limit is reached: nothing more is bought until /).waitFor();
    await expectHeld({ ...before, credits: before.credits + THOUSAND, usdc: before.usdc - 10_000_000n });
    const { end } = await topUpOf(wallet.address);

    await moveTime(page, "30 days ahead");
    await until("the next window's top-up", async () => (await topUpOf(wallet.address)).end > end);
    await page.reload();
    await page.getByText(/^This window’s limit is reached: nothing more is bought until /).waitFor();
    await expectHeld({ ...before, credits: before.credits + 2n * THOUSAND, usdc: before.usdc - 20_000_000n });
    await picture("05-next-window", subscriber);
  });

  it("the pages wrote no error to the console all the way", () => {
    expect([...subscriber.problems, ...admin.problems]).to.deep.equal([]);
  });
});
