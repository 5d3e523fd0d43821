/** From the open page to a creator's cash, with an installed wallet and with the demo wallet, in pictures. */
import { creditStoreAbi, payoutsAbi, stelaiAbi } from "@stelai/sdk/abis";
import { expect } from "chai";
import { formatUnits, type Hex } from "viem";
import { DEMO_ACCOUNTS } from "../../scripts/dev/accounts.ts";
import {
  actAs,
  answered,
  answers,
  buyThousand,
  composer,
  confirmInDemo,
  confirmSheet,
  connect,
  costOf,
  dialog,
  expectBalance,
  getTestMoney,
  mostOf,
  openTab,
  publish,
  say,
  sendButton,
  shown,
} from "./acts.ts";
import { screenshot } from "./harness/screenshots.ts";
import {
  stopAfterFailure,
  until,
  untilIndexKnows,
  type Visit,
  visit,
  visitWithWallet,
  type WalletVisit,
  world,
} from "./world.ts";

const [VISITOR, CREATOR] = DEMO_ACCOUNTS;
if (!VISITOR || !CREATOR) throw new Error("no demo accounts");

/** All in microcredits. */
const BOUGHT = 1_000_000_000n;
const CAP = 5_000_000n;
/** What the sponsor takes for opening a tab, as the local stack sets it. */
const TAB_FEE = 200_000n;
const PER_MESSAGE = 200_000n;

/** How one kind of wallet takes part. */
interface Way {
  title: string;
  wallet: string;
  character: { name: string; persona: string; perMessage: string };
  start: () => Promise<{ visitor: Visit; creator: Visit; creatorAddress: Hex }>;
  /** Whether the page itself is the wallet, with several accounts and a window of its own. */
  isInPage: boolean;
}

const WAYS: readonly Way[] = [
  {
    title: "an installed wallet",
    wallet: "Test Wallet",
    character: {
      name: "Rook of the Signal Tower",
      persona: "You are Rook, who keeps a signal tower on a cliff. You speak plainly, of weather, flags and ships.",
      perMessage: "0.2",
    },
    isInPage: false,
    start: async () => {
      const [visitor, creator] = [await visitWithWallet(), await visitWithWallet()];
      const creatorAddress = creator.wallet.address;
      await (await world()).fund(creatorAddress, 0n, { eth: true });
      return { visitor, creator, creatorAddress };
    },
  },
  {
    title: "the demo wallet",
    wallet: "Demo wallet",
    character: {
      name: "Tansy the Beekeeper",
      persona: "You are Tansy, who keeps bees behind a mill. You speak softly, of hives, weather and wild thyme.",
      perMessage: "0.2",
    },
    isInPage: true,
    start: async () => {
      const visitor = await visit();
      return { visitor, creator: visitor, creatorAddress: CREATOR.address };
    },
  },
];

for (const way of WAYS) {
  describe(`the loop with ${way.title}`, () => {
    beforeEach(stopAfterFailure);
    let visitor: Visit;
    let creator: Visit;
    let creatorAddress: Hex;
    let characterId: bigint;
    /** Charged so far. */
    let spent = 0n;
    let promptsSeen = 0;
    const confirm = () => (way.isInPage ? confirmInDemo(visitor.page) : Promise.resolve());
    const picture = (name: string, { page } = visitor) =>
      screenshot(page, `loop-${way.wallet.toLowerCase().replace(" ", "-")}-${name}`);
    /** Exactly these were asked of the visitor's wallet since the last look. */
    const expectPrompts = (...methods: string[]) => {
      if (way.isInPage) return;
      const { prompts } = (visitor as WalletVisit).wallet;
      expect(prompts.slice(promptsSeen).map(({ method }) => method)).to.deep.equal(methods);
      promptsSeen = prompts.length;
    };

    before(async () => {
      ({ visitor, creator, creatorAddress } = await way.start());
    });
    after(() => Promise.all([visitor?.close(), creator === visitor ? undefined : creator?.close()]));

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
      await expectBalance(page, BOUGHT);
      await picture("04-bought");
    });

    it("the creator publishes a character, and it answers within seconds", async () => {
      const { page } = creator;
      if (way.isInPage) await actAs(page, CREATOR.name);
      else {
        await page.goto("/create");
        await connect(page, way.wallet);
      }
      characterId = await publish(page, way.character, confirm);
      await picture("05-published", creator);
      if (way.isInPage) await actAs(page, VISITOR.name);
      expectPrompts();
    });

    it("the send button says the most a message can cost, and one signature opens a tab that sends it", async () => {
      const { page } = visitor;
      await page.goto(`/c/${characterId}`);
      await composer(page).fill("What do you see at night?");
      const most = await mostOf(page);
      await picture("06-character");
      await sendButton(page).click();
      await dialog(page, "Open a tab").waitFor();
      await picture("07-tab-sheet");
      await openTab(page, "5", confirm);
      const first = costOf((await answered(page, way.character.name, 1)).line);
      expect(first.receipt).to.equal(1);
      expect(first.cost > PER_MESSAGE && first.cost <= most, `${first.cost} of at most ${most}`).to.equal(true);
      spent += first.cost;
      expectPrompts("eth_signTypedData_v4");
      expect(await composer(page).inputValue()).to.equal("");
      await expectBalance(page, BOUGHT - CAP - TAB_FEE);
      await picture("08-first-answer");
    });

    it("a second message is answered without asking the wallet", async () => {
      const { page } = visitor;
      await say(page, "And who taught you that?");
      const second = costOf((await answered(page, way.character.name, 2)).line);
      expect(second.receipt).to.equal(2);
      spent += second.cost;
      await page.getByText(`This conversation: ${formatUnits(spent, 6)}`, { exact: true }).waitFor();
      expectPrompts();
    });

    it("after a reload the conversation, the tab and what was being typed are still there", async () => {
      const { page } = visitor;
      await composer(page).fill("a thought half written");
      await page.reload();
      await page.getByText("And who taught you that?").waitFor();
      expect(await answers(page, way.character.name).count()).to.equal(2);
      expect(await composer(page).inputValue()).to.equal("a thought half written");
      await page
        .getByText(/^Tab \d+/)
        .first()
        .waitFor();
      await sendButton(page).click();
      const third = costOf((await answered(page, way.character.name, 3)).line);
      expect(third.receipt).to.equal(3);
      spent += third.cost;
      expectPrompts();
      await picture("09-after-reload");
    });

    it("the statement lists every receipt, and its check against the chain is green", async () => {
      const { page } = visitor;
      await page.getByRole("link", { name: "Check the bill" }).click();
      const receipts = page.getByRole("region", { name: "Receipts" });
      await receipts.waitFor();
      expect(await receipts.getByText(/^No\. \d+$/).allTextContents()).to.deep.equal(["No. 3", "No. 2", "No. 1"]);
      await page.getByRole("button", { name: "Check against the chain" }).click();
      await page.getByText("Every number fits").waitFor();
      await page.getByText(/^3 receipts and/).waitFor();
      expectPrompts();
      await picture("10-statement");
    });

    it("closing the tab brings the rest back", async () => {
      const { page } = visitor;
      await page.goto(`/c/${characterId}`);
      await page.getByRole("button", { name: `Close tab, get ${shown(CAP - spent)} back` }).click();
      await expectBalance(page, BOUGHT - TAB_FEE - spent);
      expectPrompts();
      await picture("11-closed");
    });

    it("the creator sees the earning, claims it and has it in USDC", async () => {
      const { page } = creator;
      const { usdcOf, reader, deployment } = await world();
      const { Payouts, CreditStore, Stelai, InferenceMeter } = deployment.contracts;
      if (way.isInPage) await actAs(page, CREATOR.name);
      // Three answers at the character's price, less the commission; the operator's fee is not the creator's income.
      const commission = { address: Payouts, abi: payoutsAbi, functionName: "commissionOf" } as const;
      const bps = BigInt(await reader.readContract({ ...commission, args: [InferenceMeter] }));
      const net = (3n * PER_MESSAGE * (10_000n - bps)) / 10_000n;
      const claimable = { address: Payouts, abi: payoutsAbi, functionName: "claimable" } as const;
      await until("the earning on the chain", async () => {
        const wei = await reader.readContract({ ...claimable, args: [creatorAddress] });
        return wei === net * 10n ** 12n;
      });
      await untilIndexKnows();
      const before = await usdcOf(creatorAddress);

      await page.goto("/create");
      const earned = formatUnits(net, 6);
      const claim = page.getByRole("button", { name: `Claim ${earned}`, exact: true });
      await claim.waitFor();
      await picture("12-earned", creator);
      if (way.isInPage) {
        await claim.click();
        const sheet = dialog(page, `Claim ${earned} credits`);
        await sheet.getByRole("button", { name: `Claim ${earned}`, exact: true }).click();
        await confirm();
        await page.getByRole("button", { name: "Nothing to claim yet" }).waitFor();
        await picture("13-claimed", creator);
        await page.goto("/credits");
        await page.getByRole("button", { name: "Redeem for USDC" }).click();
        await dialog(page, "Redeem credits").getByRole("textbox", { name: "Credits" }).fill(earned);
        await confirmSheet(page, "Redeem credits", confirm);
      } else {
        await page.getByRole("button", { name: /^Claim and cash out to USDC · / }).click();
        await confirmSheet(page, `Cash out ${earned} credits`);
        await page.getByRole("button", { name: "Nothing to claim yet" }).waitFor();
      }
      const floor = await reader.readContract({
        address: CreditStore,
        abi: creditStoreAbi,
        functionName: "floorPrice",
      });
      const credits = { address: Stelai, abi: stelaiAbi, functionName: "balanceOf", args: [creatorAddress] } as const;
      expect(await reader.readContract(credits)).to.equal(0n);
      expect((await usdcOf(creatorAddress)) - before).to.equal((net * floor) / 1_000_000n);
      await picture("14-cashed-out", creator);
    });

    it("the page wrote no error to the console all the way", () => {
      expect([...visitor.problems, ...creator.problems]).to.deep.equal([]);
    });
  });
}
