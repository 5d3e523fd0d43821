import type { Stelai } from "../compose.ts";
import { type Input, type TransactionOptions, useAction, useTransaction } from "./transaction.ts";

type Access = Stelai["access"];
type Characters = Stelai["characters"];
type Reviews = Stelai["reviews"];

/** Pays a month or a year of a character. */
export function useSubscribe(options?: TransactionOptions) {
  return useTransaction((stelai, input: Input<Access["subscribe"]>) => stelai.access.subscribe(input), {
    ...options,
    name: "useSubscribe",
  });
}

/** Buys a character for good. */
export function useBuyLifetime(options?: TransactionOptions) {
  return useTransaction((stelai, input: Input<Access["buyLifetime"]>) => stelai.access.buyLifetime(input), {
    ...options,
    name: "useBuyLifetime",
  });
}

/** Gives a pass to someone. */
export function useGift(options?: TransactionOptions) {
  return useTransaction((stelai, input: Input<Access["gift"]>) => stelai.access.gift(input), {
    ...options,
    name: "useGift",
  });
}

/** Ends what a pass has left with its refund and subscribes anew, in one transaction. */
export function useSwitchPlan(options?: TransactionOptions) {
  return useTransaction((stelai, input: Input<Access["switchPlan"]>) => stelai.access.switchPlan(input), {
    ...options,
    name: "useSwitchPlan",
  });
}

/** Agrees that a pass renews, or to another price. */
export function useSetRenewal(options?: TransactionOptions) {
  return useTransaction((stelai, input: Input<Access["setRenewal"]>) => stelai.access.setRenewal(input), {
    ...options,
    name: "useSetRenewal",
  });
}

/** Lets a pass end with what is paid for. */
export function useCancelAtPeriodEnd(options?: TransactionOptions) {
  type Cancel = Input<Access["cancelAtPeriodEnd"]>;
  return useTransaction((stelai, input: Cancel) => stelai.access.cancelAtPeriodEnd(input), {
    ...options,
    name: "useCancelAtPeriodEnd",
  });
}

/** Ends a pass now, with its refund; the result has `refund`. */
export function useCancelNow(options?: TransactionOptions) {
  return useTransaction((stelai, input: Input<Access["cancelNow"]>) => stelai.access.cancelNow(input), {
    ...options,
    name: "useCancelNow",
  });
}

/** Renews what is due, of whomever. */
export function useRenew(options?: TransactionOptions) {
  return useTransaction((stelai, input: Input<Access["renew"]>) => stelai.access.renew(input), {
    ...options,
    name: "useRenew",
  });
}

/** Moves what of a character's passes vested to Payouts. */
export function useHarvest(options?: TransactionOptions) {
  return useTransaction((stelai, input: Input<Access["harvest"]>) => stelai.access.harvest(input), {
    ...options,
    name: "useHarvest",
  });
}

/** Sets what a contract may take of the wallet's credits; 0 revokes it. */
export function useSetAllowance(options?: TransactionOptions) {
  return useTransaction((stelai, input: Input<Access["setAllowance"]>) => stelai.access.setAllowance(input), {
    ...options,
    name: "useSetAllowance",
  });
}

/** Puts accounts on a private character's allow list, or takes them off. */
export function useSetAllowed(options?: TransactionOptions) {
  return useTransaction((stelai, input: Input<Characters["setAllowed"]>) => stelai.characters.setAllowed(input), {
    ...options,
    name: "useSetAllowed",
  });
}

/** Signs an invite to a private character; nothing is sent. */
export function useCreateInvite() {
  return useAction((stelai, input: Input<Characters["createInvite"]>) => stelai.characters.createInvite(input), {
    name: "useCreateInvite",
  });
}

/** Redeems an invite. */
export function useRedeemInvite(options?: TransactionOptions) {
  type Redeem = Input<Characters["redeemInvite"]>;
  return useTransaction((stelai, input: Redeem) => stelai.characters.redeemInvite(input), {
    ...options,
    name: "useRedeemInvite",
  });
}

/** Revokes invites before they are redeemed. */
export function useRevokeInvites(options?: TransactionOptions) {
  type Revoke = Input<Characters["revokeInvites"]>;
  return useTransaction((stelai, input: Revoke) => stelai.characters.revokeInvites(input), {
    ...options,
    name: "useRevokeInvites",
  });
}

/** Revokes all invites that were signed so far. */
export function useRevokeAllInvites(options?: TransactionOptions) {
  type Revoke = Input<Characters["revokeAllInvites"]>;
  return useTransaction((stelai, input: Revoke) => stelai.characters.revokeAllInvites(input), {
    ...options,
    name: "useRevokeAllInvites",
  });
}

/** Reviews a character, or changes the wallet's review. */
export function useReview(options?: TransactionOptions) {
  return useTransaction((stelai, input: Input<Reviews["review"]>) => stelai.reviews.review(input), {
    ...options,
    name: "useReview",
  });
}

/** Takes the wallet's review back. */
export function useWithdrawReview(options?: TransactionOptions) {
  return useTransaction((stelai, input: Input<Reviews["withdraw"]>) => stelai.reviews.withdraw(input), {
    ...options,
    name: "useWithdrawReview",
  });
}

/** Answers a review. */
export function useReply(options?: TransactionOptions) {
  return useTransaction((stelai, input: Input<Reviews["reply"]>) => stelai.reviews.reply(input), {
    ...options,
    name: "useReply",
  });
}
