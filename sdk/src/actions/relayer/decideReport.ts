import type { StelaiClient } from "../../client.ts";
import { MODERATION_ERRORS } from "../../errors/relayerEndpoints.ts";
import { relayerRequest } from "../../internal/http.ts";
import type { QueuedReport } from "../../wireMarket.ts";

export type DecideReportParameters = {
  id: string;
  /** `open` opens it again. */
  state: QueuedReport["state"];
  /** For the other moderators; none when absent. */
  note?: string | undefined;
};

/**
 * Closes a report, or opens it again. Suspending what it is about is a transaction of its own (`works.setSuspended`). Role
 * MODERATOR.
 * @throws NotModeratorError, NotFoundError, NotSignedInError.
 *
 * @example
 * ```ts
 * await stelai.relayer.decideReport({ id: report.id, state: "acted", note: "Suspended." });
 * ```
 */
export async function decideReport(client: StelaiClient, parameters: DecideReportParameters): Promise<void> {
  const { id, state, note = "" } = parameters;
  const request = { path: `/v1/moderation/reports/${encodeURIComponent(id)}`, method: "POST" } as const;
  await relayerRequest(client, { ...request, body: { state, note }, signedIn: true, errors: MODERATION_ERRORS });
}
