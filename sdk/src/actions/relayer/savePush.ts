import type { StelaiClient } from "../../client.ts";
import { relayerRequest } from "../../internal/http.ts";
import type { PushSubscriptionJson } from "../../wire.ts";

/** `PushSubscription.toJSON()`, made with the `pushKey` of `getAccount`. */
export type SavePushParameters = PushSubscriptionJson;

/**
 * Has notifications sent to this browser by Web Push.
 * @throws NotSignedInError, InvalidRequestError.
 *
 * @example
 * ```ts
 * import type { PushSubscriptionJson } from "@stelai/sdk";
 * await stelai.relayer.savePush(subscription.toJSON() as PushSubscriptionJson);
 * ```
 */
export async function savePush(client: StelaiClient, { endpoint, keys }: SavePushParameters): Promise<void> {
  const body = { endpoint, keys: { p256dh: keys.p256dh, auth: keys.auth } };
  await relayerRequest(client, { path: "/v1/push", method: "PUT", body, signedIn: true });
}
