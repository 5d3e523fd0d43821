import type { Stelai } from "../compose.ts";
import { type Input, type TransactionOptions, useAction, useTransaction } from "./transaction.ts";

type Access = Stelai["access"];
type Characters = Stelai["characters"];
type Reviews = Stelai["reviews"];

/** Pays a month or a year of a character. */
export function useSubscribe(options?: TransactionOptions) {
  return useTransaction((stelai, input: Input<Access["subscribe"]>) => stelai.access.subscribe(input), options);
}

/** Buys a character for good. */
export function useBuyLifetime(options?: TransactionOptions) {
  return useTransaction((stelai, input: Input<Access["buyLifetime"]>) => stelai.access.buyLifetime(input), options);
}

/** Gives a pass to someone. */
export function useGift(options?: TransactionOptions) {
  return useTransaction((stelai, input: Input<Access["gift"]>) => stelai.access.gift(input), options);
}

/** Ends what a pass has left with its refund and subscribes anew, in one transaction. */
export function useSwitchPlan(options?: TransactionOptions) {
  return useTransaction((stelai, input: Input<Access["switchPlan"]>) => stelai.access.switchPlan(input), options);
}

/** Agrees that a pass renews, or to another price. */
export function useSetRenewal(options?: TransactionOptions) {
  return useTransaction((stelai, input: Input<Access["setRenewal"]>) => stelai.access.setRenewal(input), options);
}

/** Lets a pass end with what is paid for. */
export function useCancelAtPeriodEnd(options?: TransactionOptions) {
  type Cancel = Input<Access["cancelAtPeriodEnd"]>;
  return useTransaction((stelai, input: Cancel) => stelai.access.cancelAtPeriodEnd(input), options);
}

/** Ends a pass now, with its refund; the result has `refund`. */
export function useCancelNow(options?: TransactionOptions) {
  return useTransaction((stelai, input: Input<Access["cancelNow"]>) => stelai.access.cancelNow(input), options);
}

/** Renews what is due, of whomever. */
export function useRenew(options?: TransactionOptions) {
  return useTransaction((stelai, input: Input<Access["renew"]>) => stelai.access.renew(input), options);
}

/** Moves what of a character's passes vested to Payouts. */
export function useHarvest(options?: TransactionOptions) {
  return useTransaction((stelai, input: Input<Access["harvest"]>) => stelai.access.harvest(input), options);
}

/** Sets what a contract may take of the wallet's credits; 0 revokes it. */
export function useSetAllowance(options?: TransactionOptions) {
  return useTransaction((stelai, input: Input<Access["setAllowance"]>) => stelai.access.setAllowance(input), options);
}

/** Puts accounts on a private character's allow list, or takes them off. */
export function useSetAllowed(options?: TransactionOptions) {
  return useTransaction(
    (stelai, input: Input<Characters["setAllowed"]>) => stelai.characters.setAllowed(input),
    options,
  );
}

/** Signs an invite to a private character; nothing is sent. */
export function useCreateInvite() {
  return useAction((stelai, input: Input<Characters["createInvite"]>) => stelai.characters.createInvite(input));
}

/** Redeems an invite. */
export function useRedeemInvite(options?: TransactionOptions) {
  type Redeem = Input<Characters["redeemInvite"]>;
  return useTransaction((stelai, input: Redeem) => stelai.characters.redeemInvite(input), options);
}

/** Revokes invites before they are redeemed. */
export function useRevokeInvites(options?: TransactionOptions) {
  type Revoke = Input<Characters["revokeInvites"]>;
  return useTransaction((stelai, input: Revoke) => stelai.characters.revokeInvites(input), options);
}

/** Revokes all invites that were signed so far. */
export function useRevokeAllInvites(options?: TransactionOptions) {
  type Revoke = Input<Characters["revokeAllInvites"]>;
  return useTransaction((stelai, input: Revoke) => stelai.characters.revokeAllInvites(input), options);
}

/** Reviews a character, or changes the wallet's review. */
export function useReview(options?: TransactionOptions) {
  return useTransaction((stelai, input: Input<Reviews["review"]>) => stelai.reviews.review(input), options);
}

/** Takes the wallet's review back. */
export function useWithdrawReview(options?: TransactionOptions) {
  return useTransaction((stelai, input: Input<Reviews["withdraw"]>) => stelai.reviews.withdraw(input), options);
}

/** Answers a review. */
export function useReply(options?: TransactionOptions) {
  return useTransaction((stelai, input: Input<Reviews["reply"]>) => stelai.reviews.reply(input), options);
}
