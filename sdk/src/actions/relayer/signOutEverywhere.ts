import type { StelaiClient } from "../../client.ts";
import { forgetSignIn } from "../../internal/account.ts";
import { relayerResponse } from "../../internal/http.ts";

/**
 * Ends every sign-in of the account at the relayer, with every key that was bound to it, and then forgets the one here.
 * When it fails, the one here is kept: ending all can be tried again.
 * @throws NotSignedInError, RelayerUnreachableError.
 *
 * @example
 * ```ts
 * await stelai.relayer.signOutEverywhere();
 * ```
 */
export async function signOutEverywhere(client: StelaiClient): Promise<void> {
  await relayerResponse(client, { path: "/v1/auth/sessions", method: "DELETE", signedIn: true });
  forgetSignIn(client);
}
