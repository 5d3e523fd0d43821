import type { StelaiClient } from "../../client.ts";
import { relayerRequest } from "../../internal/http.ts";
import type { AccountInfo } from "../../wire.ts";

/** Money in microcredits. */
export type GetAccountReturnType = AccountInfo;

/**
 * What this operator knows of the account that is signed in, and how it reaches it: today's spending over all tabs and
 * its limit, mail, Web Push, what is muted.
 * @throws NotSignedInError.
 *
 * @example
 * ```ts
 * const { dailyLimit, spentToday, mail } = await stelai.relayer.getAccount();
 * ```
 */
export async function getAccount(client: StelaiClient): Promise<GetAccountReturnType> {
  return relayerRequest(client, { path: "/v1/account", signedIn: true });
}
