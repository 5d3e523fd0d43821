import type { StelaiClient } from "../../client.ts";
import { relayerRequest } from "../../internal/http.ts";
import type { Votes } from "../../wireMarket.ts";

/** What reviews are of. */
export type ReviewSubject = `character:${bigint}` | `work:${bigint}`;

export type GetVotesParameters = { subject: ReviewSubject; signal?: AbortSignal | undefined };
export type GetVotesReturnType = Votes;

/**
 * How many find which reviews helpful with this operator, and which of them the account signed in does.
 *
 * @example
 * ```ts
 * const { votes, mine } = await stelai.reviews.getVotes({ subject: `work:${workId}` });
 * ```
 */
export async function getVotes(
  client: StelaiClient,
  { subject, signal }: GetVotesParameters,
): Promise<GetVotesReturnType> {
  return relayerRequest(client, { path: `/v1/votes/${subject}`, signedIn: true, signal });
}
