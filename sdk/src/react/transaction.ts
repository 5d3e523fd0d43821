import {
  type QueryClient,
  type QueryKey,
  type UseMutationResult,
  useMutation,
  useQueryClient,
} from "@tanstack/react-query";
import { useState } from "react";
import type { Hash, TransactionReceipt } from "viem";
import type { Stelai } from "../compose.ts";
import type { StelaiError } from "../errors/base.ts";
import type { Sent } from "../internal/send.ts";
import type { StepOptions } from "../internal/sendBatch.ts";
import type { MutationName } from "./changes.ts";
import { type Expectation, expectationsOf } from "./expectations.ts";
import { useStelai } from "./provider.ts";
import { mutationKey, stelaiKey, useInvalidateAfter } from "./query.ts";

/** Where a transaction is: asked of the wallet, sent, mined, or failed. */
export type TransactionStage = "idle" | "wallet" | "sent" | "confirmed" | "failed";

/** What the wallet is asked for now, of how many: an allowance, the act itself, or both in one batch. */
export type TransactionStep = Parameters<NonNullable<StepOptions["onStep"]>>[0];

/** A mutation that ends when its transaction is mined; its hash and stage are there as soon as they are. */
export type TransactionMutation<parameters, result> = UseMutationResult<
  result & { receipt: TransactionReceipt },
  StelaiError,
  parameters
> & {
  hash: Hash | undefined;
  stage: TransactionStage;
  /** Where the wallet is asked more than once: "1 of 2". Undefined before it is asked. */
  step: TransactionStep | undefined;
};

/** What a hook that sends a transaction may be told. */
export type TransactionOptions = {
  /** Told the hash as soon as there is one: a transaction outlives its page. */
  onSent?: ((hash: Hash) => void) | undefined;
};

type Changing<parameters> = {
  /** Whose entry in `CHANGES` says what is read again; everything where there is none. */
  name?: MutationName | undefined;
  /** What is shown at once; this package's own mutations have theirs. */
  expect?: ((stelai: Stelai, parameters: parameters) => readonly Expectation[]) | undefined;
};

type Action<parameters, result> = (
  stelai: Stelai,
  parameters: parameters,
  onStep: (step: TransactionStep) => void,
) => Promise<Sent<result>>;

/** What was shown before, to be shown again. */
type Before = { shown: [QueryKey, unknown][] };

/** Shows what is expected; gives back what was shown before. */
async function anticipate(queries: QueryClient, stelai: Stelai, expectations: readonly Expectation[]): Promise<Before> {
  const keys = expectations.map(({ of }) => stelaiKey(stelai, ...of));
  // What is being read now would tell of before.
  await Promise.all(keys.map((queryKey) => queries.cancelQueries({ queryKey })));
  const shown = keys.flatMap((queryKey) => queries.getQueriesData({ queryKey }));
  expectations.forEach(({ show }, index) => {
    const queryKey = keys[index] ?? [];
    queries.setQueriesData({ queryKey }, (now: unknown) => (now === undefined ? undefined : show(now as never)));
  });
  return { shown };
}

function useChange<parameters, result>(
  run: (parameters: parameters) => Promise<result>,
  { name, expect }: Changing<parameters>,
): UseMutationResult<result, StelaiError, parameters, Before> {
  const stelai = useStelai();
  const queries = useQueryClient();
  const invalidate = useInvalidateAfter();
  return useMutation<result, StelaiError, parameters, Before>({
    mutationFn: run,
    ...(name && { mutationKey: mutationKey(stelai, name) }),
    onMutate: async (parameters) =>
      anticipate(queries, stelai, expect?.(stelai, parameters) ?? expectationsOf(name, stelai, parameters)),
    onError: (_error, _parameters, before) => {
      for (const [key, data] of before?.shown ?? []) queries.setQueryData(key, data);
    },
    onSettled: () => invalidate(name),
  });
}

/**
 * Sends a transaction and follows it; afterwards everything that it may have changed is read again.
 *
 * @example
 * ```ts
 * const reclaim = useTransaction((stelai, tabId: bigint) => stelai.tab.reclaim({ operator, tabId }));
 * ```
 */
export function useTransaction<parameters, result>(
  action: Action<parameters, result>,
  { onSent, ...changing }: TransactionOptions & Changing<parameters> = {},
): TransactionMutation<parameters, result> {
  const stelai = useStelai();
  const [hash, setHash] = useState<Hash>();
  const [step, setStep] = useState<TransactionStep>();
  const mutation = useChange<parameters, result & { receipt: TransactionReceipt }>(async (parameters) => {
    setHash(undefined);
    setStep(undefined);
    const sent = await action(stelai, parameters, setStep);
    setHash(sent.hash);
    onSent?.(sent.hash);
    return sent.wait();
  }, changing);
  const waiting: TransactionStage = hash === undefined ? "wallet" : "sent";
  const stages = { idle: "idle", pending: waiting, success: "confirmed", error: "failed" } as const;
  return { ...mutation, hash, step, stage: stages[mutation.status] } as TransactionMutation<parameters, result>;
}

/** Does what is no transaction of the wallet; afterwards everything that it may have changed is read again. */
export function useAction<parameters, result>(
  action: (stelai: Stelai, parameters: parameters) => Promise<result>,
  changing: Changing<parameters> = {},
): UseMutationResult<result, StelaiError, parameters> {
  const stelai = useStelai();
  const mutation = useChange<parameters, result>((parameters) => action(stelai, parameters), changing);
  return mutation as UseMutationResult<result, StelaiError, parameters>;
}

/** What a bound action takes. */
export type Input<action> = action extends (parameters: infer parameters) => unknown ? NonNullable<parameters> : never;
