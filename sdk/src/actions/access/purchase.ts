import { type Address, encodeAbiParameters, type Hex, type TransactionReceipt } from "viem";
import { requireWallet, type StelaiClient } from "../../client.ts";
import {
  characterAccessPassBoughtEvent,
  stelaiApproveAndCall3,
  stelaiTransferAndCall3,
} from "../../generated/fragments.ts";
import { eventArguments } from "../../internal/events.ts";
import type { SignedInvite } from "../../internal/invite.ts";
import { allowanceOf, atMostUint256 } from "../../internal/passes.ts";
import { encodeRedemption } from "../../internal/redemption.ts";
import { type Sent, send } from "../../internal/send.ts";
import { WEI_PER_MICROCREDIT } from "../../pricing.ts";
import { getTerms } from "../characters/getTerms.ts";
import { getAccess } from "./getAccess.ts";
import { PLANS, type Plan, planOf, priceOf } from "./plan.ts";

/** What every purchase of a pass may say. */
export type PurchaseOptions = {
  /**
   * The most it may cost, in microcredits. When absent it is the price now, read in the action: a page must give the price
   * that it showed, or it sells for one that nobody saw.
   */
  maxPrice?: bigint | undefined;
  /** Leave to use a private character, redeemed in the same transaction. */
  invite?: SignedInvite | undefined;
};

/** What a subscription says besides. */
export type RenewalOptions = {
  /** Whether it goes on after the period until it is cancelled, each time for at most `maxPrice`. */
  renews: boolean;
  /**
   * What renewals may take once this is paid, in microcredits; all subscriptions of an account share it. Give what the
   * page showed, from `allowanceAfter`. When absent, the renewals ahead are added to what is allowed now, which piles up
   * over purchases.
   */
  allowance?: bigint | undefined;
  /** How many renewals are added when `allowance` is absent: 12 months or 1 year when absent, too. */
  renewalsAhead?: bigint | undefined;
};

/** What was bought; money in microcredits, times in Unix seconds. */
export type PassBought = {
  characterId: bigint;
  account: Address;
  payer: Address;
  plan: Plan;
  price: bigint;
  /** When the period begins: at once, or when the one that runs ends. */
  start: bigint;
  /** When it ends; 0 for a lifetime. */
  until: bigint;
  /** The monthly price that an early end of a year is priced with. */
  monthly: bigint;
};

type Purchase = PurchaseOptions & {
  characterId: bigint;
  account?: Address | undefined;
  plan: Plan;
  renews?: boolean | undefined;
  replaces?: boolean | undefined;
  allowance?: bigint | undefined;
  renewalsAhead?: bigint | undefined;
};

/** `ICharacterAccess.Purchase`: it is in no function's inputs, only in the data of ERC-1363. */
const PURCHASE = [
  {
    type: "tuple",
    components: [
      { name: "characterId", type: "uint256" },
      { name: "account", type: "address" },
      { name: "plan", type: "uint8" },
      { name: "maxPrice", type: "uint40" },
      { name: "renews", type: "bool" },
      { name: "replaces", type: "bool" },
      { name: "invite", type: "bytes" },
    ],
  },
] as const;

/**
 * Sends a purchase as one transaction without an allowance of before: `transferAndCall` of the price where nothing
 * renews, else `approveAndCall` of this price and what renewals may take after it.
 */
export async function purchase(client: StelaiClient, wanted: Purchase): Promise<Sent<PassBought>> {
  const payer = requireWallet(client).account.address;
  const { CharacterAccess, Stelai } = client.deployment.contracts;
  const { characterId, plan, account = payer, renews = false, replaces = false } = wanted;
  const [maxPrice, invite, refundable] = await Promise.all([
    wanted.maxPrice ?? getTerms(client, { characterId }).then(({ terms }) => priceOf(terms, plan)),
    wanted.invite ? encodeRedemption(client, wanted.invite, account) : ("0x" as Hex),
    replaces ? getAccess(client, { characterId, account }).then((access) => access.refundable) : 0n,
  ]);
  const data = encodeAbiParameters(PURCHASE, [
    { characterId, account, plan: PLANS.indexOf(plan), maxPrice: Number(maxPrice), renews, replaces, invite },
  ]);
  // A refund for what is replaced counts as paid.
  const due = maxPrice > refundable ? (maxPrice - refundable) * WEI_PER_MICROCREDIT : 0n;
  if (!renews) {
    const args = [CharacterAccess, due, data] as const;
    const call = { address: Stelai, abi: [stelaiTransferAndCall3], functionName: "transferAndCall", args } as const;
    return send(client, call, readPassBought(client));
  }
  const ahead = wanted.renewalsAhead ?? (plan === "Annual" ? 1n : 12n);
  const after =
    wanted.allowance === undefined
      ? (await allowanceOf(client, { owner: payer, spender: CharacterAccess })) + ahead * maxPrice * WEI_PER_MICROCREDIT
      : wanted.allowance * WEI_PER_MICROCREDIT;
  const args = [CharacterAccess, atMostUint256(due + after), data] as const;
  const call = { address: Stelai, abi: [stelaiApproveAndCall3], functionName: "approveAndCall", args } as const;
  return send(client, call, readPassBought(client));
}

/** Reads which pass a transaction bought. */
function readPassBought(client: StelaiClient) {
  return (receipt: TransactionReceipt): PassBought => {
    const found = eventArguments(receipt, client.deployment.contracts.CharacterAccess, characterAccessPassBoughtEvent);
    return {
      characterId: found.characterId,
      account: found.account,
      payer: found.payer,
      plan: planOf(found.plan),
      price: BigInt(found.price),
      start: BigInt(found.start),
      until: BigInt(found.until),
      monthly: BigInt(found.monthly),
    };
  };
}
