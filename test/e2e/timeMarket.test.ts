/** An order that nobody ever delivers: time alone refunds it. Its name puts it behind the files that need the present. */
import type { Stelai } from "@stelai/sdk";
import { expect } from "chai";
import { generatePrivateKey, privateKeyToAddress } from "viem/accounts";
import { WEI_PER_MICROCREDIT } from "../../web/src/format/money.ts";
import { confirmSheet, creditsOf, dialog, expectBalance } from "./acts.ts";
import {
  BOUGHT,
  buyButton,
  clientOf,
  licenceOn,
  offerPicture,
  pictureOf,
  stagesOf,
  visitWithCredits,
} from "./marketActs.ts";
import { stopAfterFailure, until, untilIndexKnows, type WalletVisit, world } from "./world.ts";

const TITLE = "A Parcel Nobody Sends";
const [PRICE, DAY] = [15_000_000n, 86_400];

describe("an order that is never delivered", () => {
  beforeEach(stopAfterFailure);
  type Person = WalletVisit & { stelai: Stelai };
  let buyer: Person;
  let stranger: Person;
  let seller: Stelai;
  let workId: bigint;
  let licenceId: bigint;
  const wei = (micro: bigint) => micro * WEI_PER_MICROCREDIT;

  before(async () => {
    buyer = await visitWithCredits("/market");
    stranger = await visitWithCredits("/market");
    const privateKey = generatePrivateKey();
    await (await world()).fund(privateKeyToAddress(privateKey), 0n, { eth: true });
    // Who is to attest it is nobody's operator: neither its deliveries nor its refunds are anybody's job.
    const attestor = privateKeyToAddress(generatePrivateKey());
    seller = await clientOf({ privateKey });
    ({ workId } = await offerPicture(seller, TITLE, [{ tier: "Personal", price: PRICE, attestor }]));
    await untilIndexKnows();
    await buyer.page.goto(`/works/${workId}`);
  });
  after(() => Promise.all([buyer?.close(), stranger?.close()]));

  it("is bought only by who says to know who delivers, is held by the contract, and its page says when it comes back", async () => {
    const { page, wallet } = buyer;
    await buyButton(page, "Personal", "15").click();
    const sheet = dialog(page, "Buy a personal licence");
    await sheet.getByText(/^This operator does not deliver it\./).waitFor();
    expect(await sheet.getByRole("button", { name: /^Buy licence/ }).count()).to.equal(0);
    await sheet.getByRole("checkbox", { name: "I know who delivers it, and trust them to" }).check();
    await confirmSheet(page, "Buy a personal licence");
    licenceId = await licenceOn(page);
    expect(await creditsOf(wallet.address)).to.equal(wei(BOUGHT - PRICE));
    await page.getByText(/^Refunded by itself in 2[34] hours if nothing is delivered$/).waitFor();
    await page.getByText("Another operator delivers this work; this page cannot see how far it is.").waitFor();
    expect(await page.getByRole("button", { name: /^(Get refund|Refund the holder)/ }).count()).to.equal(0);
    await pictureOf(page, "time-01-waiting");
  });

  it("stays as it was when the work changes hands meanwhile, and nobody else can buy by that offer", async () => {
    await (await seller.works.transfer({ workId, to: stranger.wallet.address })).wait();
    await untilIndexKnows();
    const { page } = stranger;
    await page.goto(`/works/${workId}`);
    await page.getByText("No longer valid", { exact: true }).waitFor();
    await page.getByText("You own this work.").waitFor();
    expect((await buyer.stelai.market.getLicence({ licenceId })).status).to.equal("Escrowed");
  });

  it("is refunded after a day by whoever presses the button, to the wei, and the page says so", async () => {
    const { rpc } = await world();
    await rpc("evm_increaseTime", [`0x${(DAY + 1).toString(16)}`]);
    await rpc("evm_mine");
    const { page } = stranger;
    await page.goto(`/licences/${licenceId}`);
    await page.getByText("It was not delivered in time: 15 credits can go back now.").waitFor();
    await pictureOf(page, "time-02-due");
    await page.getByRole("button", { name: "Refund the holder · 15" }).click();
    await confirmSheet(page, "End the order: refund");
    expect(await creditsOf(buyer.wallet.address)).to.equal(wei(BOUGHT));
    expect(await creditsOf(stranger.wallet.address)).to.equal(wei(BOUGHT));

    await buyer.page.getByText("The order is over. 15 credits went back, and the licence is gone.").waitFor();
    await until("its end", async () => (await stagesOf(buyer.page)).join() === "Paid,Refunded");
    await expectBalance(buyer.page, BOUGHT);
    await pictureOf(buyer.page, "time-03-refunded");
    await untilIndexKnows();
    await buyer.page.goto("/library?tab=licences");
    await buyer.page.getByText("1 that was refunded").click();
    await buyer.page.getByRole("link", { name: TITLE }).waitFor();
  });

  it("the pages wrote no error to the console but the answers that there is none", () => {
    const problems = [buyer, stranger].flatMap((one) =>
      one.problems.filter((problem) => !/status of 404/.test(problem)),
    );
    expect(problems).to.deep.equal([]);
  });
});
