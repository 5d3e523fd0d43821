import type { StelaiClient } from "../../client.ts";
import { MODERATION_ERRORS } from "../../errors/relayerEndpoints.ts";
import { relayerRequest } from "../../internal/http.ts";
import { queryOf } from "../../internal/indexer.ts";
import type { QueuedReport } from "../../wireMarket.ts";

export type ListReportsParameters = {
  /** All when absent. */
  state?: QueuedReport["state"] | undefined;
  /** Go on before this `next` of the page before. */
  before?: string | undefined;
  limit?: number | undefined;
  signal?: AbortSignal | undefined;
};
export type ListReportsReturnType = {
  reports: QueuedReport[];
  /** Goes on `before` this, or null at the end. */
  next: string | null;
};

/**
 * The operator's queue of reports about characters, works and reviews, for who holds the role MODERATOR on the chain. What
 * reporters wrote is theirs: show it as text, never as markup.
 * @throws NotModeratorError, NotSignedInError.
 *
 * @example
 * ```ts
 * const { reports, next } = await stelai.relayer.listReports({ state: "open" });
 * ```
 */
export async function listReports(
  client: StelaiClient,
  { signal, ...filters }: ListReportsParameters = {},
): Promise<ListReportsReturnType> {
  const path = `/v1/moderation/reports${queryOf(filters)}`;
  const request = { path, signedIn: true, signal, errors: MODERATION_ERRORS };
  const { reports, next } = await relayerRequest<ListReportsReturnType>(client, request);
  return {
    reports: reports.map((report) => ({ ...report, workId: report.workId === null ? null : BigInt(report.workId) })),
    next,
  };
}
