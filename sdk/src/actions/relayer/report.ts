import type { StelaiClient } from "../../client.ts";
import { relayerRequest } from "../../internal/http.ts";
import type { Report } from "../../wire.ts";

/** What is reported: a character or a work, or with `reviewBy` a review of it by that account. */
export type ReportParameters = Omit<Report, "characterId" | "workId"> &
  ({ characterId: bigint; workId?: never } | { workId: bigint; characterId?: never });

/**
 * Reports a character, one of its answers, a work, or a review to the operator; moderators see it in their queue.
 * @throws RateLimitedError, InvalidRequestError; NotFoundError when there is no such work or character.
 *
 * @example
 * ```ts
 * await stelai.relayer.report({ characterId, reason: "impersonation", details: "…" });
 * ```
 */
export async function report(client: StelaiClient, parameters: ReportParameters): Promise<void> {
  await relayerRequest(client, { path: "/v1/reports", method: "POST", body: parameters });
}
