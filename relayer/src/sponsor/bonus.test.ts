import { inferenceMeterAbi, rewardsAbi } from "@stelai/sdk/abis";
import { expect } from "chai";
import { type Hex, keccak256, type PrivateKeyAccount, parseAbi, stringToHex } from "viem";
import { privateKeyToAccount } from "viem/accounts";
import { codeOf } from "../../test/periphery.ts";
import { type Giving, type Promotion, startPromotion, trustOperator } from "../../test/plans.ts";
import { CREDIT, DAY, MICRO, type Sponsoring, startSponsoring, TAB_FEE, USDC } from "../../test/sponsoring.ts";

const BONUS = 5_000_000n;
const CONTRIBUTION = 3;
const APPROVE = parseAbi(["function approve(address, uint256) returns (bool)"]);

describe("Sponsored bonus credits", () => {
  let desk: Sponsoring;
  let giving: Giving;
  let promotion: Promotion;

  before(async () => {
    desk = await startSponsoring();
    const { contracts } = desk.world.chain;
    const abis = { Reserve: [...USDC, ...APPROVE], Rewards: rewardsAbi };
    giving = {
      chain: desk.world.testChain,
      operator: { address: desk.operator },
      write: (from, contract, name, args) => desk.world.write(from, contracts[contract], abis[contract], name, args),
    };
    await trustOperator(giving);
    promotion = await startPromotion(giving, 20n);
    await desk.world.chain.refresh();
  });
  after(() => desk.world.stop());

  const code = async ({ address }: PrivateKeyAccount, { campaignId, sign } = promotion) => ({
    ...{ campaignId, account: address, signature: await sign(address) },
  });
  const bonusOf = async ({ address }: PrivateKeyAccount): Promise<bigint> => {
    const [balance] = (await desk.read(desk.world.chain.contracts.Rewards, rewardsAbi, "bonusOf", [
      address,
    ])) as bigint[];
    return balance ?? 0n;
  };
  /** Somebody with bonus credits and nothing else. */
  async function promoted(): Promise<PrivateKeyAccount> {
    const account = await desk.newcomer();
    await desk.sent(await desk.post("codes", await code(account)));
    return account;
  }
  async function tab(signer: PrivateKeyAccount, { cap = BONUS, bonus = BONUS, fee = 0n } = {}) {
    const { InferenceMeter } = desk.world.chain.contracts;
    const opening = { operator: desk.operator, sessionKey: signer.address, cap, expiry: desk.now() + 7n * DAY };
    const sponsorship = desk.sponsorship(fee);
    const nonce = (await desk.read(InferenceMeter, inferenceMeterAbi, "bonusOpenNonce", [
      ...[{ ...opening, cap: Number(cap) }, Number(bonus), sponsorship],
    ])) as Hex;
    const value = (cap - bonus) * MICRO + fee;
    const authorization = await desk.authorize(signer, "Stelai", InferenceMeter, value, nonce);
    return { opening, bonus, authorization, sponsorship };
  }

  it("are redeemed by a code for a wallet without ETH, once", async () => {
    const account = await desk.newcomer();
    const body = await code(account);
    const first = await desk.sent(await desk.post("codes", body));
    expect(await bonusOf(account)).to.equal(20n * CREDIT);
    const again = (await (await desk.post("codes", body)).json()) as { transaction: Hex };
    expect(again.transaction).to.equal(first);
    const other = await desk.newcomer();
    const stolen = await desk.refused(await desk.post("codes", { ...body, account: other.address }));
    expect(stolen.stelai.reason).to.equal("InvalidSignature");
    expect(await bonusOf(other)).to.equal(0n);
    const unknown = await desk.refused(await desk.post("codes", { ...body, campaignId: 99n }));
    expect(unknown.stelai.reason).to.equal("UnknownCampaign");
  });

  it("are claimed by a grant that a campaign's signer vouches for, once", async () => {
    const deployer = privateKeyToAccount(desk.world.testChain.accounts[0]?.privateKey ?? "0x");
    const signer = desk.world.account(3);
    const now = desk.now();
    const perAccount = 10n * CREDIT;
    await giving.write(deployer, "Rewards", "startCampaign", [
      {
        ...{ source: CONTRIBUTION, signer: signer.address, perAccount, daily: perAccount, uri: "https://a.example" },
        ...{ start: now - 1n, end: now + DAY * 30n },
      },
    ]);
    const { Rewards } = desk.world.chain.contracts;
    const campaignId = (await desk.read(Rewards, rewardsAbi, "campaignCount", [])) as bigint;
    await giving.write(deployer, "Rewards", "fundCampaign", [campaignId, perAccount, 10n ** 12n]);
    const account = await desk.newcomer();
    const grant = (deadline: bigint) => ({
      ...{ campaignId, account: account.address, amount: CREDIT, deed: keccak256(stringToHex("deed")), deadline },
    });
    const signed = async (deadline: bigint) => ({
      grant: grant(deadline),
      signature: await signer.signTypedData({
        domain: { name: "Stelai Rewards", version: "1", chainId: desk.world.chain.id, verifyingContract: Rewards },
        types: {
          Grant: [
            { name: "campaignId", type: "uint256" },
            { name: "account", type: "address" },
            { name: "amount", type: "uint256" },
            { name: "deed", type: "bytes32" },
            { name: "deadline", type: "uint256" },
          ],
        },
        primaryType: "Grant",
        message: grant(deadline),
      }),
    });
    const late = await desk.refused(await desk.post("grants", await signed(desk.now() + 60n)));
    expect(late.stelai.reason).to.equal("DeadlineTooNear");
    await desk.sent(await desk.post("grants", await signed(desk.now() + DAY)));
    expect(await bonusOf(account)).to.equal(CREDIT);
    const twice = await desk.refused(await desk.post("grants", await signed(desk.now() + 2n * DAY)));
    expect(twice.stelai.reason).to.equal("DeedUsed");
  });

  it("open a tab together with paid ones, for the fee", async () => {
    const payer = await promoted();
    await desk.fund(payer.address);
    await desk.sent(await desk.post("tabs", await tab(payer, { cap: 2n * BONUS, fee: TAB_FEE })));
    const { InferenceMeter } = desk.world.chain.contracts;
    const tabId = await desk.read(InferenceMeter, inferenceMeterAbi, "tabCount", [desk.operator]);
    const opened = await desk.read(InferenceMeter, inferenceMeterAbi, "tabOf", [desk.operator, tabId]);
    expect(opened).to.include({ payer: payer.address, cap: Number(2n * BONUS), bonus: Number(BONUS) });
    // Who can pay the fee pays it.
    const unpaid = await desk.refused(await desk.post("tabs", await tab(payer)));
    expect(unpaid.stelai.reason).to.equal("FeeTooLow");
  });

  it("open a tab without a fee for who cannot pay it, once in 30 days", async () => {
    const payer = await promoted();
    const mixed = await desk.refused(await desk.post("tabs", await tab(payer, { cap: 2n * BONUS })));
    expect(mixed.stelai.reason).to.equal("FeeTooLow");
    await desk.sent(await desk.post("tabs", await tab(payer)));
    expect(await bonusOf(payer)).to.equal(15n * CREDIT);
    const again = await desk.refused(await desk.post("tabs", await tab(payer)));
    expect(again.stelai.reason).to.equal("FeeTooLow");
    expect(Number(again.stelai.values?.freeFrom)).to.be.greaterThan(Number(desk.now() + 29n * DAY));
    await desk.world.testChain.request("evm_increaseTime", [Number(30n * DAY)]);
    await desk.world.testChain.request("evm_mine");
    await desk.world.chain.refresh();
    await desk.sent(await desk.post("tabs", await tab(payer)));
  });

  it("open no tab with an operator that Rewards does not trust, nor for more than there is", async () => {
    const payer = await promoted();
    await desk.fund(payer.address);
    const much = await tab(payer, { cap: 30n * 1_000_000n, bonus: 30n * 1_000_000n, fee: TAB_FEE });
    expect((await desk.refused(await desk.post("tabs", much))).stelai.reason).to.equal("BonusTooLow");
    await trustOperator(giving, false);
    try {
      const refused = await desk.refused(await desk.post("tabs", await tab(payer, { fee: TAB_FEE })));
      expect(refused.stelai.reason).to.equal("OperatorNotTrusted");
    } finally {
      await trustOperator(giving);
    }
  });

  it("that are redeemed for somebody hold up nothing that they sign themselves", async () => {
    const payer = await desk.holder();
    const second = await startPromotion(giving, 1n);
    await desk.world.testChain.request("evm_setAutomine", [false]);
    try {
      expect((await desk.post("codes", await code(payer))).status).to.equal(202);
      expect(await codeOf(await desk.post("codes", await code(payer, second)))).to.equal("request_in_progress");
      expect((await desk.post("tabs", await desk.tab(payer))).status).to.equal(202);
    } finally {
      await desk.world.testChain.request("evm_setAutomine", [true]);
      await desk.world.testChain.request("evm_mine");
    }
  });
});
