/** Traffic of the credits economy: referrals, plans, top-ups, ETH, campaigns, tabs with bonus, lapse, announcements. */
import {
  bonusOpenNonce,
  encodeBatch,
  hashLines,
  meterDomain,
  meterTypes,
  receiveWithAuthorizationTypes,
  rewardsDomain,
  rewardsTypes,
} from "@stelai/sdk";
import {
  type Address,
  createWalletClient,
  encodeAbiParameters,
  encodeFunctionData,
  type Hex,
  http,
  keccak256,
  maxUint256,
  parseAbiParameters,
  parseEther,
  toHex,
  zeroAddress,
} from "viem";
import { generatePrivateKey, privateKeyToAccount } from "viem/accounts";
import { hardhat } from "viem/chains";
import { HOSTILE } from "./traffic.ts";
import type { World } from "./world.ts";

type Actor = World["alice"];
type Signer = ReturnType<typeof privateKeyToAccount>;
type Campaign = { source: number; signer: Address; days: number; perAccount: bigint; uri: string };

const CREDIT = 10n ** 18n;
const WEI_PER_MICROCREDIT = 10n ** 12n;
const USDC = 1_000_000n;
const DAY = 86_400;
const [PROMOTION, CONTRIBUTION] = [2, 3];
const PRICING = 1n;
const POOL_FEE = 500;
/** An estimate is for this second: in the next one a swap costs more, and a lapse date moves once more. */
const AMPLE = { gas: 1_000_000n };
const BONUS_OPENING = parseAbiParameters(
  "uint8, (address operator, address sessionKey, uint40 cap, uint64 expiry), uint40 bonus",
);
const id = (text: string) => keccak256(toHex(text));
const newKey = () => privateKeyToAccount(generatePrivateKey());

/** Who the economy's traffic left behind. */
export type Economy = { dan: Actor; eve: Actor; fay: Actor; promotion: bigint; contribution: bigint };

/** What all who act here do; each call is mined before the next. */
function players(w: World) {
  const { CreditStore, CreditPlans, InferenceMeter, Reserve, Rewards, Stelai } = w.contracts;
  const { chainId } = w.chain.deployment;
  const read = w.publicClient.readContract;
  const domain = rewardsDomain(chainId, Rewards.address);
  const session = newKey();
  const openingOf = async (cap: bigint) => ({
    ...{ operator: w.operator.address, sessionKey: session.address, cap: Number(cap) },
    expiry: (await w.now()) + BigInt(20 * DAY),
  });
  const lastTab = () => read({ ...InferenceMeter, functionName: "tabCount", args: [w.operator.address] });
  const fund = async (who: Actor, amount: bigint) => {
    await w.mined(
      who.wallet.writeContract({ ...AMPLE, ...Reserve, functionName: "mint", args: [who.address, amount] }),
    );
    const args = [CreditStore.address, maxUint256] as const;
    await w.mined(who.wallet.writeContract({ ...AMPLE, ...Reserve, functionName: "approve", args }));
  };
  return {
    session,
    fund,
    openingOf,
    /** An account that nobody has seen before, with ETH and 10,000 test dollars. */
    newcomer: async (): Promise<Actor> => {
      const account = newKey();
      await w.chain.request("hardhat_setBalance", [account.address, toHex(parseEther("100"))]);
      const wallet = createWalletClient({
        chain: hardhat,
        transport: http(w.chain.rpcUrl, { retryCount: 0 }),
        account,
      });
      const who = { account, address: account.address, wallet };
      await fund(who, 10_000n * USDC);
      for (const spender of [InferenceMeter.address, w.contracts.Payouts.address]) {
        await w.mined(
          wallet.writeContract({ ...AMPLE, ...Stelai, functionName: "approve", args: [spender, maxUint256] }),
        );
      }
      return who;
    },
    buy: async (who: Actor, recipient: Address, referrer: Address = zeroAddress) => {
      const [packageId] = await read({ ...CreditStore, functionName: "packages" });
      const order = { packageId, quantity: 1n, recipient, referrer, maxPrice: 1_000n * USDC };
      await w.mined(who.wallet.writeContract({ ...AMPLE, ...CreditStore, functionName: "buy", args: [order] }));
    },
    buyWithEth: async (who: Actor, recipient: Address) => {
      const { EthCheckout } = w.contracts;
      const [packageId] = await read({ ...CreditStore, functionName: "packages" });
      const order = { packageId, quantity: 1n, recipient, referrer: zeroAddress, maxPrice: 1_000n * USDC };
      const args = [order, POOL_FEE, maxUint256] as const;
      const sent = { value: parseEther("0.5") };
      await w.mined(who.wallet.writeContract({ ...AMPLE, ...EthCheckout, functionName: "buy", args, ...sent }));
    },
    subscribe: async (who: Actor, planId: bigint, mandate: bigint, referrer: Address = zeroAddress) => {
      const args = [planId, 1_000n * USDC, mandate, referrer] as const;
      await w.mined(who.wallet.writeContract({ ...AMPLE, ...CreditPlans, functionName: "subscribe", args }));
    },
    upgrade: async (who: Actor, planId: bigint, mandate: bigint) => {
      const args = [planId, 1_000n * USDC, mandate] as const;
      await w.mined(who.wallet.writeContract({ ...AMPLE, ...CreditPlans, functionName: "upgrade", args }));
    },
    setRenewal: (who: Actor, planId: bigint, mandate: bigint) =>
      w.mined(
        who.wallet.writeContract({ ...AMPLE, ...CreditPlans, functionName: "setRenewal", args: [planId, mandate] }),
      ),
    cancel: (who: Actor) => w.mined(who.wallet.writeContract({ ...AMPLE, ...CreditPlans, functionName: "cancel" })),
    renew: (...accounts: Address[]) =>
      w.mined(w.carol.wallet.writeContract({ ...AMPLE, ...CreditPlans, functionName: "renew", args: [accounts] })),
    setTopUp: (who: Actor, credits: bigint, maxPrice: bigint, cap: bigint) => {
      const args = [{ threshold: 10n ** 30n, credits, maxPrice, cap }] as const;
      return w.mined(who.wallet.writeContract({ ...AMPLE, ...CreditPlans, functionName: "setTopUp", args }));
    },
    topUp: async (account: Address) => {
      const [packageId] = await read({ ...CreditStore, functionName: "packages" });
      const args = [account, packageId, 1n] as const;
      await w.mined(w.carol.wallet.writeContract({ ...AMPLE, ...CreditPlans, functionName: "topUp", args }));
    },
    startCampaign: async ({ days, perAccount, ...rest }: Campaign) => {
      const start = await w.now();
      const window = { start, end: start + BigInt(days * DAY), perAccount, daily: perAccount * 3n };
      const args = [{ ...rest, ...window }] as const;
      await w.mined(w.deployer.wallet.writeContract({ ...AMPLE, ...Rewards, functionName: "startCampaign", args }));
      return read({ ...Rewards, functionName: "campaignCount" });
    },
    fundCampaign: (campaignId: bigint, amount: bigint) => {
      const args = [campaignId, amount, 1_000n * USDC] as const;
      return w.mined(w.deployer.wallet.writeContract({ ...AMPLE, ...Rewards, functionName: "fundCampaign", args }));
    },
    redeemCode: async (campaignId: bigint, code: Signer, account: Address) => {
      const message = { campaignId, account };
      const signature = await code.signTypedData({ domain, types: rewardsTypes, primaryType: "Redemption", message });
      const args = [campaignId, account, signature] as const;
      await w.mined(w.carol.wallet.writeContract({ ...AMPLE, ...Rewards, functionName: "redeemCode", args }));
    },
    claimGrant: async (campaignId: bigint, signer: Signer, account: Address, amount: bigint) => {
      const message = { campaignId, account, amount, deed: generatePrivateKey(), deadline: maxUint256 };
      const signature = await signer.signTypedData({ domain, types: rewardsTypes, primaryType: "Grant", message });
      await w.mined(
        w.carol.wallet.writeContract({ ...AMPLE, ...Rewards, functionName: "claimGrant", args: [message, signature] }),
      );
    },
    openWithBonus: async (who: Actor, cap: bigint, bonus: bigint) => {
      const args = [await openingOf(cap), Number(bonus)] as const;
      await w.mined(who.wallet.writeContract({ ...AMPLE, ...InferenceMeter, functionName: "openWithBonus", args }));
      return lastTab();
    },
    openInOne: async (who: Actor, cap: bigint, bonus: bigint) => {
      const data = encodeAbiParameters(BONUS_OPENING, [2, await openingOf(cap), Number(bonus)]);
      const args = [InferenceMeter.address, (cap - bonus) * WEI_PER_MICROCREDIT, data] as const;
      await w.mined(who.wallet.writeContract({ ...AMPLE, ...Stelai, functionName: "transferAndCall", args }));
      return lastTab();
    },
    openSponsored: async (who: Actor, cap: bigint, bonus: bigint, fee: bigint) => {
      const opening = await openingOf(cap);
      const sponsorship = { fee, recipient: w.carol.address, salt: id(`bonus ${await w.now()}`) };
      const value = (cap - bonus) * WEI_PER_MICROCREDIT + fee;
      const [, name, version] = await read({ ...Stelai, functionName: "eip712Domain" });
      const authorization = { from: who.address, value, validAfter: 0n, validBefore: (await w.now()) + 3_600n };
      const nonce = bonusOpenNonce({ ...opening, cap }, bonus, sponsorship);
      const signature = await who.account.signTypedData({
        domain: { name, version, chainId, verifyingContract: Stelai.address },
        types: receiveWithAuthorizationTypes,
        primaryType: "ReceiveWithAuthorization",
        message: { ...authorization, to: InferenceMeter.address, nonce },
      });
      const args = [opening, Number(bonus), { ...authorization, signature }, sponsorship] as const;
      await w.mined(
        w.carol.wallet.writeContract({
          ...AMPLE,
          ...InferenceMeter,
          functionName: "openWithBonusAndAuthorization",
          args,
        }),
      );
      return lastTab();
    },
    /** The operator's own fee, so that no character has any part in it. */
    settle: async (tabId: bigint, amount: bigint) => {
      const lines = [{ characterId: 0n, amount, inferences: 1n, milliunits: 100n }];
      const receipts = id(`receipts ${tabId}`);
      const message = { operator: w.operator.address, tabId, base: 0, cumulative: Number(amount), receipts };
      const signature = await session.signTypedData({
        domain: meterDomain(chainId, InferenceMeter.address),
        types: meterTypes,
        primaryType: "Voucher",
        message: { ...message, lines: hashLines(lines) },
      });
      const args = [encodeBatch([{ tabId, cumulative: amount, receipts, lines, signature }])] as const;
      await w.mined(w.operator.wallet.writeContract({ ...AMPLE, ...InferenceMeter, functionName: "settle", args }));
    },
    close: async (tabId: bigint, total: bigint) => {
      const message = { operator: w.operator.address, tabId, total: Number(total) };
      const signature = await session.signTypedData({
        ...{ domain: meterDomain(chainId, InferenceMeter.address), types: meterTypes, primaryType: "Close", message },
      });
      const args = [message.operator, tabId, message.total, signature, "0x"] as const;
      await w.mined(w.operator.wallet.writeContract({ ...AMPLE, ...InferenceMeter, functionName: "close", args }));
    },
  };
}

/** All of it but announcements; a year passes. Returns who and what it was about. */
export async function economyTraffic(w: World): Promise<Economy> {
  const { CreditPlans, CreditStore, Rewards, Stelai } = w.contracts;
  const { alice, bob, carol, deployer, operator } = w;
  const p = players(w);
  await p.fund(deployer, 1_000n * USDC);
  const trust = (isTrusted: boolean) => {
    const args = [operator.address, isTrusted] as const;
    return w.mined(deployer.wallet.writeContract({ ...AMPLE, ...Rewards, functionName: "setTrusted", args }));
  };
  await trust(false);
  await trust(true);
  const terms = { referrerBps: 300, refereeBps: 200, cap: 60n * CREDIT };
  await w.mined(
    deployer.wallet.writeContract({ ...AMPLE, ...Rewards, functionName: "setReferralTerms", args: [terms] }),
  );

  // Dan is sent by Alice, Eve by nobody for having named herself; Fay is given credits, which bind nobody.
  const [dan, eve, fay] = [await p.newcomer(), await p.newcomer(), await p.newcomer()];
  await p.buy(dan, dan.address, alice.address);
  await p.buy(eve, eve.address, eve.address);
  await p.buy(dan, fay.address, eve.address);
  await p.buyWithEth(fay, fay.address);
  await p.buyWithEth(eve, dan.address);

  // Plans: a first cycle that binds, an upgrade, a downgrade that renews, a price that ends what it is not agreed to.
  const added = [{ credits: 700n * CREDIT + 7n, price: 7_000_001n, period: 30 * DAY }];
  await w.mined(deployer.wallet.writeContract({ ...AMPLE, ...CreditPlans, functionName: "addPlans", args: [added] }));
  const newest = await w.publicClient.readContract({ ...CreditPlans, functionName: "planCount" });
  await p.subscribe(dan, 1n, 20n * USDC);
  await p.subscribe(eve, 4n, 0n);
  await p.subscribe(fay, newest, 7_000_001n, dan.address);
  await p.upgrade(dan, 2n, 30n * USDC);
  await p.setRenewal(dan, 1n, 30n * USDC);
  await p.setTopUp(eve, 1_000n * CREDIT, 15n * USDC, 40n * USDC);
  await p.topUp(eve.address);
  await p.topUp(eve.address);
  await p.setTopUp(eve, 1_000n * CREDIT, 16n * USDC, 50n * USDC);
  await p.setTopUp(alice, 5n * CREDIT, 1n, 1n);
  await p.setTopUp(alice, 0n, 0n, 0n);
  const setPrice = { ...CreditPlans, functionName: "setPlanPrice" } as const;
  await w.mined(deployer.wallet.writeContract({ ...AMPLE, ...setPrice, args: [newest, 7_000_002n] }));
  await w.pass(31 * DAY);
  await p.renew(dan.address, eve.address, fay.address, carol.address);
  await p.topUp(eve.address);
  await w.mined(deployer.wallet.writeContract({ ...AMPLE, ...setPrice, args: [newest, 0n] }));
  await p.setRenewal(fay, 1n, 100n * USDC);
  await p.renew(fay.address);
  await p.cancel(fay);

  // Campaigns: a code for two, a signer's grants; one that is stopped, one that time ends.
  const [code, signer] = [newKey(), newKey()];
  const base = { days: 60, perAccount: 40n * CREDIT, uri: "ipfs://campaign" };
  const promotion = await p.startCampaign({ ...base, source: PROMOTION, signer: code.address, uri: HOSTILE });
  const contribution = await p.startCampaign({ ...base, source: CONTRIBUTION, signer: signer.address });
  const stopped = await p.startCampaign({ ...base, source: PROMOTION, signer: newKey().address, uri: "" });
  await p.fundCampaign(promotion, 100n * CREDIT);
  await p.fundCampaign(promotion, 20n * CREDIT + WEI_PER_MICROCREDIT);
  await p.fundCampaign(contribution, 90n * CREDIT);
  await p.fundCampaign(stopped, 10n * CREDIT);
  await p.redeemCode(promotion, code, dan.address);
  await p.redeemCode(promotion, code, eve.address);
  await p.claimGrant(contribution, signer, dan.address, 12n * CREDIT);
  await p.claimGrant(contribution, signer, fay.address, 5n * CREDIT + WEI_PER_MICROCREDIT);
  await p.claimGrant(contribution, signer, fay.address, 7n * CREDIT);
  await w.mined(deployer.wallet.writeContract({ ...AMPLE, ...Rewards, functionName: "stopCampaign", args: [stopped] }));

  // Tabs with bonus: part of it spent, all of it and more, all bonus, and one that stays open.
  const half = await p.openWithBonus(dan, 10_000_000n, 4_000_000n);
  await p.settle(half, 1_500_001n);
  await p.close(half, 1_500_001n);
  const beyond = await p.openInOne(dan, 9_000_000n, 2_000_000n);
  await p.settle(beyond, 3_000_000n);
  await p.close(beyond, 3_000_000n);
  const allBonus = await p.openSponsored(eve, 6_000_000n, 6_000_000n, 0n);
  await p.settle(allBonus, 1n);
  await p.close(allBonus, 1n);
  await p.openSponsored(fay, 8_000_000n, 3_000_000n, CREDIT / 50n);
  const open = await p.openInOne(eve, 5_000_000n, 5_000_000n);
  await p.settle(open, 2_000_000n);
  const spending = { ...Rewards, functionName: "recordSpending", args: [operator.address, [open, half]] } as const;
  await w.mined(carol.wallet.writeContract({ ...AMPLE, ...spending }));

  // What no event of ours tells of, and what is given up.
  const toRewards = [Rewards.address, 3n * CREDIT + 1n] as const;
  await w.mined(dan.wallet.writeContract({ ...AMPLE, ...Stelai, functionName: "transfer", args: toRewards }));
  await w.mined(dan.wallet.writeContract({ ...AMPLE, ...Stelai, functionName: "transfer", args: [bob.address, 5n] }));
  await w.mined(eve.wallet.writeContract({ ...AMPLE, ...Stelai, functionName: "transfer", args: [bob.address, 0n] }));
  await w.mined(eve.wallet.writeContract({ ...AMPLE, ...Stelai, functionName: "transfer", args: toRewards }));
  await w.mined(fay.wallet.writeContract({ ...AMPLE, ...CreditStore, functionName: "retire", args: [CREDIT + 3n] }));

  // Time ends a campaign, and bonuses: Dan's and Fay's are burned, Eve's lapses by itself, Alice's before her next.
  await w.pass(70 * DAY);
  for (const _ of [1, 2]) {
    await w.mined(carol.wallet.writeContract({ ...AMPLE, ...Rewards, functionName: "endCampaign", args: [promotion] }));
  }
  await w.pass(200 * DAY);
  const lapsed = [dan.address, fay.address, bob.address];
  await w.mined(carol.wallet.writeContract({ ...AMPLE, ...Rewards, functionName: "burnLapsed", args: [lapsed] }));
  await p.buy(dan, dan.address);
  return { dan, eve, fay, promotion, contribution };
}

/** A price that is announced and made, one that is taken back, one that nobody makes in time, and two that wait. */
export async function announcementTraffic(w: World): Promise<void> {
  const { AccessManager, CreditStore, CreditPlans } = w.contracts;
  const { alice, deployer } = w;
  const grant = { ...AccessManager, functionName: "grantRole", args: [PRICING, alice.address, 3_600] } as const;
  await w.mined(deployer.wallet.writeContract(grant));
  const announce = async (target: Address, data: Hex) => {
    await w.mined(
      alice.wallet.writeContract({ ...AMPLE, ...AccessManager, functionName: "schedule", args: [target, data, 0] }),
    );
    return [target, data] as const;
  };
  const tableOf = (price: bigint) => {
    const table = [1n, 3n].map((times) => ({ credits: times * 1_000n * CREDIT, price: times * price }));
    return encodeFunctionData({ ...CreditStore, functionName: "setPackages", args: [table] });
  };
  const priceOf = (price: bigint) =>
    encodeFunctionData({ ...CreditPlans, functionName: "setPlanPrice", args: [1n, price] });

  await announce(CreditPlans.address, priceOf(9_999_999n));
  await w.pass(9 * DAY);
  const made = await announce(CreditStore.address, tableOf(12n * USDC));
  const takenBack = await announce(CreditStore.address, tableOf(13n * USDC));
  await announce(CreditPlans.address, priceOf(9_999_999n));
  await w.pass(2 * 3_600);
  await w.mined(alice.wallet.writeContract({ ...AMPLE, ...AccessManager, functionName: "execute", args: made }));
  const cancel = { ...AccessManager, functionName: "cancel", args: [alice.address, ...takenBack] } as const;
  await w.mined(alice.wallet.writeContract(cancel));
  // What the contract will refuse can be announced as well.
  await announce(CreditPlans.address, `${priceOf(1n).slice(0, 10)}00` as Hex);
}

/** A little of it in few blocks; for what a reorganisation takes back. */
export async function briefEconomy(w: World): Promise<void> {
  const p = players(w);
  const lost = await p.newcomer();
  await p.buy(lost, lost.address, w.bob.address);
  await p.subscribe(lost, 1n, 0n);
  const code = newKey();
  await p.fund(w.deployer, 100n * USDC);
  const base = { source: PROMOTION, signer: code.address, days: 3, perAccount: CREDIT, uri: "ipfs://lost" };
  const campaignId = await p.startCampaign(base);
  await p.fundCampaign(campaignId, 2n * CREDIT);
  await p.redeemCode(campaignId, code, lost.address);
  await p.openWithBonus(lost, 2_000_000n, 500_000n);
}
