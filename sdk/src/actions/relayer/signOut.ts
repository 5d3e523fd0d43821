import type { StelaiClient } from "../../client.ts";
import { forgetSignIn } from "../../internal/account.ts";
import { relayerResponse } from "../../internal/http.ts";

/**
 * Ends the sign-in at the relayer, and forgets its token and its key here in any case.
 * @throws NotSignedInError when it had ended already.
 *
 * @example
 * ```ts
 * await stelai.relayer.signOut();
 * ```
 */
export async function signOut(client: StelaiClient): Promise<void> {
  try {
    await relayerResponse(client, { path: "/v1/auth/session", method: "DELETE", signedIn: true });
  } finally {
    forgetSignIn(client);
  }
}
