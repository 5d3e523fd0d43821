import type { StelaiClient } from "../../client.ts";
import { relayerRequest } from "../../internal/http.ts";

export type MarkReadParameters = {
  /** Id of the newest notification that was seen; older ones are read, too. */
  upTo: string;
};

/**
 * Marks notifications as read.
 * @throws NotSignedInError, InvalidRequestError.
 *
 * @example
 * ```ts
 * await stelai.relayer.markRead({ upTo: notifications[0].id });
 * ```
 */
export async function markRead(client: StelaiClient, { upTo }: MarkReadParameters): Promise<void> {
  await relayerRequest(client, { path: "/v1/notifications/read", method: "POST", body: { upTo }, signedIn: true });
}
