import type { AuditTabReturnType } from "@stelai/sdk";
import { useStelai } from "@stelai/sdk/react";
import { useCallback, useEffect, useRef, useState } from "react";
import type { Address } from "viem";
import type { Bill } from "./rows.ts";

/** Where a check is. */
export type Check =
  | { readonly at: "none" }
  | { readonly at: "loading"; readonly receipts: number }
  | { readonly at: "checking"; readonly receipt: number; readonly of: number }
  | { readonly at: "done"; readonly audit: AuditTabReturnType }
  | { readonly at: "failed"; readonly error: unknown };

/** Gets the newest statement before it is checked; told how many entries are here. */
export type Fetch = (onProgress: (entries: number) => void) => Promise<Bill>;

/** Checks a bill against the chain. `fetch` comes first, since the chain may have settled more than was loaded. */
export function useCheck(operator: Address, tabId: bigint, fetch: Fetch) {
  const stelai = useStelai();
  const [check, setCheck] = useState<Check>({ at: "none" });
  const runs = useRef(0);
  useEffect(
    () => () => {
      runs.current++;
    },
    [],
  );
  const start = useCallback(async () => {
    const run = ++runs.current;
    const show = (next: Check) => {
      if (run === runs.current) setCheck(next);
    };
    show({ at: "loading", receipts: 0 });
    try {
      const statement = await fetch((receipts) => show({ at: "loading", receipts }));
      const onProgress = (receipt: number, of: number) => show({ at: "checking", receipt, of });
      const audit = await stelai.statement.auditTab({ operator, tabId, statement, onProgress });
      show({ at: "done", audit });
    } catch (error) {
      show({ at: "failed", error });
    }
  }, [stelai, operator, tabId, fetch]);
  return { check, start };
}
