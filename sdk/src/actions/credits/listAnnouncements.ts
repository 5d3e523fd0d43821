import type { Address, Hash } from "viem";
import type { StelaiClient } from "../../client.ts";
import { indexerRequest, queryOf } from "../../internal/indexer.ts";

export type ListAnnouncementsParameters = { limit?: number | undefined; signal?: AbortSignal | undefined };

/** A change that a role announced; times in Unix seconds. */
export type Announcement = {
  operationId: Hash;
  /** The contract's name, as deployments have it. */
  target: string;
  /** Its selector when the contract has no such function; the change then comes to nothing. */
  functionName: string;
  /** In the order of the function, integers as decimal strings. */
  args: readonly unknown[];
  caller: Address;
  scheduledAt: bigint;
  /** From when it can be made, and before when. */
  readyAt: bigint;
  expiresAt: bigint;
  state: "waiting" | "ready" | "executed" | "cancelled" | "expired";
  executedAt: bigint | null;
};

export type ListAnnouncementsReturnType = { announcements: Announcement[] };

/**
 * What was announced for Stelai's contracts, the newest first, from the index: prices, plans, commission, roles. `roles.callOf`
 * makes the change of one of them again.
 * @throws IndexerUrlMissingError, IndexerError.
 *
 * @example
 * ```ts
 * const { announcements } = await stelai.credits.listAnnouncements();
 * const coming = announcements.filter(({ state }) => state === "waiting" || state === "ready");
 * ```
 */
export async function listAnnouncements(
  client: StelaiClient,
  { limit, signal }: ListAnnouncementsParameters = {},
): Promise<ListAnnouncementsReturnType> {
  const integers = "scheduledAt readyAt expiresAt executedAt";
  return indexerRequest(client, { path: `/announcements${queryOf({ limit })}`, integers, signal });
}
