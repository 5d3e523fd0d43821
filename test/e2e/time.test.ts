/** A tab that has expired. It moves the time of the chain, so its name puts it behind the files that need the present. */
import { expect } from "chai";
import { answered, answers, buyThousand, composer, connect, openTab, say, sendButton } from "./acts.ts";
import { screenshot } from "./harness/screenshots.ts";
import { stopAfterFailure, until, visitWithWallet, type WalletVisit, world } from "./world.ts";

const CHARACTER = { id: 7, name: "Silvertip" };
const EIGHT_DAYS = 8 * 86_400;

describe("when a tab has expired", () => {
  beforeEach(stopAfterFailure);
  let visitor: WalletVisit;

  before(async () => {
    visitor = await visitWithWallet();
    const { page, wallet } = visitor;
    await (await world()).fund(wallet.address, 100_000_000n);
    await page.goto("/credits");
    await connect(page, wallet.name);
    await buyThousand(page);
    await page.goto(`/c/${CHARACTER.id}`);
    await say(page, "Are you awake?");
    await openTab(page, "5");
    await answered(page, CHARACTER.name, 1);
  });
  after(() => visitor?.close());

  it("the page says so, keeps what is typed, and one signature lets it serve again", async () => {
    const { page, wallet } = visitor;
    const { rpc } = await world();
    await composer(page).fill("And now?");
    await rpc("evm_increaseTime", [`0x${EIGHT_DAYS.toString(16)}`]);
    await rpc("evm_mine");
    await page.getByText("Your tab has expired. Sign once to let it serve longer").waitFor();
    await screenshot(page, "fault-tab-expired");
    const asked = wallet.prompts.length;
    await page.getByRole("button", { name: "Let it serve 7 more days" }).click();
    await page.getByText("Your tab has expired.").waitFor({ state: "detached" });
    expect(wallet.prompts.slice(asked).map(({ method }) => method)).to.deep.equal(["eth_signTypedData_v4"]);
    expect(await composer(page).inputValue()).to.equal("And now?");
    await sendButton(page).click();
    // The relayer reads the chain once a second: until then it refuses, and the page offers to try again.
    const again = page.getByRole("button", { name: "Try again" });
    await until("the second answer", async () => {
      // It may be gone by then: what was clicked before is under way.
      if (await again.isVisible()) await again.click({ timeout: 1_000 }).catch(() => undefined);
      return answers(page, CHARACTER.name)
        .nth(1)
        .getByText(/credits · receipt 2$/)
        .isVisible();
    });
    expect(wallet.prompts).to.have.length(asked + 1);
  });
});
