import type { StelaiClient } from "../../client.ts";
import { relayerRequest } from "../../internal/http.ts";

export type UnshareParameters = { id: string };

/**
 * Ends a share: its address leads nowhere from then on. What others saved of it stays theirs.
 * @throws NotSignedInError, NotFoundError.
 *
 * @example
 * ```ts
 * await stelai.rewards.unshare({ id });
 * ```
 */
export async function unshare(client: StelaiClient, { id }: UnshareParameters): Promise<void> {
  await relayerRequest(client, { path: `/v1/shares/${encodeURIComponent(id)}`, method: "DELETE", signedIn: true });
}
