import type { StelaiClient } from "../../client.ts";
import { forgetSignIn } from "../../internal/account.ts";
import { relayerResponse } from "../../internal/http.ts";

/**
 * Has the operator forget the account that is signed in, but for what money still needs; then this client is signed out.
 * What is on the chain stays.
 * @throws NotSignedInError.
 *
 * @example
 * ```ts
 * await stelai.relayer.deleteAccount();
 * ```
 */
export async function deleteAccount(client: StelaiClient): Promise<void> {
  await relayerResponse(client, { path: "/v1/account", method: "DELETE", signedIn: true });
  forgetSignIn(client);
}
