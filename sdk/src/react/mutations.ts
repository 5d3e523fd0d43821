import type { UseMutationResult } from "@tanstack/react-query";
import type { Stelai } from "../compose.ts";
import type { StelaiError } from "../errors/base.ts";
import type { TabSession } from "../tab/session.ts";
import { type TransactionOptions, useAction, useTransaction } from "./transaction.ts";

type Parameters<action> = action extends (parameters: infer parameters) => unknown ? parameters : never;

/** Buys credits: sponsored by one signature. */
export function useBuySponsored(options?: TransactionOptions) {
  type Input = Parameters<Stelai["credits"]["buySponsored"]>;
  return useTransaction((stelai, input: Input) => stelai.credits.buySponsored(input), {
    ...options,
    name: "useBuySponsored",
  });
}

/** Buys credits with a permit, from a wallet that has ETH. */
export function useBuyWithPermit(options?: TransactionOptions) {
  type Input = Parameters<Stelai["credits"]["buyWithPermit"]>;
  return useTransaction((stelai, input: Input, onStep) => stelai.credits.buyWithPermit({ onStep, ...input }), {
    ...options,
    name: "useBuyWithPermit",
  });
}

/** Redeems credits at the floor. */
export function useRedeem(options?: TransactionOptions) {
  type Input = Parameters<Stelai["credits"]["redeem"]>;
  return useTransaction((stelai, input: Input) => stelai.credits.redeem(input), { ...options, name: "useRedeem" });
}

/** Opens a tab with a session key in this browser; the result has the `session`. */
export function useOpenSession(options?: TransactionOptions) {
  type Input = Parameters<Stelai["tab"]["openSession"]>;
  return useTransaction((stelai, input: Input) => stelai.tab.openSession(input), {
    ...options,
    name: "useOpenSession",
  });
}

/** Gives a tab a new session key and takes over its books; the result has the `session`. */
export function useRotateSession(options?: TransactionOptions) {
  type Input = Parameters<Stelai["tab"]["rotateSession"]>;
  return useTransaction((stelai, input: Input) => stelai.tab.rotateSession(input), {
    ...options,
    name: "useRotateSession",
  });
}

/** Adds to a tab's cap, sponsored. */
export function useTopUp(options?: TransactionOptions) {
  type Input = Parameters<Stelai["tab"]["topUpSponsored"]>;
  return useTransaction((stelai, input: Input) => stelai.tab.topUpSponsored(input), { ...options, name: "useTopUp" });
}

/** Lets a tab serve longer, sponsored. */
export function useExtend(options?: TransactionOptions) {
  type Input = Parameters<Stelai["tab"]["extendSponsored"]>;
  return useTransaction((stelai, input: Input) => stelai.tab.extendSponsored(input), { ...options, name: "useExtend" });
}

/** Asks to close a tab without its operator. */
export function useRequestClose(options?: TransactionOptions) {
  type Input = Parameters<Stelai["tab"]["requestClose"]>;
  return useTransaction((stelai, input: Input) => stelai.tab.requestClose(input), {
    ...options,
    name: "useRequestClose",
  });
}

/** Pays a tab's rest back after the thaw. */
export function useReclaim(options?: TransactionOptions) {
  type Input = Parameters<Stelai["tab"]["reclaim"]>;
  return useTransaction((stelai, input: Input) => stelai.tab.reclaim(input), { ...options, name: "useReclaim" });
}

/** Publishes a character. */
export function useCreateCharacter(options?: TransactionOptions) {
  type Input = Parameters<Stelai["characters"]["create"]>;
  return useTransaction((stelai, input: Input) => stelai.characters.create(input), {
    ...options,
    name: "useCreateCharacter",
  });
}

/** Changes a character's prices. */
export function useSetTerms(options?: TransactionOptions) {
  type Input = Parameters<Stelai["characters"]["setTerms"]>;
  return useTransaction((stelai, input: Input) => stelai.characters.setTerms(input), {
    ...options,
    name: "useSetTerms",
  });
}

/** Moves what a character accrued to Payouts. */
export function useCollect(options?: TransactionOptions) {
  type Input = Parameters<Stelai["characters"]["collect"]>;
  return useTransaction((stelai, input: Input) => stelai.characters.collect(input), { ...options, name: "useCollect" });
}

/** Withdraws everything the wallet has earned. */
export function useClaim(options?: TransactionOptions) {
  type Input = NonNullable<Parameters<Stelai["payouts"]["claim"]>>;
  return useTransaction((stelai, input: Input) => stelai.payouts.claim(input), { ...options, name: "useClaim" });
}

/** Withdraws everything the wallet has earned and redeems it at the floor. */
export function useClaimAndRedeem(options?: TransactionOptions) {
  type Input = Parameters<Stelai["payouts"]["claimAndRedeem"]>;
  return useTransaction((stelai, input: Input) => stelai.payouts.claimAndRedeem(input), {
    ...options,
    name: "useClaimAndRedeem",
  });
}

/** Closes a tab together with its operator and waits until the rest is paid back; no wallet prompt. */
export function useCloseSession(): UseMutationResult<{ total: bigint }, StelaiError, TabSession> {
  return useAction<TabSession, { total: bigint }>(
    async (_stelai, session) => {
      const { total, wait } = await session.close();
      await wait();
      return { total };
    },
    { name: "useCloseSession" },
  );
}

/** Signs in at the relayer with the wallet; what needs the account is read again then. */
export function useSignIn() {
  type Input = Parameters<Stelai["relayer"]["signIn"]>;
  return useAction((stelai, input: Input) => stelai.relayer.signIn(input), { name: "useSignIn" });
}
