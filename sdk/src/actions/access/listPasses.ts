import type { Address, Hash } from "viem";
import { requireWallet, type StelaiClient } from "../../client.ts";
import { indexerRequest } from "../../internal/indexer.ts";
import type { Plan } from "./plan.ts";

export type ListPassesParameters = {
  /** The wallet itself when absent. */
  account?: Address | undefined;
  signal?: AbortSignal | undefined;
};

/** One period that was paid for; money in microcredits, times in Unix seconds. */
export type PassPeriod = {
  plan: Plan;
  price: bigint;
  start: bigint;
  /** 0 for a lifetime. */
  until: bigint;
  payer: Address;
  transaction: Hash;
};

/** One pass of an account; money in microcredits, times in Unix seconds. */
export type Pass = {
  characterId: bigint;
  active: boolean;
  lifetime: boolean;
  /** When the account first held it. */
  since: bigint;
  until: bigint;
  /** What it renews as, or was paid for last; null when there is none. */
  plan: Plan | null;
  mandate: bigint;
  /** By whomever, and what came back. */
  paid: bigint;
  refunded: bigint;
  /** Whether somebody else paid for some of it. */
  gifted: boolean;
  periods: PassPeriod[];
};
export type ListPassesReturnType = Pass[];

/**
 * Every pass that an account holds or held, from the index.
 * @throws IndexerUrlMissingError, IndexerError; WalletRequiredError when neither account nor wallet is given.
 *
 * @example
 * ```ts
 * const passes = await stelai.access.listPasses();
 * ```
 */
export async function listPasses(
  client: StelaiClient,
  { account = requireWallet(client).account.address, signal }: ListPassesParameters = {},
): Promise<ListPassesReturnType> {
  const integers = "characterId since until mandate paid refunded price start";
  const path = `/accounts/${account}/passes`;
  return (await indexerRequest<{ passes: Pass[] }>(client, { path, integers, signal })).passes;
}
