import { decodeError, StelaiError } from "@stelai/sdk";
import type { ExplainedError } from "../signing/terms.ts";

const MONEY = { no: "untouched", yes: "moved", unknown: "unknown" } as const;

/** Any failure of the SDK, a wallet or the chain in words: what happened, whether money moved, what to do. */
export function explain(error: unknown): ExplainedError {
  const typed = error instanceof StelaiError ? error : decodeError(error);
  const cause = typed.cause instanceof Error ? typed.cause.message : undefined;
  return {
    what: typed.what,
    money: MONEY[typed.moneyMoved],
    todo: typed.remedy || undefined,
    technical: cause,
  };
}
