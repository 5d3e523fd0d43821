import type { StelaiClient } from "../../client.ts";
import { relayerRequest } from "../../internal/http.ts";
import type { NotificationKind } from "../../wire.ts";

export type SetMutedParameters = {
  /** All kinds that are not sent by push or mail; the feed shows them still. */
  kinds: readonly NotificationKind[];
};

/**
 * Says what is not sent by push or mail.
 * @throws NotSignedInError, InvalidRequestError.
 *
 * @example
 * ```ts
 * await stelai.relayer.setMuted({ kinds: ["review"] });
 * ```
 */
export async function setMuted(client: StelaiClient, { kinds }: SetMutedParameters): Promise<void> {
  await relayerRequest(client, { path: "/v1/notifications/muted", method: "PUT", body: { kinds }, signedIn: true });
}
