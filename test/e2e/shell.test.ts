/** The dApp's frame in a browser, on a chain with every contract deployed: pages, connecting, wrong chain, demo wallet. */
import { expect } from "chai";
import type { BrowserContext, Page } from "playwright-core";
import { DEMO_ACCOUNTS } from "../../scripts/dev/accounts.ts";
import { startChain, type TestChain } from "../harness/chain.ts";
import { expectAccessible } from "./harness/axe.ts";
import { type LaunchedBrowser, launchBrowser } from "./harness/browser.ts";
import { untranslated } from "./harness/catalogue.ts";
import { screenshotViews } from "./harness/screenshots.ts";
import { type Site, serveSite } from "./harness/site.ts";
import { installWallet, type TestWallet } from "./harness/wallet.ts";
import { PATIENCE_MS } from "./world.ts";

const PATHS = [
  ...["/", "/c/0", "/credits", "/create", "/publish", "/statement", "/library", "/invite", "/notifications"],
  ...[
    "/settings",
    "/people/0",
    "/studio",
    "/studio/0",
    "/market",
    "/works/0",
    "/works/0/manage",
    "/licences/0",
    "/sell",
    "/sell/0",
    "/desks/resolver",
    "/desks/moderator",
    "/desks/admin",
    "/credits/allowances",
    "/referrals",
    "/contributions",
    "/campaigns",
    "/campaigns/0",
    "/feedback",
    "/create/characters/0",
    "/rankings",
    "/you",
    "/operator-privacy",
    "/nowhere",
  ],
];

/** Of these, what stands there while neither relayer nor index answers; `accessibility.test.ts` has all of them at work. */
const WITHOUT_SERVICES = ["/", "/c/0", "/credits"];

const [visitor, creator] = DEMO_ACCOUNTS;
if (!visitor || !creator) throw new Error("no demo accounts");

describe("dApp shell", () => {
  let chain: TestChain;
  let site: Site;
  let chromium: LaunchedBrowser;
  let context: BrowserContext;
  let page: Page;
  let config: Record<string, unknown>;

  before(async () => {
    [chain, chromium] = await Promise.all([startChain(), launchBrowser()]);
    const { deployment } = chain;
    config = {
      chain: {
        id: deployment.chainId,
        name: "Stelai local chain",
        rpcUrl: chain.rpcUrl,
        genesisHash: deployment.genesisHash,
        startBlock: deployment.startBlock,
        finalityBlocks: deployment.finalityBlocks,
        isLocal: true,
        demoAccounts: DEMO_ACCOUNTS,
      },
      contracts: deployment.contracts,
      relayerUrl: "http://127.0.0.1:9",
      indexerUrl: "http://127.0.0.1:9",
    };
    site = await serveSite(config);
  });

  after(async () => {
    await chromium?.close();
    await site?.stop();
    await chain?.stop();
  });

  beforeEach(async () => {
    site.configure(config);
    context = await chromium.browser.newContext();
    context.setDefaultTimeout(PATIENCE_MS);
    page = await context.newPage();
  });

  afterEach(() => context.close());

  const open = async (path: string) => {
    await page.goto(site.url + path);
    await page.locator("h1").waitFor();
  };

  const withWallet = (more: { startOn?: number; knowsChain?: boolean } = {}): Promise<TestWallet> =>
    installWallet(context, {
      privateKey: visitor.privateKey,
      chain: { id: chain.deployment.chainId, rpcUrl: chain.rpcUrl },
      ...more,
    });

  const connect = async (wallet: string) => {
    await page.getByRole("button", { name: "Connect", exact: true }).click();
    await page.getByRole("button", { name: wallet }).click();
  };

  const account = () => page.getByRole("button", { name: "Your account" });

  for (const path of WITHOUT_SERVICES) {
    it(`has no serious accessibility violation on ${path}, in both themes and widths`, async () => {
      await open(path);
      await expectAccessible(page);
    });

    it(`says everything on ${path} through the catalogue`, async () => {
      await open(`${path}?locale=en-XA`);
      expect(await untranslated(page)).to.deep.equal([]);
    });
  }

  it("tells what is wrong when the configuration is missing, and when a field of it is", async () => {
    site.configure(undefined);
    await open("/");
    await page.getByText("has no configuration").waitFor();
    site.configure({ ...config, relayerUrl: 7 });
    await open("/");
    await page.getByText("relayerUrl", { exact: true }).waitFor();
    await expectAccessible(page);
  });

  it("connects an installed wallet with one prompt, and stays connected after a reload with none", async () => {
    const wallet = await withWallet();
    await open("/");
    await connect(wallet.name);
    await account().waitFor();
    expect(wallet.prompts.map(({ method }) => method)).to.deep.equal(["wallet_requestPermissions"]);
    await page.reload();
    await account().waitFor();
    expect(wallet.prompts).to.have.length(1);
  });

  it("says so when connecting is refused, and connects on the next try", async () => {
    const wallet = await withWallet();
    await open("/credits");
    wallet.rejectNext();
    await connect(wallet.name);
    await page.getByText("You said no in Test Wallet.").waitFor();
    await page.getByRole("dialog").getByRole("button", { name: wallet.name }).click();
    await page.getByText("Your balance").waitFor();
  });

  it("waits in words while the wallet is silent, and can be stopped", async () => {
    const wallet = await withWallet();
    await open("/");
    wallet.hangNext();
    await connect(wallet.name);
    await page.getByText("Confirm in Test Wallet").waitFor();
    await page.getByRole("button", { name: "Open again" }).waitFor();
    await page.getByRole("button", { name: "Stop" }).click();
    await page.getByText("I have none").waitFor();
  });

  it("switches a wallet on another chain with one button, adding the chain where it is not known", async () => {
    const wallet = await withWallet({ startOn: 1, knowsChain: false });
    await open("/");
    await connect(wallet.name);
    await page.getByText("Your wallet is on another network").waitFor();
    await page.getByRole("button", { name: "Switch to Stelai local chain" }).click();
    await page.getByRole("dialog").waitFor({ state: "detached" });
    const methods = wallet.prompts.map(({ method }) => method);
    expect(methods).to.include("wallet_addEthereumChain");
  });

  it("connects the demo wallet, which says that its money is for testing, and lets another account act", async () => {
    await open("/");
    await page.getByRole("button", { name: "Connect", exact: true }).click();
    await page.getByText("Test money").waitFor();
    await expectAccessible(page);
    await page.getByRole("button", { name: /Demo wallet/ }).click();
    await account().waitFor();
    await account().click();
    await page.getByRole("menuitemcheckbox", { name: creator.name }).click();
    const short = `${creator.address.slice(0, 6)}…${creator.address.slice(-4)}`;
    await page.getByText(short).waitFor();
  });

  it("moves focus to the heading of the page that a link leads to", async () => {
    await open("/you");
    await page.getByRole("link", { name: "What an operator sees" }).first().click();
    await page.getByRole("heading", { level: 1, name: "What an operator sees" }).waitFor();
    await page.waitForFunction(() => document.activeElement?.tagName === "H1");
    expect(await page.title()).to.equal("What an operator sees · Stelai");
  });

  it("skips to the content with the first Tab", async () => {
    await open("/you");
    await page.keyboard.press("Tab");
    expect(await page.evaluate(() => document.activeElement?.textContent)).to.equal("Skip to the content");
    await page.keyboard.press("Enter");
    await page.waitForFunction(() => document.activeElement?.id === "main");
  });

  it("keeps the chosen theme over a reload, from the first paint on", async () => {
    await open("/you");
    await page.getByRole("button", { name: "Dark" }).click();
    await page.reload({ waitUntil: "commit" });
    await page.waitForFunction(() => document.documentElement?.dataset.theme === "dark");
  });

  it("is there although the browser's database never answers", async () => {
    await context.addInitScript(() => {
      IDBFactory.prototype.open = () => new EventTarget() as IDBOpenDBRequest;
    });
    await open("/credits");
  });

  it("drops what it remembers of another chain", async () => {
    await open("/you");
    await page.evaluate(() => localStorage.setItem("stelai.genesis", `0x${"00".repeat(32)}`));
    await page.evaluate(
      () =>
        new Promise<void>((resolve, reject) => {
          const request = indexedDB.open("stelai-chain");
          request.onerror = () => reject(request.error);
          request.onsuccess = () => {
            const transaction = request.result.transaction("state", "readwrite");
            const intent = { id: "credits.title" };
            const entry = { id: "old", intent, state: "final", startedAt: 1, seenAt: 1, hash: `0x${"11".repeat(32)}` };
            transaction.objectStore("state").put(entry, "activity:old");
            transaction.oncomplete = () => resolve();
          };
        }),
    );
    await page.reload();
    await page.getByText("Nothing yet.").waitFor();
  });

  for (const path of PATHS) {
    it(`leaves pictures of ${path}`, async () => {
      await open(path);
      await screenshotViews(page, `shell${path.replaceAll("/", "-")}`);
    });
  }
});
