import { type UseMutationResult, useMutation } from "@tanstack/react-query";
import { useState } from "react";
import type { Hash, TransactionReceipt } from "viem";
import type { Stelai } from "../compose.ts";
import type { StelaiError } from "../errors/base.ts";
import type { Sent } from "../internal/send.ts";
import { useStelai } from "./provider.ts";
import { useInvalidate } from "./query.ts";

/** Where a transaction is: asked of the wallet, sent, mined, or failed. */
export type TransactionStage = "idle" | "wallet" | "sent" | "confirmed" | "failed";

/** A mutation that ends when its transaction is mined; its hash and stage are there as soon as they are. */
export type TransactionMutation<parameters, result> = UseMutationResult<
  result & { receipt: TransactionReceipt },
  StelaiError,
  parameters
> & { hash: Hash | undefined; stage: TransactionStage };

export type TransactionOptions = {
  /** Told the hash as soon as there is one: a transaction outlives its page. */
  onSent?: ((hash: Hash) => void) | undefined;
};

type Action<parameters, result> = (stelai: Stelai, parameters: parameters) => Promise<Sent<result>>;

/**
 * Sends a transaction and follows it; afterwards everything that it may have changed is read again.
 *
 * @example
 * ```ts
 * const reclaim = useTransaction((stelai, tab: TabReference) => stelai.tab.reclaim(tab));
 * ```
 */
export function useTransaction<parameters, result>(
  action: Action<parameters, result>,
  { onSent }: TransactionOptions = {},
): TransactionMutation<parameters, result> {
  const stelai = useStelai();
  const invalidate = useInvalidate();
  const [hash, setHash] = useState<Hash>();
  const mutation = useMutation<result & { receipt: TransactionReceipt }, StelaiError, parameters>({
    mutationFn: async (parameters) => {
      setHash(undefined);
      const sent = await action(stelai, parameters);
      setHash(sent.hash);
      onSent?.(sent.hash);
      return sent.wait();
    },
    onSettled: () => invalidate(),
  });
  const waiting: TransactionStage = hash === undefined ? "wallet" : "sent";
  const stages = { idle: "idle", pending: waiting, success: "confirmed", error: "failed" } as const;
  return { ...mutation, hash, stage: stages[mutation.status] };
}

/** Does what is no transaction of the wallet; afterwards everything that it may have changed is read again. */
export function useAction<parameters, result>(
  action: (stelai: Stelai, parameters: parameters) => Promise<result>,
): UseMutationResult<result, StelaiError, parameters> {
  const stelai = useStelai();
  const invalidate = useInvalidate();
  return useMutation<result, StelaiError, parameters>({
    mutationFn: (parameters) => action(stelai, parameters),
    onSettled: () => invalidate(),
  });
}

/** What a bound action takes. */
export type Input<action> = action extends (parameters: infer parameters) => unknown ? NonNullable<parameters> : never;
