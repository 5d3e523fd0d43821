import type { Hash } from "viem";
import type { StelaiClient } from "../client.ts";
import { SPONSOR_ERRORS } from "../errors/relayerEndpoints.ts";
import { relayerRequest } from "./http.ts";
import { type ReadReceipt, type Sent, sent } from "./sent.ts";

/** Has the relayer send what the payer signed: `POST /v1/sponsor/<what>`. */
export async function sendSponsored<result>(
  client: StelaiClient,
  what: "purchases" | "tabs" | "top-ups" | "extensions" | "rotations" | "closures" | "codes" | "grants",
  body: unknown,
  read: ReadReceipt<result>,
): Promise<Sent<result>> {
  const request = { path: `/v1/sponsor/${what}`, method: "POST", body, errors: SPONSOR_ERRORS } as const;
  const { transaction } = await relayerRequest<{ transaction: Hash }>(client, request);
  return sent(client, transaction, read);
}
