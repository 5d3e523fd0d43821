/** Traffic of every kind: each function leaves events of everything its subject can do. */

import {
  buyNonce,
  encodeBatch,
  hashLines,
  type Line,
  meterDomain,
  meterTypes,
  openNonce,
  payeeOf,
  receiveWithAuthorizationTypes,
  type SettlementRow,
  type Share,
  sortShares,
  splitOf,
} from "@stelai/sdk";
import { type Address, type Hex, keccak256, maxUint256, padHex, toHex, zeroAddress, zeroHash } from "viem";
import { generatePrivateKey, privateKeyToAccount } from "viem/accounts";
import { announcementTraffic, economyTraffic } from "./economyTraffic.ts";
import { marketTraffic } from "./marketTraffic.ts";
import { paymentTraffic } from "./paymentTraffic.ts";
import { circleTraffic, passTraffic, reviewTraffic } from "./sharing.ts";
import type { World } from "./world.ts";

const CREDIT = 10n ** 18n;
const DAY = 86_400;

/** What strangers may write: markup, control characters, NUL, emoji, bidirectional text, quotes. */
export const HOSTILE =
  "<script>alert('x')</script> \u0000\u0001\u001b[31m \u202Eevil\u202C '\"; DROP TABLE character; -- \\ {{7*7}} 🏛️👩‍🎨";
/** 256 bytes, which is the most. */
export const LONG_URI = `ipfs://${"é".repeat(124)}x`;

const TERMS = { lifetime: 0, monthly: 5_000_000, annual: 0, perInference: 1_000, perUnit: 2_000 };
const id = (text: string) => keccak256(toHex(text));

/** Purchases of every kind, a new price table, redemption, surplus, and transfers. */
export async function creditTraffic(w: World): Promise<void> {
  const { CreditStore, Reserve, Stelai } = w.contracts;
  for (const who of [w.alice, w.bob]) {
    await w.mined(who.wallet.writeContract({ ...Reserve, functionName: "mint", args: [who.address, 1_000_000_000n] }));
    await w.mined(
      who.wallet.writeContract({ ...Reserve, functionName: "approve", args: [CreditStore.address, maxUint256] }),
    );
  }
  const [firstId] = await w.publicClient.readContract({ ...CreditStore, functionName: "packages" });
  const orderOf = (recipient: Address, referrer: Address, packageId = firstId, quantity = 1n) => ({
    ...{ packageId, quantity, recipient, referrer },
    maxPrice: 200_000_000n,
  });
  const buy = (who: World["alice"], order: ReturnType<typeof orderOf>) =>
    w.mined(who.wallet.writeContract({ ...CreditStore, functionName: "buy", args: [order] }));
  await buy(w.alice, orderOf(w.alice.address, zeroAddress, firstId + 1n));
  await buy(w.bob, orderOf(w.carol.address, w.alice.address, firstId, 2n));

  const order = orderOf(w.bob.address, zeroAddress);
  const sponsorship = { fee: 12_345n, recipient: w.carol.address, salt: id(`buy ${await w.now()}`) };
  const value = order.maxPrice + sponsorship.fee;
  const validBefore = (await w.now()) + 3_600n;
  const signature = await w.bob.account.signTypedData({
    domain: { name: "USD Coin", version: "2", chainId: w.chain.deployment.chainId, verifyingContract: Reserve.address },
    types: receiveWithAuthorizationTypes,
    primaryType: "ReceiveWithAuthorization",
    message: {
      from: w.bob.address,
      to: CreditStore.address,
      value,
      validAfter: 0n,
      validBefore,
      nonce: buyNonce(order, sponsorship),
    },
  });
  const authorization = { from: w.bob.address, value, validAfter: 0n, validBefore, signature };
  await w.mined(
    w.carol.wallet.writeContract({
      ...CreditStore,
      functionName: "buyWithAuthorization",
      args: [order, authorization, sponsorship],
    }),
  );

  await w.mined(
    w.deployer.wallet.writeContract({
      ...CreditStore,
      functionName: "setPackages",
      args: [
        [
          { credits: 1_000n * CREDIT, price: 11_000_000n },
          { credits: 9_000n * CREDIT, price: 80_000_000n },
        ],
      ],
    }),
  );
  const [newFirstId] = await w.publicClient.readContract({ ...CreditStore, functionName: "packages" });
  await buy(w.alice, orderOf(w.alice.address, zeroAddress, newFirstId + 1n));
  await w.mined(
    w.alice.wallet.writeContract({
      ...CreditStore,
      functionName: "redeem",
      args: [100n * CREDIT + 7n, w.bob.address, 0n],
    }),
  );
  await w.mined(w.carol.wallet.writeContract({ ...CreditStore, functionName: "sweepSurplus" }));
  await w.mined(
    w.bob.wallet.writeContract({ ...Reserve, functionName: "transfer", args: [CreditStore.address, 5_000n] }),
  );
  await w.mined(
    w.alice.wallet.writeContract({ ...Stelai, functionName: "transfer", args: [w.alice.address, 3n * CREDIT] }),
  );
  await w.mined(w.alice.wallet.writeContract({ ...Stelai, functionName: "transfer", args: [w.bob.address, CREDIT] }));
}

/** Two new characters with everything about them changed; returns their ids. */
export async function characterTraffic(w: World): Promise<[bigint, bigint]> {
  const { Characters } = w.contracts;
  const { operator, alice, bob, carol, deployer } = w;
  const create = async (who: World["alice"], creation: Partial<{ metadataURI: string; shares: Share[] }>) => {
    const base = {
      modality: 0,
      visibility: 0,
      payee: payeeOf(who.address),
      personaHash: zeroHash,
      metadataURI: "ipfs://card",
      terms: TERMS,
      operators: [operator.address],
      shares: [],
    };
    await w.mined(
      who.wallet.writeContract({ ...Characters, functionName: "create", args: [{ ...base, ...creation }] }),
    );
    return w.publicClient.readContract({ ...Characters, functionName: "count" });
  };
  const first = await create(bob, { metadataURI: HOSTILE });
  const second = await create(carol, { metadataURI: LONG_URI, shares: sharesOf(w) });

  const own = { ...Characters, account: bob.account } as const;
  await w.mined(bob.wallet.writeContract({ ...own, functionName: "setMetadata", args: [first, `${HOSTILE}\u0000`] }));
  await w.mined(
    bob.wallet.writeContract({ ...own, functionName: "setTerms", args: [first, { ...TERMS, perUnit: 0 }] }),
  );
  const dear = { ...TERMS, lifetime: 2 ** 40 - 1 };
  await w.mined(bob.wallet.writeContract({ ...own, functionName: "setTerms", args: [first, dear] }));
  await w.mined(bob.wallet.writeContract({ ...own, functionName: "setPersona", args: [first, id("persona")] }));
  await w.mined(bob.wallet.writeContract({ ...own, functionName: "setVisibility", args: [first, 1] }));
  await w.mined(bob.wallet.writeContract({ ...own, functionName: "setOperator", args: [first, alice.address, true] }));
  await w.mined(bob.wallet.writeContract({ ...own, functionName: "setOperator", args: [first, alice.address, false] }));
  for (const [characterId, suspended, reason] of [
    [first, true, HOSTILE],
    [first, false, ""],
    [second, true, "🏛️".repeat(700)],
  ] as const) {
    await w.mined(
      deployer.wallet.writeContract({
        ...Characters,
        functionName: "setSuspended",
        args: [characterId, suspended, reason],
      }),
    );
  }
  return [first, second];
}

/** A split of Bob and Carol, 70 to 30. */
export function sharesOf(w: World): Share[] {
  return sortShares([
    { recipient: payeeOf(w.bob.address), bps: 7_000 },
    { recipient: payeeOf(w.carol.address), bps: 3_000 },
  ]);
}

/** A split that pays another split: Alice 2,501 and Bob and Carol's the rest. */
export function nestedSharesOf(w: World): Share[] {
  return sortShares([
    { recipient: payeeOf(w.alice.address), bps: 2_501 },
    { recipient: splitOf(sharesOf(w)), bps: 7_499 },
  ]);
}

/** Tabs through all they can go through, with batches of good and bad rows for the two characters. */
export async function tabTraffic(w: World, [first, second]: readonly [bigint, bigint]): Promise<void> {
  const { InferenceMeter, Stelai } = w.contracts;
  const { alice, bob, carol, operator } = w;
  const domain = meterDomain(w.chain.deployment.chainId, InferenceMeter.address);
  const session = privateKeyToAccount(generatePrivateKey());
  const newSession = privateKeyToAccount(generatePrivateKey());
  for (const who of [alice, bob]) {
    await w.mined(
      who.wallet.writeContract({ ...Stelai, functionName: "approve", args: [InferenceMeter.address, maxUint256] }),
    );
  }
  const lastTab = () =>
    w.publicClient.readContract({ ...InferenceMeter, functionName: "tabCount", args: [operator.address] });
  const openingOf = async (cap: number) => ({
    operator: operator.address,
    sessionKey: session.address,
    cap,
    expiry: (await w.now()) + BigInt(DAY),
  });
  const open = async (who: World["alice"], cap: number) => {
    await w.mined(who.wallet.writeContract({ ...InferenceMeter, functionName: "open", args: [await openingOf(cap)] }));
    return lastTab();
  };
  const mine = await open(alice, 20_000_000);
  const bobs = await open(bob, 9_000_000);

  const opening = await openingOf(2_000_000);
  const sponsorship = { fee: CREDIT / 10n, recipient: bob.address, salt: id(`open ${await w.now()}`) };
  const value = BigInt(opening.cap) * 10n ** 12n + sponsorship.fee;
  const validBefore = (await w.now()) + 3_600n;
  const name = await w.publicClient.readContract({ ...Stelai, functionName: "eip712Domain" });
  const signature = await carol.account.signTypedData({
    domain: { name: name[1], version: name[2], chainId: Number(name[3]), verifyingContract: Stelai.address },
    types: receiveWithAuthorizationTypes,
    primaryType: "ReceiveWithAuthorization",
    message: {
      from: carol.address,
      to: InferenceMeter.address,
      value,
      validAfter: 0n,
      validBefore,
      nonce: openNonce({ ...opening, cap: BigInt(opening.cap) }, sponsorship),
    },
  });
  await w.mined(
    bob.wallet.writeContract({
      ...InferenceMeter,
      functionName: "openWithAuthorization",
      args: [opening, { from: carol.address, value, validAfter: 0n, validBefore, signature }, sponsorship],
    }),
  );
  const carols = await lastTab();

  const voucher = async (tabId: bigint, base: bigint, lines: readonly Line[], signer = session) => {
    const cumulative = lines.reduce((sum, line) => sum + line.amount, base);
    const receipts = id(`receipts ${tabId} ${cumulative}`);
    const message = {
      operator: operator.address,
      tabId,
      base: Number(base),
      cumulative: Number(cumulative),
      lines: hashLines(lines),
      receipts,
    };
    const signed = await signer.signTypedData({ domain, types: meterTypes, primaryType: "Voucher", message });
    return { tabId, cumulative, receipts, lines, signature: signed } satisfies SettlementRow;
  };
  const settle = (...rows: SettlementRow[]) =>
    w.mined(operator.wallet.writeContract({ ...InferenceMeter, functionName: "settle", args: [encodeBatch(rows)] }));
  const line = (characterId: bigint, amount: bigint, inferences = 1n): Line => ({
    ...{ characterId, amount, inferences },
    milliunits: 1_234n * inferences,
  });

  await settle(
    await voucher(mine, 0n, [line(0n, 10_001n), line(first, 1_000_003n, 3n), line(second, 77_777n)]),
    await voucher(bobs, 0n, [line(first, 500_000n), line(999_999n, 11n)]),
    await voucher(4_000_000n, 0n, [line(first, 5n)]),
  );
  const tooMuch = await voucher(carols, 0n, [line(first, 2_000_001n)]);
  const forged = await voucher(carols, 0n, [line(first, 5n)], newSession);
  const replayed = await voucher(mine, 0n, [line(first, 1n)]);
  const differing = { ...(await voucher(carols, 0n, [line(first, 7n)])), cumulative: 9n };
  await settle(tooMuch, forged, replayed, differing, await voucher(carols, 0n, [line(second, 3n, 0n)]));
  await settle(tooMuch);

  const payer = { ...InferenceMeter } as const;
  const to = operator.address;
  await w.mined(alice.wallet.writeContract({ ...payer, functionName: "topUp", args: [to, mine, 1_000_000] }));
  const later = (await w.now()) + BigInt(3 * DAY);
  await w.mined(alice.wallet.writeContract({ ...payer, functionName: "extend", args: [to, mine, later] }));
  await w.mined(alice.wallet.writeContract({ ...payer, functionName: "rotate", args: [to, mine, newSession.address] }));
  await w.pass(DAY + 3_600);
  await settle(await voucher(mine, 1_087_781n, [line(0n, 1n), line(first, 2_000n)], newSession));
  await w.mined(alice.wallet.writeContract({ ...payer, functionName: "requestClose", args: [to, mine] }));
  await w.pass(2 * DAY);
  await w.mined(carol.wallet.writeContract({ ...payer, functionName: "reclaim", args: [to, mine] }));

  const close = { operator: to, tabId: bobs, total: 500_011 };
  const both = { domain, types: meterTypes, primaryType: "Close", message: close } as const;
  const signatures: [Hex, Hex] = [await session.signTypedData(both), await operator.account.signTypedData(both)];
  await w.mined(
    carol.wallet.writeContract({ ...payer, functionName: "close", args: [to, bobs, close.total, ...signatures] }),
  );
}

/** Collections, earnings from elsewhere, splits and splits of splits, flows, claims, and a transfer. */
export async function payoutTraffic(w: World, [first, second]: readonly [bigint, bigint]): Promise<void> {
  const { Characters, InferenceMeter, Payouts, Stelai } = w.contracts;
  const { alice, bob, carol, deployer, operator, treasury } = w;
  const shares = sharesOf(w);
  const nested = nestedSharesOf(w);
  const isRegistered = await w.publicClient.readContract({
    ...Payouts,
    functionName: "isPayee",
    args: [splitOf(nested)],
  });
  if (!isRegistered) {
    await w.mined(alice.wallet.writeContract({ ...Payouts, functionName: "registerSplit", args: [nested] }));
  }
  await w.mined(alice.wallet.writeContract({ ...InferenceMeter, functionName: "collect", args: [second] }));
  await w.mined(
    alice.wallet.writeContract({ ...InferenceMeter, functionName: "collectFee", args: [operator.address] }),
  );
  await w.mined(bob.wallet.writeContract({ ...Characters, functionName: "setPayee", args: [first, splitOf(nested)] }));
  await w.mined(
    carol.wallet.writeContract({
      ...Characters,
      functionName: "transferFrom",
      args: [carol.address, alice.address, second],
    }),
  );

  await w.mined(
    alice.wallet.writeContract({ ...Stelai, functionName: "approve", args: [Payouts.address, maxUint256] }),
  );
  const earn = (payee: bigint, amount: bigint) =>
    w.mined(
      alice.wallet.writeContract({
        ...Payouts,
        functionName: "earn",
        args: [payee, amount, padHex("0x5", { size: 32 })],
      }),
    );
  await earn(splitOf(nested), 1_000_000_000_000_000_003n);
  await earn(payeeOf(bob.address), 33n);
  await w.mined(
    deployer.wallet.writeContract({ ...Payouts, functionName: "setCommission", args: [alice.address, 333] }),
  );
  await earn(splitOf(nested), 777_777_777_777n);
  await earn(splitOf(shares), 1n);

  const inner = nested.findIndex((share) => share.recipient === splitOf(shares));
  const step = { shares: nested, index: BigInt(inner) };
  await w.mined(carol.wallet.writeContract({ ...Payouts, functionName: "flow", args: [step] }));
  await earn(splitOf(nested), 5_555n);
  const carolsShare = shares.findIndex((share) => share.recipient === payeeOf(carol.address));
  await w.mined(
    carol.wallet.writeContract({
      ...Payouts,
      functionName: "claim",
      args: [[step, { shares, index: BigInt(carolsShare) }], carol.address],
    }),
  );
  await w.mined(
    bob.wallet.writeContract({ ...Payouts, functionName: "claimAndRedeem", args: [[], alice.address, 0n] }),
  );
  await w.mined(treasury.wallet.writeContract({ ...Payouts, functionName: "claim", args: [[], treasury.address] }));
}

/** All of it, a day passing in between; returns a work that it left to Alice. */
export async function allTraffic(w: World): Promise<bigint> {
  await creditTraffic(w);
  await economyTraffic(w);
  await announcementTraffic(w);
  const characters = await characterTraffic(w);
  await circleTraffic(w);
  const sold = await passTraffic(w);
  await tabTraffic(w, characters);
  await w.pass(DAY);
  await payoutTraffic(w, characters);
  await reviewTraffic(w, sold);
  await paymentTraffic(w);
  return marketTraffic(w);
}
