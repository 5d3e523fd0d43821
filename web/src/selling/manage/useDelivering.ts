import { useIsDeposited, useOperator } from "@stelai/sdk/react";
import type { Address } from "viem";
import { type Delivering, deliveringOf } from "./delivering.ts";

const REFETCH_MS = 30_000;

/**
 * Whether this operator can deliver a work, and in whose name. Offers made here name it and nobody else: whom an owner of
 * before named has no part in what is sold now.
 */
export function useDelivering(workId: bigint): Delivering & { readonly again: () => void } {
  const operator = useOperator();
  const deposited = useIsDeposited(workId, { refetchInterval: REFETCH_MS });
  const attestor: Address | undefined = operator.data?.operator;
  const again = () => {
    void operator.refetch();
    void deposited.refetch();
  };
  return { ...deliveringOf(attestor, deposited.data?.isDeposited, operator.error ?? deposited.error), again };
}
