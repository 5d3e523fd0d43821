import type { StelaiClient } from "../../client.ts";
import { relayerRequest } from "../../internal/http.ts";
import { viewerHeaders } from "../../internal/viewer.ts";
import type { TabSession } from "../../tab/session.ts";
import type { GenerationList, GenerationStatus } from "../../wire.ts";
import { modelId } from "../characters/getModel.ts";
import type { MadeModality } from "./media.ts";

export type ListGenerationsParameters = {
  modality?: MadeModality | undefined;
  status?: GenerationStatus | undefined;
  /** Of one tool. */
  characterId?: bigint | undefined;
  /** `next` of the page before. */
  before?: string | undefined;
  limit?: number | undefined;
  /** Lists what this tab paid for, where nobody is signed in. */
  session?: TabSession | undefined;
  signal?: AbortSignal | undefined;
};
export type ListGenerationsReturnType = GenerationList;

/**
 * The generations of the account that is signed in, or of a tab, newest first, page by page. One that goes on is
 * followed, and its receipt settled, by {@link waitForGeneration}.
 * @throws NotSignedInError without an account and a session.
 *
 * @example
 * ```ts
 * const { data, next } = await stelai.generate.listGenerations({ modality: "Image", limit: 24 });
 * ```
 */
export async function listGenerations(
  client: StelaiClient,
  parameters: ListGenerationsParameters = {},
): Promise<ListGenerationsReturnType> {
  const { modality, status, characterId, before, limit, session, signal } = parameters;
  const model = characterId === undefined ? undefined : modelId(characterId);
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries({ modality, status, model, before, limit })) {
    if (value !== undefined) query.set(name, String(value));
  }
  const headers = await viewerHeaders(client, session);
  return relayerRequest(client, { path: `/v1/generations?${query}`, headers, signal });
}
