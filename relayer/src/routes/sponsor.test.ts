import { inferenceMeterAbi, stelaiAbi } from "@stelai/sdk/abis";
import { expect } from "chai";
import { type Hex, parseAbi } from "viem";
import { codeOf } from "../../test/periphery.ts";
import {
  CAP,
  CREDIT,
  DAY,
  MICRO,
  PURCHASE_FEE,
  type Sponsoring,
  startSponsoring,
  TAB_FEE,
  USDC,
} from "../../test/sponsoring.ts";
import { sponsorRoutes } from "./sponsor.ts";

describe("sponsoring", () => {
  let desk: Sponsoring;

  before(async () => {
    desk = await startSponsoring();
  });
  after(() => desk.world.stop());

  describe("what it sends", () => {
    it("buys credits for a wallet without ETH, and takes its fee", async () => {
      const buyer = await desk.newcomer();
      const before = (await desk.read(desk.world.chain.contracts.Reserve, USDC, "balanceOf", [
        desk.operator,
      ])) as bigint;
      await desk.sent(await desk.post("purchases", await desk.purchase(buyer)));
      expect(await desk.world.chain.client.getBalance({ address: buyer.address })).to.equal(0n);
      expect(await desk.read(desk.world.chain.contracts.Stelai, stelaiAbi, "balanceOf", [buyer.address])).to.equal(
        1_000n * CREDIT,
      );
      expect(await desk.read(desk.world.chain.contracts.Reserve, USDC, "balanceOf", [desk.operator])).to.equal(
        before + PURCHASE_FEE,
      );
    });

    it("opens, tops up, extends, rotates and closes a tab on the payer's signatures alone", async () => {
      const payer = await desk.holder();
      const app = desk.newApp({ SPONSOR_PER_ACCOUNT_PER_DAY: 10 });
      const { InferenceMeter } = desk.world.chain.contracts;
      const tabId = await desk.openTab(payer);
      const tabOf = async () =>
        (await desk.read(InferenceMeter, inferenceMeterAbi, "tabOf", [desk.operator, tabId])) as Record<
          string,
          unknown
        >;
      const opened = await tabOf();
      expect(opened).to.include({ payer: payer.address, cap: Number(CAP) });

      const grant = desk.sponsorship(TAB_FEE);
      const nonce = (await desk.read(InferenceMeter, inferenceMeterAbi, "topUpNonce", [
        desk.operator,
        tabId,
        Number(CAP),
        grant,
      ])) as Hex;
      const authorization = await desk.authorize(payer, "Stelai", InferenceMeter, CAP * MICRO + TAB_FEE, nonce);
      await desk.sent(await desk.post("top-ups", { tabId, amount: CAP, authorization, sponsorship: grant }, app));
      expect((await tabOf()).cap).to.equal(2 * Number(CAP));

      await desk.sent(
        await desk.post(
          "extensions",
          await desk.signRequest(payer, "Extend", { tabId, expiry: desk.now() + 30n * DAY }),
          app,
        ),
      );
      expect(Number((await tabOf()).expiry)).to.be.greaterThan(Number(opened.expiry));

      const sessionKey = desk.world.account(1).address;
      await desk.sent(
        await desk.post("rotations", await desk.signRequest(payer, "Rotate", { tabId, sessionKey }), app),
      );
      expect((await tabOf()).sessionKey).to.equal(sessionKey);

      await desk.sent(await desk.post("closures", await desk.signRequest(payer, "RequestClose", { tabId }), app));
      expect((await tabOf()).closing).to.equal(true);
    });

    it("opens a tab for a contract wallet by ERC-1271", async () => {
      const owner = await desk.newcomer();
      const wallet = await desk.world.deploy("ContractWallet", [owner.address]);
      await desk.fund(wallet);
      await desk.sent(await desk.post("tabs", await desk.tab(owner, { payer: wallet })));
    });

    it("returns the same transaction for the same authorization, at once and later", async () => {
      const body = await desk.tab(await desk.holder());
      const app = desk.newApp();
      const answers = await Promise.all([
        desk.post("tabs", body, app),
        desk.post("tabs", body, app),
        desk.post("tabs", body, app),
      ]);
      const hashes = await Promise.all(answers.map(desk.sent));
      hashes.push(await desk.sent(await desk.post("tabs", body, desk.newApp())));
      expect(new Set(hashes).size).to.equal(1);
    });

    it("replaces what it holds of the budget by what was spent", async () => {
      const payer = await desk.holder();
      const sponsor = desk.newSponsor();
      await sponsor.reconcile();
      const before = await desk.budgetUsed();
      const app = desk.world.app(sponsorRoutes({ ...desk.world, sponsor }));
      const hash = await desk.sent(await desk.post("tabs", await desk.tab(payer), app));
      const held = (await desk.budgetUsed()) - before;
      await sponsor.reconcile();
      await sponsor.reconcile();
      const receipt = await desk.world.chain.client.getTransactionReceipt({ hash });
      const spent = (await desk.budgetUsed()) - before;
      expect(spent).to.equal((receipt.gasUsed * receipt.effectiveGasPrice + 999_999_999n) / 1_000_000_000n);
      expect(Number(spent)).to.be.lessThan(Number(held));
    });
  });

  describe("what it refuses before it costs anything", () => {
    async function expectNothingSent(work: () => Promise<void>): Promise<void> {
      const before = await desk.world.chain.client.getTransactionCount({ address: desk.operator });
      await work();
      await desk.queue.work();
      expect(await desk.world.chain.client.getTransactionCount({ address: desk.operator })).to.equal(before);
    }

    it("refuses another operator, a fee that is too low or for somebody else, a cap that is too small", async () => {
      const payer = await desk.holder();
      const cases = [
        [{ operator: payer.address }, "WrongOperator", "opening.operator"],
        [{ fee: TAB_FEE - 1n }, "FeeTooLow", "sponsorship.fee"],
        [{ recipient: payer.address }, "WrongFeeRecipient", "sponsorship.recipient"],
        [{ cap: 999_999n }, "AmountTooSmall", "opening.cap"],
      ] as const;
      await expectNothingSent(async () => {
        for (const [changes, reason, param] of cases) {
          const error = await desk.refused(await desk.post("tabs", await desk.tab(payer, changes)));
          expect([error.stelai.reason, error.param]).to.deep.equal([reason, param]);
        }
        const cheap = await desk.refused(await desk.post("purchases", await desk.purchase(payer, PURCHASE_FEE - 1n)));
        expect(cheap.stelai.reason).to.equal("FeeTooLow");
      });
    });

    it("refuses signatures and expiries that may lapse before they are mined", async () => {
      const payer = await desk.holder();
      await expectNothingSent(async () => {
        for (const changes of [{ validBefore: desk.now() + 60n }, { expiry: desk.now() + 60n }]) {
          const error = await desk.refused(await desk.post("tabs", await desk.tab(payer, changes)));
          expect(error.stelai.reason).to.equal("DeadlineTooNear");
        }
      });
    });

    it("names the contract's own error when the call would revert", async () => {
      const payer = await desk.holder();
      const poor = await desk.newcomer(0n);
      const body = await desk.tab(payer);
      await expectNothingSent(async () => {
        const bent = { ...body, opening: { ...body.opening, sessionKey: poor.address } };
        expect((await desk.refused(await desk.post("tabs", bent))).stelai.reason).to.equal("ERC3009InvalidSignature");
        const broke = await desk.refused(await desk.post("tabs", await desk.tab(poor)));
        expect(broke.stelai.reason).to.equal("ERC20InsufficientBalance");
        expect(broke.message).to.equal("The account does not hold enough.");
        expect(broke.stelai.values).to.include({ needed: String(CAP * MICRO + TAB_FEE) });
        const high = await desk.refused(await desk.post("tabs", await desk.tab(payer, { fee: CREDIT + 1n })));
        expect(high.stelai.reason).to.equal("SponsorFeeTooHigh");
        const order = {
          ...(await desk.purchase(payer)),
          order: { ...(await desk.orderOf(payer.address)), packageId: 999n },
        };
        expect((await desk.refused(await desk.post("purchases", order))).stelai.reason).to.equal("PackageNotForSale");
      });
    });

    it("refuses requests about tabs that do not exist, are too small, or by somebody else than the payer", async () => {
      const payer = await desk.holder();
      const tabId = await desk.openTab(payer);
      const stranger = await desk.newcomer(0n);
      await expectNothingSent(async () => {
        const missing = await desk.signRequest(payer, "RequestClose", { tabId: 9_999n });
        expect(await codeOf(await desk.post("closures", missing))).to.equal("tab_not_found");
        const theirs = await desk.signRequest(stranger, "RequestClose", { tabId });
        expect((await desk.refused(await desk.post("closures", theirs))).stelai.reason).to.equal("InvalidSignature");
        const ours = await desk.signRequest(payer, "RequestClose", { tabId });
        const large = desk.newApp({ SPONSOR_MINIMUM_CAP: CAP + 1n });
        expect((await desk.refused(await desk.post("closures", ours, large))).stelai.reason).to.equal("AmountTooSmall");
      });
    });

    it("refuses a contract wallet that reverts, or that would burn gas without end", async () => {
      const owner = await desk.newcomer();
      const wallet = await desk.world.deploy("ContractWallet", [owner.address]);
      await desk.fund(wallet);
      const behave = parseAbi(["function behave(uint8 manner)"]);
      const body = await desk.tab(owner, { payer: wallet });
      await expectNothingSent(async () => {
        for (const manner of [1, 2]) {
          await desk.world.write(desk.world.account(0), wallet, behave, "behave", [manner]);
          await desk.refused(await desk.post("tabs", body));
        }
      });
      await desk.world.write(desk.world.account(0), wallet, behave, "behave", [0]);
      await desk.sent(await desk.post("tabs", body));
    });

    it("refuses what is no body of that kind, and everything when it does not sponsor", async () => {
      expect(await codeOf(await desk.post("tabs", { opening: {} }))).to.equal("invalid_request");
      expect(
        await codeOf(await desk.post("tabs", await desk.tab(await desk.holder()), desk.newApp({ SPONSOR: false }))),
      ).to.equal("not_found");
    });

    it("refuses a blocked account, but still closes its tab", async () => {
      const payer = await desk.holder();
      const tabId = await desk.openTab(payer);
      await desk.world.people.blocklist.blockAccount(payer.address, "fraud");
      expect(await codeOf(await desk.post("tabs", await desk.tab(payer)))).to.equal("blocked");
      await desk.sent(await desk.post("closures", await desk.signRequest(payer, "RequestClose", { tabId })));
    });
  });
});
