import { isAddressEqual } from "viem";
import type { StelaiClient } from "../client.ts";
import type { TabSession } from "../tab/session.ts";
import { chainTime } from "./authorization.ts";
import { sessionHeader } from "./meter.ts";

/**
 * Headers of who asks for what an account or its tab made: the account that is signed in, or else, or when the tab is
 * another account's, the session of the tab. None when there is neither.
 */
export async function viewerHeaders(
  client: StelaiClient,
  session: TabSession | undefined,
): Promise<Record<string, string>> {
  const account = await client.accountHeaders();
  const { address } = client.signIn;
  const isPayer = !session || !address || isAddressEqual(address, session.payer);
  if (!session || (isPayer && Object.keys(account).length > 0)) return account;
  const { operator, tabId, account: sessionKey } = session;
  return sessionHeader(client, { operator, tabId, sessionKey, now: await chainTime(client) });
}
