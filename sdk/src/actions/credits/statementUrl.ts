import type { Address } from "viem";
import type { StelaiClient } from "../../client.ts";
import { IndexerUrlMissingError } from "../../errors/client.ts";
import { queryOf } from "../../internal/indexer.ts";

/** Whose credit statement, and of which days. */
export type StatementRange = {
  account: Address;
  /** Inclusive UTC days, `YYYY-MM-DD`; without them from the beginning, until today. */
  from?: string | undefined;
  to?: string | undefined;
};

/**
 * The address of an account's dated statement as CSV: credits and USD, as paid and at the floor, both balances after each
 * line, earnings and claims.
 * @throws IndexerUrlMissingError.
 *
 * @example
 * ```ts
 * link.href = stelai.credits.statementUrl({ account, from: "2027-01-01", to: "2027-01-31" });
 * ```
 */
export function statementUrl(client: StelaiClient, { account, from, to }: StatementRange): string {
  if (client.indexerUrl === undefined) throw new IndexerUrlMissingError();
  return `${client.indexerUrl.replace(/\/$/, "")}/accounts/${account}/credits.csv${queryOf({ from, to })}`;
}
