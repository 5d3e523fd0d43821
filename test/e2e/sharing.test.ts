/** A private character: invited by a link, subscribed, used, ended with its refund; and nothing for a stranger. */
import { createStelai } from "@stelai/sdk";
import { expect } from "chai";
import type { Page } from "playwright-core";
import { WEI_PER_MICROCREDIT } from "../../web/src/format/money.ts";
import {
  answered,
  buyThousand,
  composer,
  confirmSheet,
  connect,
  costOf,
  creditsOf,
  delayAnswers,
  dialog,
  expectBalance,
  microcredits,
  openTab,
  publish,
  say,
  sendButton,
  signIn,
  termOf,
} from "./acts.ts";
import { screenshot } from "./harness/screenshots.ts";
import { stopAfterFailure, untilIndexKnows, visitWithWallet, type WalletVisit, world } from "./world.ts";

const WICK = {
  name: "Wick of the Paper Mill",
  persona: "You are Wick, who runs a paper mill on a river. You speak plainly, of water, rags and presses.",
  perMessage: "0.2",
  monthly: "12",
  annual: "100",
  isPrivate: true,
  knowledge: {
    name: "mill.txt",
    text: "The waterwheel of the mill is called Bettany. It was built from the oak of a stranded barge.",
  },
};
/** All in microcredits. */
const BOUGHT = 1_000_000_000n;
const MONTH = 12_000_000n;
const unknown = (page: Page) => page.getByRole("heading", { name: "There is no such character.", level: 2 });
const SPENT = "This invite was used or taken back.";

/** A token that speaks for the account at the relayer. */
async function tokenOf({ privateKey }: WalletVisit): Promise<string> {
  const { chain, transport, walletOf, deployment, urls } = await world();
  const { host: domain, origin: uri } = new URL(urls.web);
  const walletClient = walletOf(privateKey);
  const stelai = createStelai({ chain, transport, walletClient, deployment, relayerUrl: urls.relayer } as never);
  return (await stelai.relayer.signIn({ domain, uri })).token;
}

describe("sharing a private character", () => {
  beforeEach(stopAfterFailure);
  let creator: WalletVisit;
  let friend: WalletVisit;
  let stranger: WalletVisit;
  let characterId: bigint;
  let link: string;
  const everyone = () => [creator, friend, stranger];
  const picture = (name: string, { page }: WalletVisit) => screenshot(page, `sharing-${name}`);
  const methodsOf = ({ wallet }: WalletVisit, from = 0) => wallet.prompts.slice(from).map(({ method }) => method);
  /** The page where the creator says who sees it. */
  const circle = async () => {
    await creator.page.goto(`/create/characters/${characterId}?tab=sharing`);
    await creator.page.getByRole("heading", { name: "Invite links" }).waitFor();
  };
  const makeLink = async () => {
    const { page } = creator;
    await page.getByRole("button", { name: "Make a link" }).click();
    await dialog(page, `Invite someone to ${WICK.name}`).getByRole("button", { name: "Sign the invite" }).click();
    const made = dialog(page, `An invite to ${WICK.name}`);
    const text = (await made.locator("code").textContent()) ?? "";
    await picture("02-link", creator);
    await made.getByRole("button", { name: "Close" }).click();
    return text;
  };

  before(async () => {
    creator = await visitWithWallet();
    friend = await visitWithWallet();
    stranger = await visitWithWallet();
    const { fund } = await world();
    for (const { wallet } of everyone()) await fund(wallet.address, 100_000_000n, { eth: true });
  });
  after(() => Promise.all(everyone().map((one) => one?.close())));

  it("the creator publishes it with passes and a file in one transaction, signed in once", async () => {
    const { page, wallet } = creator;
    await page.goto("/create");
    await connect(page, wallet.name);
    characterId = await publish(page, WICK);
    expect(methodsOf(creator)).to.deep.equal(["wallet_requestPermissions", "personal_sign", "eth_sendTransaction"]);
    await picture("01-published", creator);
  });

  it("one signature makes an invite link, and nothing is sent", async () => {
    const { page, wallet } = creator;
    await page.getByRole("link", { name: "Invite someone" }).click();
    const asked = wallet.prompts.length;
    link = await makeLink();
    expect(new URL(link).pathname).to.equal(`/c/${characterId}`);
    expect(new URL(link).hash).to.have.length.greaterThan(100);
    expect(methodsOf(creator, asked)).to.deep.equal(["eth_signTypedData_v4"]);
  });

  it("a stranger finds it neither in the catalogue, nor by its address, signed in or not", async () => {
    const { page, wallet } = stranger;
    await page.goto(`/c/${characterId}`);
    await unknown(page).waitFor();
    await page.goto(`/?q=${encodeURIComponent("Wick")}`);
    await page.getByText("No character matches").waitFor();
    expect(await page.getByText(WICK.name).count()).to.equal(0);
    await page.goto(`/c/${characterId}`);
    await connect(page, wallet.name);
    await page.getByRole("button", { name: "Sign in", exact: true }).click();
    await signIn(page);
    await unknown(page).waitFor();
    await page.getByRole("button", { name: "Sign in", exact: true }).waitFor({ state: "detached" });
    await unknown(page).waitFor();
    expect(await page.getByText(WICK.name).count()).to.equal(0);
    await picture("03-stranger", stranger);
  });

  it("the relayer knows of no such character on any route, whoever a stranger says to be", async () => {
    const { urls } = await world();
    const token = await tokenOf(stranger);
    const model = `stelai-${characterId}`;
    const question = { model, messages: [{ role: "user", content: "Are you there?" }] };
    const own = `/v1/characters/${characterId}`;
    const open: [string, string, unknown?][] = [
      ["GET", `/v1/models/${model}`],
      ["POST", "/v1/quotes", question],
      ["POST", "/v1/chat/completions", question],
      ["POST", "/v1/chat/completions", { ...question, stream: true }],
      ["GET", `${own}/versions`],
    ];
    const signedIn: typeof open = [
      ["GET", `${own}/persona`],
      ["GET", `${own}/knowledge`],
      ["POST", `${own}/knowledge?name=a.txt`, "a file of mine"],
      ["DELETE", `${own}/knowledge/1`],
    ];
    const ask = async ([method, path, body]: (typeof open)[number], authorization?: string) => {
      const response = await fetch(urls.relayer + path, {
        method,
        headers: {
          ...(authorization ? { Authorization: authorization } : {}),
          ...(body ? { "Content-Type": typeof body === "string" ? "text/plain" : "application/json" } : {}),
        },
        ...(body ? { body: typeof body === "string" ? body : JSON.stringify(body) } : {}),
      });
      const text = await response.text();
      expect(text, `${method} ${path}`).not.to.include("Wick");
      return `${method} ${path} ${response.status}`;
    };
    const expected = (routes: typeof open, status: number) =>
      routes.map(([method, path]) => `${method} ${path} ${status}`);
    const bearer = `Bearer ${token}`;
    expect(await Promise.all(open.map((route) => ask(route)))).to.deep.equal(expected(open, 404));
    expect(await Promise.all(open.map((route) => ask(route, bearer)))).to.deep.equal(expected(open, 404));
    expect(await Promise.all(signedIn.map((route) => ask(route)))).to.deep.equal(expected(signedIn, 401));
    expect(await Promise.all(signedIn.map((route) => ask(route, bearer)))).to.deep.equal(expected(signedIn, 404));
    for (const path of ["/v1/models", "/v1/shared"]) {
      const response = await fetch(urls.relayer + path, { headers: { Authorization: bearer } });
      expect(await response.text(), path).not.to.include(model);
    }
  });

  it("the friend opens the link, accepts it and signs in once", async () => {
    const { page, wallet } = friend;
    await page.goto("/credits");
    await connect(page, wallet.name);
    await buyThousand(page);
    await page.goto(link);
    await page.getByRole("heading", { name: "You are invited" }).waitFor();
    await page.getByText("whoever opens this link first").waitFor();
    await picture("04-invited", friend);
    const asked = wallet.prompts.length;
    // The page learns from the chain, before the sheet is done, that the account is on the list.
    const answerAtOnce = await delayAnswers(page, 2_000);
    await page.getByRole("button", { name: "Accept the invite" }).click();
    const sheet = dialog(page, "Accept the invite");
    await sheet.getByRole("button", { name: "Accept the invite" }).click();
    await signIn(page);
    await answerAtOnce();
    await page.waitForURL(`**/c/${characterId}`);
    await composer(page).waitFor();
    expect(methodsOf(friend, asked)).to.deep.equal(["eth_sendTransaction", "personal_sign"]);
    await picture("05-accepted", friend);
  });

  it("the link is then used up for everybody else", async () => {
    const { page } = stranger;
    await page.goto(link);
    await page.getByText(SPENT).waitFor();
    expect(await page.getByRole("button", { name: "Accept the invite" }).count()).to.equal(0);
  });

  it("the friend subscribes in one transaction, whose sheet says what a renewal may take", async () => {
    const { page, wallet } = friend;
    const asked = wallet.prompts.length;
    await page.getByRole("button", { name: "Subscribe · 12", exact: true }).click();
    const title = `A month of ${WICK.name}`;
    await termOf(dialog(page, title), "At most ever").getByText("renewals of at most 12").waitFor();
    await picture("06-subscribe", friend);
    await confirmSheet(page, title);
    expect(methodsOf(friend, asked)).to.deep.equal(["eth_sendTransaction"]);
    await expectBalance(page, BOUGHT - MONTH);
    await sendButton(page).filter({ hasText: "Send · included" }).waitFor();
  });

  it("messages are then included: nothing is charged, nothing asked, and it knows its file", async () => {
    const { page, wallet } = friend;
    const asked = wallet.prompts.length;
    const before = await creditsOf(wallet.address);
    await say(page, "What is the waterwheel of the mill called?");
    const { words, line } = await answered(page, WICK.name, 1);
    expect(line).to.equal("Included in your pass");
    expect(words).to.include("Bettany");
    await say(page, "And what was it built from?");
    expect((await answered(page, WICK.name, 2)).line).to.equal("Included in your pass");
    await page.getByText(/^Included in your pass · \d+ left today$/).waitFor();
    expect(methodsOf(friend, asked)).to.deep.equal([]);
    expect(await creditsOf(wallet.address)).to.equal(before);
    await picture("07-included", friend);
  });

  it("the creator sees who came by the invite, and who subscribed", async () => {
    const { page } = creator;
    await untilIndexKnows();
    await circle();
    await page.getByRole("row").filter({ hasText: "by an invite" }).waitFor();
    await page.getByRole("row").filter({ hasText: "Redeemed" }).waitFor();
    await page.getByRole("tab", { name: "Subscribers" }).click();
    await page.getByRole("row").filter({ hasText: "Monthly, at most 12" }).waitFor();
    await picture("08-subscribers", creator);
  });

  it("the friend ends the pass, sees the refund before signing, and gets exactly that", async () => {
    const { page, wallet } = friend;
    const before = await creditsOf(wallet.address);
    await page.getByRole("button", { name: /^End now, get / }).click();
    const sheet = dialog(page, `End your pass of ${WICK.name}`);
    const words = await sheet.getByText(/^[\d.]+ credits back, in this transaction$/).textContent();
    const promised = microcredits(words?.split(" ")[0] ?? "") * WEI_PER_MICROCREDIT;
    await sheet.getByText("How this comes about").click();
    await picture("09-cancel", friend);
    await confirmSheet(page, `End your pass of ${WICK.name}`);
    const back = (await creditsOf(wallet.address)) - before;
    // One day of thirty has begun; the clock may have passed into the second in between.
    const days = [29n, 28n].map((left) => (MONTH / 30n) * left * WEI_PER_MICROCREDIT);
    expect(days).to.include(back);
    expect(promised).to.equal(back);
    await expectBalance(page, (before + back) / WEI_PER_MICROCREDIT);
  });

  it("the next message is paid again, and allowed: the friend is on the list still", async () => {
    const { page } = friend;
    await sendButton(page).filter({ hasText: "Send · ≤ " }).waitFor();
    await say(page, "Goodbye for today.");
    await openTab(page, "5");
    const { cost } = costOf((await answered(page, WICK.name, 3)).line);
    expect(cost >= microcredits(WICK.perMessage)).to.equal(true);
  });

  it("whom the creator puts on the list has it under what is shared; off the list it is gone", async () => {
    const { page } = creator;
    await circle();
    await page.getByRole("textbox", { name: "Addresses" }).fill(`${stranger.wallet.address}, a neighbour`);
    await page.getByRole("button", { name: "Put one on the list" }).click();
    await dialog(page, /^Let one person use/)
      .getByRole("button", { name: "Put one on the list" })
      .click();
    await dialog(page, /^Let one person use/).waitFor({ state: "detached" });
    await page.getByRole("row").filter({ hasText: "by your hand" }).waitFor();
    await picture("10-list", creator);

    await stranger.page.goto("/library");
    await stranger.page.getByRole("tab", { name: "Shared with me" }).click();
    await stranger.page.getByRole("link", { name: WICK.name }).first().click();
    await composer(stranger.page).waitFor();

    await page.getByRole("button", { name: `Take off ${stranger.wallet.address}` }).click();
    await dialog(page, /^Take one person off/)
      .getByRole("button", { name: "Take one off the list" })
      .click();
    await dialog(page, /^Take one person off/).waitFor({ state: "detached" });
    await stranger.page.reload();
    await unknown(stranger.page).waitFor();
  });

  it("a link that the creator revoked lets nobody in", async () => {
    const { page } = creator;
    await circle();
    const second = await makeLink();
    await page.getByRole("button", { name: "Revoke link 2" }).click();
    await dialog(page, `Revoke an invite to ${WICK.name}`).getByRole("button", { name: "Revoke", exact: true }).click();
    await page.getByRole("row").filter({ hasText: "Revoked" }).waitFor();
    await stranger.page.goto(second);
    await stranger.page.getByText(SPENT).waitFor();
  });

  it("the pages wrote no error to the console but the answers that there is none", () => {
    const problems = everyone().flatMap((one) => one.problems.filter((problem) => !/status of 404/.test(problem)));
    expect(problems).to.deep.equal([]);
  });
});
