import { creditStoreAbi, inferenceMeterAbi, rewardsAbi, stelaiAbi } from "@stelai/sdk/abis";
import type {
  SignedGrant,
  SponsoredCode,
  SponsoredPurchase,
  SponsoredTab,
  SponsoredTopUp,
  sponsoredClosureSchema,
  sponsoredExtensionSchema,
  sponsoredRotationSchema,
} from "@stelai/sdk/wire";
import { toWire } from "@stelai/sdk/wire";
import { type Address, encodeFunctionData, type Hex, keccak256, stringToHex } from "viem";
import type * as z from "zod";
import type { Chain } from "../chain/index.ts";
import { available } from "../http.ts";
import { TabNotFoundError } from "../metering/errors.ts";
import { requireAmount, requireFee, requireTime } from "./conditions.ts";
import { SponsorRefusedError } from "./errors.ts";

/** What is sponsored; the last part of the endpoint's path. */
export const SPONSORED_KINDS = [
  ...(["purchases", "tabs", "top-ups", "extensions", "rotations", "closures"] as const),
  ...(["codes", "grants"] as const),
] as const;
export type SponsoredKind = (typeof SPONSORED_KINDS)[number];

/** A call that a payer agreed to and the operator may send. */
export type SponsoredCall = {
  kind: SponsoredKind;
  /** Who signed, and whose allowance it counts against. */
  account: Address;
  /** Hash of what was agreed to: the same agreement is sent once. */
  key: Hex;
  to: Address;
  data: Hex;
  /** Chain time, where the fee is waived: once in {@link FREE_OPENING_SECONDS} for an account. */
  freeAt?: bigint;
};

/** 30 days: how often an account that cannot pay the fee opens a tab of bonus credits without it. */
export const FREE_OPENING_SECONDS = 30n * 86_400n;

/** What the checks below go by. */
export type CallContext = {
  chain: Pick<Chain, "client" | "contracts">;
  operator: Address;
  /** Chain time in unix seconds. */
  time: bigint;
  purchaseFee: bigint;
  tabFee: bigint;
  minimumCap: bigint;
};

/** Buying a package for a payer. */
export function purchaseCall(
  context: CallContext,
  { order, authorization, sponsorship }: SponsoredPurchase,
): SponsoredCall {
  requireFee(sponsorship, context.purchaseFee, context.operator);
  requireTime(authorization.validBefore, context.time, "authorization.validBefore");
  const data = encodeFunctionData({
    abi: creditStoreAbi,
    functionName: "buyWithAuthorization",
    args: [order, authorization, sponsorship],
  });
  const account = authorization.from;
  const key = keyOf(["purchases", account, order, sponsorship]);
  return { kind: "purchases", account, key, to: context.chain.contracts.CreditStore, data };
}

/**
 * Opening a tab with this operator for a payer, with bonus credits if some are named. Who has nothing but bonus credits
 * cannot pay a fee, which is paid credits: then it is waived, now and then.
 */
export async function tabCall(
  context: CallContext,
  { opening, bonus, authorization, sponsorship }: SponsoredTab,
): Promise<SponsoredCall> {
  if (opening.operator.toLowerCase() !== context.operator.toLowerCase()) {
    const message = `The tab must be with this operator, ${context.operator}.`;
    throw new SponsorRefusedError("WrongOperator", message, "opening.operator", { needed: context.operator });
  }
  requireAmount(opening.cap, context.minimumCap, "opening.cap");
  const account = authorization.from;
  const isFree =
    bonus === opening.cap && sponsorship.fee === 0n && context.tabFee > 0n && (await cannotPay(context, account));
  if (!isFree) requireFee(sponsorship, context.tabFee, context.operator);
  requireTime(authorization.validBefore, context.time, "authorization.validBefore");
  requireTime(opening.expiry, context.time, "opening.expiry");
  const terms = { ...opening, cap: Number(opening.cap) };
  const data =
    bonus === undefined
      ? encodeFunctionData({
          abi: inferenceMeterAbi,
          functionName: "openWithAuthorization",
          args: [terms, authorization, sponsorship],
        })
      : encodeFunctionData({
          abi: inferenceMeterAbi,
          functionName: "openWithBonusAndAuthorization",
          args: [terms, Number(bonus), authorization, sponsorship],
        });
  const agreed = ["tabs", account, opening, sponsorship];
  const key = keyOf(bonus === undefined ? agreed : [...agreed, bonus]);
  const call = { kind: "tabs", account, key, to: context.chain.contracts.InferenceMeter, data } as const;
  return isFree ? { ...call, freeAt: context.time } : call;
}

/** Whether an account's paid credits are less than the fee. */
async function cannotPay({ chain, tabFee }: CallContext, account: Address): Promise<boolean> {
  const balance = await available(
    "The chain",
    chain.client.readContract({
      ...{ address: chain.contracts.Stelai, abi: stelaiAbi, functionName: "balanceOf", args: [account] },
    }),
  );
  return balance < tabFee;
}

/** Redeeming a promotion's code for an account; its key signed for it. The operator carries the fee. */
export function codeCall({ chain }: CallContext, { campaignId, account, signature }: SponsoredCode): SponsoredCall {
  const data = encodeFunctionData({
    abi: rewardsAbi,
    functionName: "redeemCode",
    args: [campaignId, account, signature],
  });
  const key = keyOf(["codes", campaignId, account, signature]);
  return { kind: "codes", account, key, to: chain.contracts.Rewards, data };
}

/** Claiming a contribution's bonus for its account, by the campaign's signer's word. The operator carries the fee. */
export function grantCall({ chain, time }: CallContext, { grant, signature }: SignedGrant): SponsoredCall {
  requireTime(grant.deadline, time, "grant.deadline");
  const data = encodeFunctionData({ abi: rewardsAbi, functionName: "claimGrant", args: [grant, signature] });
  const key = keyOf(["grants", grant, signature]);
  return { kind: "grants", account: grant.account, key, to: chain.contracts.Rewards, data };
}

/** Topping up a tab of this operator for its payer. */
export function topUpCall(context: CallContext, body: SponsoredTopUp): SponsoredCall {
  const { tabId, amount, authorization, sponsorship } = body;
  requireAmount(amount, context.minimumCap, "amount");
  requireFee(sponsorship, context.tabFee, context.operator);
  requireTime(authorization.validBefore, context.time, "authorization.validBefore");
  const data = encodeFunctionData({
    abi: inferenceMeterAbi,
    functionName: "topUpWithAuthorization",
    args: [context.operator, tabId, Number(amount), authorization, sponsorship],
  });
  const account = authorization.from;
  const key = keyOf(["top-ups", account, tabId, amount, sponsorship]);
  return { kind: "top-ups", account, key, to: context.chain.contracts.InferenceMeter, data };
}

/** Letting a tab serve longer, by its payer's signature. */
export async function extensionCall(
  context: CallContext,
  body: z.output<typeof sponsoredExtensionSchema>,
): Promise<SponsoredCall> {
  requireTime(body.expiry, context.time, "expiry");
  const data = encodeFunctionData({
    abi: inferenceMeterAbi,
    functionName: "extendBySignature",
    args: [context.operator, body.tabId, body.expiry, body.deadline, body.signature],
  });
  return requestCall(context, "extensions", body, data);
}

/** Giving a tab another session key, by its payer's signature. */
export async function rotationCall(
  context: CallContext,
  body: z.output<typeof sponsoredRotationSchema>,
): Promise<SponsoredCall> {
  const data = encodeFunctionData({
    abi: inferenceMeterAbi,
    functionName: "rotateBySignature",
    args: [context.operator, body.tabId, body.sessionKey, body.deadline, body.signature],
  });
  return requestCall(context, "rotations", body, data);
}

/** Asking to close a tab, by its payer's signature. */
export async function closureCall(
  context: CallContext,
  body: z.output<typeof sponsoredClosureSchema>,
): Promise<SponsoredCall> {
  const data = encodeFunctionData({
    abi: inferenceMeterAbi,
    functionName: "requestCloseBySignature",
    args: [context.operator, body.tabId, body.deadline, body.signature],
  });
  return requestCall(context, "closures", body, data);
}

/** What the three requests by signature have in common. They pay no fee, hence the smallest cap. */
async function requestCall(
  { chain, operator, time, minimumCap }: CallContext,
  kind: SponsoredKind,
  body: { tabId: bigint; deadline: bigint; signature: Hex },
  data: Hex,
): Promise<SponsoredCall> {
  requireTime(body.deadline, time, "deadline");
  const meter = { abi: inferenceMeterAbi, address: chain.contracts.InferenceMeter } as const;
  const count = await available(
    "The chain",
    chain.client.readContract({ ...meter, functionName: "tabCount", args: [operator] }),
  );
  if (body.tabId === 0n || body.tabId > count) throw new TabNotFoundError(body.tabId);
  const tab = await available(
    "The chain",
    chain.client.readContract({ ...meter, functionName: "tabOf", args: [operator, body.tabId] }),
  );
  requireAmount(BigInt(tab.cap), minimumCap, "tabId");
  // The signature is part of the key: a payer may ask for the same again under the next nonce.
  return { kind, account: tab.payer, key: keyOf([kind, operator, body]), to: meter.address, data };
}

function keyOf(agreement: readonly unknown[]): Hex {
  return keccak256(stringToHex(toWire(agreement).toLowerCase()));
}
