import type { StelaiClient } from "../../client.ts";
import { relayerRequest } from "../../internal/http.ts";
import type { Report } from "../../wire.ts";

export type ReportParameters = Omit<Report, "characterId"> & { characterId: bigint };

/**
 * Reports a character or one of its answers to the operator.
 * @throws RateLimitedError, InvalidRequestError.
 *
 * @example
 * ```ts
 * await stelai.relayer.report({ characterId, reason: "impersonation", details: "…" });
 * ```
 */
export async function report(client: StelaiClient, parameters: ReportParameters): Promise<void> {
  await relayerRequest(client, { path: "/v1/reports", method: "POST", body: parameters });
}
