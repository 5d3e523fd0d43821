/**
 * Passes as time passes, moved by the developer bar: renewed, refused at a higher price and mended, given, switched,
 * reviewed, and what all of it brings the creator. Its name puts it behind the files that need the present.
 */
import { characterAccessAbi, payoutsAbi } from "@stelai/sdk/abis";
import { expect } from "chai";
import {
  buyThousand,
  confirmSheet,
  connect,
  creditsOf,
  dialog,
  feedSays,
  microcredits,
  moveTime,
  publish,
  shown,
  signIn,
} from "./acts.ts";
import { screenshot } from "./harness/screenshots.ts";
import { stopAfterFailure, until, untilIndexKnows, visitWithWallet, type WalletVisit, world } from "./world.ts";

const FERN = {
  name: "Fern of the Ferry",
  persona: "You are Fern, who rows a ferry over a wide river. You speak plainly, of currents, fog and passengers.",
  perMessage: "0.2",
  monthly: "30",
  annual: "300",
};
/** Microcredits. */
const [MONTH, DEARER, YEAR] = [30_000_000n, 40_000_000n, 300_000_000n];
const WEI = 10n ** 12n;
const REVIEW = "Rows straight through the fog and never once loses the thread.";
const REPLY = "Mind the step on your way ashore, and thank you.";

describe("passes as time passes", () => {
  beforeEach(stopAfterFailure);
  let creator: WalletVisit;
  let reader: WalletVisit;
  let friend: WalletVisit;
  let characterId: bigint;
  const everyone = () => [creator, reader, friend];
  const picture = (name: string, { page }: WalletVisit) => screenshot(page, `renewals-${name}`);
  const accessOf = async ({ wallet }: WalletVisit) => {
    const { reader: chain, deployment } = await world();
    return chain.readContract({
      address: deployment.contracts.CharacterAccess,
      abi: characterAccessAbi,
      functionName: "accessOf",
      args: [characterId, wallet.address],
    });
  };
  const untilRenewed = () => until("the keeper's renewal", async () => (await accessOf(reader)).active);

  before(async () => {
    creator = await visitWithWallet();
    reader = await visitWithWallet();
    friend = await visitWithWallet();
    const { fund } = await world();
    for (const { wallet } of everyone()) await fund(wallet.address, 100_000_000n, { eth: true });
    await creator.page.goto("/create");
    await connect(creator.page, creator.wallet.name);
    characterId = await publish(creator.page, FERN);
    const { page, wallet } = reader;
    await page.goto("/credits");
    await connect(page, wallet.name);
    await buyThousand(page);
  });
  after(() => Promise.all(everyone().map((one) => one?.close())));

  it("30 days on the keeper has renewed at the price agreed to, and library and feed say so", async () => {
    const { page, wallet } = reader;
    await page.goto(`/c/${characterId}`);
    await page.getByRole("button", { name: "Subscribe · 30", exact: true }).click();
    await confirmSheet(page, `A month of ${FERN.name}`);
    const { until: first } = await accessOf(reader);
    const before = await creditsOf(wallet.address);
    await page.goto("/library?tab=passes");
    await page.getByText(/Renews .* for 30 credits, at most 30\./).waitFor();
    const asked = wallet.prompts.length;
    await moveTime(page, "30 days ahead");
    await untilRenewed();
    const renewed = await accessOf(reader);
    expect(renewed.until - first >= 30 * 86_400, `${first} → ${renewed.until}`).to.equal(true);
    expect(before - (await creditsOf(wallet.address))).to.equal(MONTH * WEI);
    expect(wallet.prompts).to.have.length(asked);
    await page.reload();
    await page.getByText(/Renews .* for 30 credits, at most 30\./).waitFor();
    await picture("01-renewed", reader);
    await page.goto("/notifications");
    await page.getByRole("button", { name: "Sign in to see what is new" }).click();
    await signIn(page);
    await feedSays(reader.page, /was renewed for 30 credits/);
    await picture("02-feed", reader);
  });

  it("at a higher price nothing is taken: library and feed say why, and one button agrees to the new price", async () => {
    await creator.page.goto(`/create/characters/${characterId}`);
    await creator.page.getByRole("button", { name: "Change the prices" }).click();
    const prices = dialog(creator.page, `Change the price of ${FERN.name}`);
    await prices.getByRole("textbox", { name: "For a month, in credits" }).fill("40");
    await prices.getByText("A month: 30 → 40 credits").waitFor();
    await prices.getByRole("button", { name: "Change the price", exact: true }).click();
    await prices.waitFor({ state: "detached" });

    const { page, wallet } = reader;
    const before = await creditsOf(wallet.address);
    await page.goto("/library?tab=passes");
    await moveTime(page, "30 days ahead");
    const why = "It will not renew: the price rose from 30 to 40 credits, and you agreed to at most 30.";
    await page.getByText(why).waitFor();
    await page.getByText(/^Pass ended/).waitFor();
    await picture("03-refused", reader);
    await feedSays(reader.page, /could not be renewed.*The price rose above what you agreed to\./);
    await picture("04-feed-refused", reader);
    expect(await creditsOf(wallet.address)).to.equal(before);

    await page.goto("/library?tab=passes");
    await page.getByRole("button", { name: "Agree to 40" }).click();
    const sheet = dialog(page, `Another price for ${FERN.name}`);
    await sheet.getByRole("button", { name: "Agree · 30 → 40" }).click();
    await sheet.waitFor({ state: "detached" });
    await untilRenewed();
    expect(before - (await creditsOf(wallet.address))).to.equal(DEARER * WEI);
    await page.getByText(/Renews .* for 40 credits, at most 40\./).waitFor();
  });

  it("a pass given to a friend is theirs at once", async () => {
    const { page, wallet } = reader;
    const before = await creditsOf(wallet.address);
    await page.goto(`/c/${characterId}`);
    await page.getByRole("button", { name: "Give a pass to someone" }).click();
    const sheet = dialog(page, `Give a pass of ${FERN.name}`);
    await sheet.getByRole("textbox", { name: "Whom to" }).fill(friend.wallet.address);
    await sheet.getByRole("button", { name: "Give · 40" }).click();
    await sheet.waitFor({ state: "detached" });
    expect(before - (await creditsOf(wallet.address))).to.equal(DEARER * WEI);
    expect((await accessOf(friend)).active).to.equal(true);
    await untilIndexKnows();
    await friend.page.goto("/library?tab=passes");
    await connect(friend.page, friend.wallet.name);
    await friend.page.getByRole("tab", { name: "Gifts" }).click();
    await friend.page.getByText("Worth 40 credits, from").waitFor();
    await picture("05-gift", friend);
  });

  it("from months to a year is one transaction, for the price less what the month had left", async () => {
    const { page, wallet } = reader;
    const before = await creditsOf(wallet.address);
    await page.getByRole("button", { name: "Switch to a year" }).click();
    const sheet = dialog(page, `Switch to a year of ${FERN.name}`);
    const action = sheet.getByRole("button", { name: /^Switch · / });
    const net = /^Switch · ([\d.,]+)$/.exec((await action.textContent()) ?? "")?.[1] ?? "";
    await picture("06-switch", reader);
    const asked = wallet.prompts.length;
    await action.click();
    await sheet.waitFor({ state: "detached" });
    expect(wallet.prompts.slice(asked).map(({ method }) => method)).to.deep.equal(["eth_sendTransaction"]);
    const paid = before - (await creditsOf(wallet.address));
    // One day of the month has begun; the clock may have passed into the second in between.
    const possible = [29n, 28n].map((left) => (YEAR - (DEARER / 30n) * left) * WEI);
    expect(possible).to.include(paid);
    // Charges are rounded up, in what is shown.
    expect(microcredits(net) * WEI - paid < 10_000n * WEI && microcredits(net) * WEI >= paid, net).to.equal(true);
    await page.getByText(/Renews .* for 300 credits, at most 300\./).waitFor();
  });

  it("who holds a pass reviews it, the creator answers, and both are read by everyone", async () => {
    const { page } = reader;
    await page.getByRole("button", { name: "Write a review" }).click();
    const sheet = dialog(page, `Review ${FERN.name}`);
    await sheet.getByRole("radio", { name: "4 stars" }).check();
    await sheet.getByRole("textbox", { name: /^In your words/ }).fill(REVIEW);
    await sheet.getByRole("button", { name: "Publish the review" }).click();
    await sheet.waitFor({ state: "detached" });
    await untilIndexKnows();

    await creator.page.goto(`/create/characters/${characterId}?tab=reviews`);
    await creator.page.getByText(REVIEW).waitFor();
    await creator.page.getByRole("button", { name: `Answer the review of ${reader.wallet.address}` }).click();
    const answer = dialog(creator.page, /^Answer 0x/);
    await answer.getByRole("textbox", { name: "Your answer" }).fill(REPLY);
    await answer.getByRole("button", { name: "Answer", exact: true }).click();
    await answer.waitFor({ state: "detached" });
    await untilIndexKnows();

    await friend.page.goto(`/c/${characterId}`);
    await friend.page.getByText("4.0 of 5 · 1 review").waitFor();
    await friend.page.getByRole("button", { name: "Read the review" }).click();
    const all = dialog(friend.page, `Reviews of ${FERN.name}`);
    await all.getByText(REVIEW).waitFor();
    await all.getByText(REPLY).waitFor();
    await picture("07-reviews", friend);
    await feedSays(reader.page, /replied to your review/);
  });

  it("the creator sees what passes brought and will bring, and claims what has vested", async () => {
    const { page, wallet } = creator;
    const { reader: chain, deployment } = await world();
    const { CharacterAccess, Payouts } = deployment.contracts;
    const harvestable = await chain.readContract({
      address: CharacterAccess,
      abi: characterAccessAbi,
      functionName: "harvestable",
      args: [characterId],
    });
    // Two months at 30 are over; of what runs, a day at least has begun.
    expect(harvestable > 2n * MONTH, `${harvestable}`).to.equal(true);
    const commission = { address: Payouts, abi: payoutsAbi, functionName: "commissionOf" } as const;
    const bps = BigInt(await chain.readContract({ ...commission, args: [CharacterAccess] }));
    const net = harvestable * WEI - (harvestable * WEI * bps) / 10_000n;

    await page.goto(`/create/characters/${characterId}?tab=income`);
    await page.getByRole("button", { name: `Harvest ${shown(harvestable)}` }).waitFor();
    await picture("08-income", creator);
    const before = await creditsOf(wallet.address);
    await page.getByRole("link", { name: "Claim in the creator studio" }).click();
    const claim = page.getByRole("button", { name: `Claim ${shown(net / WEI)}`, exact: true });
    await claim.click();
    const harvest = dialog(page, "Step 1 of 2");
    await picture("09-claim", creator);
    await harvest.getByRole("button", { name: `Harvest from ${FERN.name}` }).click();
    const take = dialog(page, /^Claim .* credits$/);
    await take.getByRole("button", { name: /^Claim / }).click();
    await take.waitFor({ state: "detached" });
    const claimed = (await creditsOf(wallet.address)) - before;
    expect(claimed).to.equal(net);
    await page.getByRole("button", { name: "Nothing to claim yet" }).waitFor();
  });

  it("the pages wrote no error to the console all the way", () => {
    expect(everyone().flatMap(({ problems }) => problems)).to.deep.equal([]);
  });
});
