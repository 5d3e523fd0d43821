import type { StelaiClient } from "../../client.ts";
import { relayerRequest } from "../../internal/http.ts";

export type SetMailParameters = {
  /** Where to; null for no mail. */
  address: string | null;
};

/**
 * Has notifications sent by mail, once the address is confirmed by the link in a first one.
 * @throws NotSignedInError, InvalidRequestError, RateLimitedError.
 *
 * @example
 * ```ts
 * await stelai.relayer.setMail({ address: "ann@example.org" });
 * ```
 */
export async function setMail(client: StelaiClient, { address }: SetMailParameters): Promise<void> {
  await relayerRequest(client, { path: "/v1/mail", method: "PUT", body: { address }, signedIn: true });
}
