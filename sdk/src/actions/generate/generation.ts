import type { StelaiClient } from "../../client.ts";
import { GENERATION_ERRORS } from "../../errors/relayerEndpoints.ts";
import { type RelayerRequest, relayerResponse } from "../../internal/http.ts";
import { parseWire } from "../../internal/json.ts";
import { viewerHeaders } from "../../internal/viewer.ts";
import type { TabSession } from "../../tab/session.ts";

/** Which generation, and who asks for it. */
export type GenerationParameters = {
  id: string;
  /** Of the tab that paid; not needed by the account that paid, when it is signed in. */
  session?: TabSession | undefined;
  signal?: AbortSignal | undefined;
};

/** Asks for a generation as the account that is signed in, or as the session of the tab that paid. */
export async function generationResponse(
  client: StelaiClient,
  { id, session, signal }: GenerationParameters,
  path = "",
  method: RelayerRequest["method"] = "GET",
): Promise<Response> {
  const headers = await viewerHeaders(client, session);
  const request = { path: `/v1/generations/${encodeURIComponent(id)}${path}`, method, headers, signal };
  return relayerResponse(client, { ...request, errors: GENERATION_ERRORS });
}

/** {@link generationResponse}, its JSON read. */
export async function generationRequest<T>(...request: Parameters<typeof generationResponse>): Promise<T> {
  return parseWire<T>(await (await generationResponse(...request)).text());
}
