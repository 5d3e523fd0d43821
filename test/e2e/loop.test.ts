/** From the open page to a creator's cash, with an installed wallet and with the demo wallet, in pictures. */
import { expect } from "chai";
import { DEMO_ACCOUNTS } from "../../scripts/dev/accounts.ts";
import {
  answered,
  answers,
  buyThousand,
  composer,
  confirmInDemo,
  connect,
  getTestMoney,
  headerBalance,
  ISBEL,
  openTab,
  say,
  sendButton,
} from "./acts.ts";
import { screenshot } from "./harness/screenshots.ts";
import { type Visit, visit, visitWithWallet, type WalletVisit } from "./world.ts";

const [VISITOR, CREATOR] = DEMO_ACCOUNTS;
if (!VISITOR || !CREATOR) throw new Error("no demo accounts");

/** How one wallet takes part: how it is called, and what confirming in it means. */
interface Way {
  title: string;
  wallet: string;
  start: () => Promise<Visit>;
  /** Does what the wallet's own window asks for; an installed test wallet confirms by itself. */
  confirm?: (visit: Visit) => Promise<void>;
  /** Requests that the person had to answer since the last call; undefined where the page itself is the wallet. */
  prompts: (visit: Visit) => string[] | undefined;
}

const seen = new WeakMap<Visit, number>();

const WAYS: readonly Way[] = [
  {
    title: "an installed wallet",
    wallet: "Test Wallet",
    start: () => visitWithWallet(),
    prompts: (visit) => {
      const { prompts } = (visit as WalletVisit).wallet;
      const before = seen.get(visit) ?? 0;
      seen.set(visit, prompts.length);
      return prompts.slice(before).map(({ method }) => method);
    },
  },
  {
    title: "the demo wallet",
    wallet: "Demo wallet",
    start: () => visit(),
    confirm: ({ page }) => confirmInDemo(page),
    prompts: () => undefined,
  },
];

for (const way of WAYS) {
  describe(`the loop with ${way.title}`, function () {
    this.bail(true);
    let visitor: Visit;
    const confirm = () => way.confirm?.(visitor) ?? Promise.resolve();
    const picture = (name: string) => screenshot(visitor.page, `loop-${way.wallet.replace(" ", "-")}-${name}`);
    /** Exactly these were asked of the wallet since the last look. */
    const expectPrompts = (...methods: string[]) => {
      const asked = way.prompts(visitor);
      if (asked) expect(asked).to.deep.equal(methods);
    };

    before(async () => {
      visitor = await way.start();
    });
    after(() => visitor?.close());

    it("a newcomer opens the page and a free character answers, without a wallet", async () => {
      const { page } = visitor;
      await page.goto("/");
      await picture("01-first-run");
      await page.getByRole("link", { name: "Talk to Corbel" }).click();
      await sendButton(page).filter({ hasText: "Send · free" }).waitFor();
      await say(page, "Who are you, and what do you do up there?");
      const { line } = await answered(page, "Corbel", 1);
      expect(line).to.equal("Free");
      await picture("02-free-character");
      expectPrompts();
    });

    it("they connect with one prompt and buy 1,000 credits with one signature", async () => {
      const { page } = visitor;
      await page.getByRole("link", { name: "Credits", exact: true }).click();
      await connect(page, way.wallet);
      expectPrompts("wallet_requestPermissions");
      await getTestMoney(page);
      await picture("03-credits");
      await buyThousand(page, confirm);
      expectPrompts("eth_signTypedData_v4");
      await headerBalance(page)
        .filter({ hasText: /^1,000 credits$/ })
        .waitFor();
      await picture("04-bought");
    });

    it("the send button says the most a message can cost, and one signature opens a tab that sends it", async () => {
      const { page } = visitor;
      await page.goto(`/c/${ISBEL.id}`);
      await composer(page).fill("What does the lamp see at night?");
      expect(await sendButton(page).textContent()).to.equal(`Send · ≤ ${ISBEL.most}`);
      await picture("05-character");
      await sendButton(page).click();
      await picture("06-tab-sheet");
      await openTab(page, "5", confirm);
      const { line } = await answered(page, ISBEL.name, 1);
      expect(line).to.equal("0.15 credits · receipt 1");
      expectPrompts("eth_signTypedData_v4");
      expect(await composer(page).inputValue()).to.equal("");
      await picture("07-first-answer");
    });

    it("a second message is answered without asking the wallet", async () => {
      const { page } = visitor;
      await say(page, "And who keeps it burning?");
      const { line } = await answered(page, ISBEL.name, 2);
      expect(line).to.equal("0.15 credits · receipt 2");
      await page.getByText("This conversation: 0.3").waitFor();
      expectPrompts();
    });

    it("after a reload the conversation, the tab and what was being typed are still there", async () => {
      const { page } = visitor;
      await composer(page).fill("a thought half written");
      await page.reload();
      await page.getByText("And who keeps it burning?").waitFor();
      expect(await answers(page, ISBEL.name).count()).to.equal(2);
      await page.getByText("0.15 credits · receipt 2").waitFor();
      expect(await composer(page).inputValue()).to.equal("a thought half written");
      await page
        .getByText(/^Tab \d+/)
        .first()
        .waitFor();
      await sendButton(page).click();
      await answered(page, ISBEL.name, 3);
      expectPrompts();
      await picture("08-after-reload");
    });

    it("closing the tab brings the rest back", async () => {
      const { page } = visitor;
      await page.getByRole("button", { name: "Close tab, get 4.55 back" }).click();
      await headerBalance(page)
        .filter({ hasText: /^999.55 credits$/ })
        .waitFor();
      await page.getByRole("button", { name: "Open a tab" }).waitFor();
      expectPrompts();
      await picture("09-closed");
    });

    it("the page wrote no error to the console all the way", () => {
      expect(visitor.problems).to.deep.equal([]);
    });
  });
}
