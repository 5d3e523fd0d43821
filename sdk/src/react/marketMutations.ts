import { useMutation } from "@tanstack/react-query";
import type { OpenFileParameters, OpenFileReturnType } from "../actions/market/index.ts";
import type { Stelai } from "../compose.ts";
import type { StelaiError } from "../errors/base.ts";
import { useStelai } from "./provider.ts";
import { type Input, type TransactionOptions, useAction, useTransaction } from "./transaction.ts";

type Market = Stelai["market"];
type Works = Stelai["works"];

/** Makes the wallet the creator of a work, with its offers; the result has the `workId`. */
export function useCreateWork(options?: TransactionOptions) {
  return useTransaction((stelai, input: Input<Works["create"]>) => stelai.works.create(input), {
    ...options,
    name: "useCreateWork",
  });
}

/** Changes a work's title, description, tags and preview. */
export function useSetWorkMetadata(options?: TransactionOptions) {
  return useTransaction((stelai, input: Input<Works["setMetadata"]>) => stelai.works.setMetadata(input), {
    ...options,
    name: "useSetWorkMetadata",
  });
}

/** Changes who earns the owner's part of a work; voids its offers. */
export function useSetWorkPayee(options?: TransactionOptions) {
  return useTransaction((stelai, input: Input<Works["setPayee"]>) => stelai.works.setPayee(input), {
    ...options,
    name: "useSetWorkPayee",
  });
}

/** Changes what derivatives may and owe. */
export function useSetDerivatives(options?: TransactionOptions) {
  return useTransaction((stelai, input: Input<Works["setDerivatives"]>) => stelai.works.setDerivatives(input), {
    ...options,
    name: "useSetDerivatives",
  });
}

/** Ends new sales of a work, or allows them again. */
export function useSetWorkSuspended(options?: TransactionOptions) {
  return useTransaction((stelai, input: Input<Works["setSuspended"]>) => stelai.works.setSuspended(input), {
    ...options,
    name: "useSetWorkSuspended",
  });
}

/** Gives a work away. */
export function useTransferWork(options?: TransactionOptions) {
  return useTransaction((stelai, input: Input<Works["transfer"]>) => stelai.works.transfer(input), {
    ...options,
    name: "useTransferWork",
  });
}

/** Has the operator keep a generation for sale. */
export function useDepositGeneration() {
  return useAction((stelai, input: Input<Works["depositGeneration"]>) => stelai.works.depositGeneration(input), {
    name: "useDepositGeneration",
  });
}

/** Deposits a file of one's own for sale, encrypted here. */
export function useDepositFile() {
  return useAction((stelai, input: Input<Works["depositFile"]>) => stelai.works.depositFile(input), {
    name: "useDepositFile",
  });
}

/** Offers licences of a work. */
export function useAddOffers(options?: TransactionOptions) {
  return useTransaction((stelai, input: Input<Market["addOffers"]>) => stelai.market.addOffers(input), {
    ...options,
    name: "useAddOffers",
  });
}

/** Closes offers to new buyers. */
export function useCloseOffers(options?: TransactionOptions) {
  return useTransaction((stelai, input: Input<Market["closeOffers"]>) => stelai.market.closeOffers(input), {
    ...options,
    name: "useCloseOffers",
  });
}

/**
 * Buys a licence into escrow; the result has the `licenceId`.
 *
 * @example
 * ```tsx
 * const buy = useBuyLicence();
 * buy.mutate({ offerId, price, termsHash });
 * ```
 */
export function useBuyLicence(options?: TransactionOptions) {
  return useTransaction((stelai, input: Input<Market["buy"]>) => stelai.market.buy(input), {
    ...options,
    name: "useBuyLicence",
  });
}

/** Accepts what was delivered. */
export function useAcceptLicence(options?: TransactionOptions) {
  return useTransaction((stelai, input: Input<Market["accept"]>) => stelai.market.accept(input), {
    ...options,
    name: "useAcceptLicence",
  });
}

/** Disputes what was delivered. */
export function useDisputeLicence(options?: TransactionOptions) {
  return useTransaction((stelai, input: Input<Market["dispute"]>) => stelai.market.dispute(input), {
    ...options,
    name: "useDisputeLicence",
  });
}

/** Ends orders that time has decided. */
export function useConcludeLicences(options?: TransactionOptions) {
  return useTransaction((stelai, input: Input<Market["conclude"]>) => stelai.market.conclude(input), {
    ...options,
    name: "useConcludeLicences",
  });
}

/** Decides a dispute. */
export function useResolveDispute(options?: TransactionOptions) {
  return useTransaction((stelai, input: Input<Market["resolve"]>) => stelai.market.resolve(input), {
    ...options,
    name: "useResolveDispute",
  });
}

/** Gives a licence away. */
export function useTransferLicence(options?: TransactionOptions) {
  return useTransaction((stelai, input: Input<Market["transferLicence"]>) => stelai.market.transferLicence(input), {
    ...options,
    name: "useTransferLicence",
  });
}

/** Offers a licence or a work for resale. */
export function useListToken(options?: TransactionOptions) {
  return useTransaction((stelai, input: Input<Market["list"]>) => stelai.market.list(input), {
    ...options,
    name: "useListToken",
  });
}

/** Takes a listing back. */
export function useDelistToken(options?: TransactionOptions) {
  return useTransaction((stelai, input: Input<Market["delist"]>) => stelai.market.delist(input), {
    ...options,
    name: "useDelistToken",
  });
}

/** Buys a listed licence or work. */
export function useBuyListed(options?: TransactionOptions) {
  return useTransaction((stelai, input: Input<Market["buyListed"]>) => stelai.market.buyListed(input), {
    ...options,
    name: "useBuyListed",
  });
}

/** Opens a licensed file: gets, decrypts and checks it. Nothing else is read again for it. */
export function useOpenFile() {
  const stelai = useStelai();
  return useMutation<OpenFileReturnType, StelaiError, OpenFileParameters>({
    mutationFn: (input) => stelai.market.openFile(input),
  });
}
