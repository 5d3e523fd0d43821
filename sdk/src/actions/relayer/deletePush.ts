import type { StelaiClient } from "../../client.ts";
import { relayerRequest } from "../../internal/http.ts";

export type DeletePushParameters = { endpoint: string };

/**
 * Sends nothing more to a browser.
 * @throws NotSignedInError.
 *
 * @example
 * ```ts
 * await stelai.relayer.deletePush({ endpoint: subscription.endpoint });
 * ```
 */
export async function deletePush(client: StelaiClient, { endpoint }: DeletePushParameters): Promise<void> {
  await relayerRequest(client, { path: "/v1/push", method: "DELETE", body: { endpoint }, signedIn: true });
}
