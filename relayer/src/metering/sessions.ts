import { available } from "../http.ts";
import { InvalidSessionError, TabNotFoundError } from "./errors.ts";
import type { Metering } from "./index.ts";
import type { TabRow } from "./tabs.ts";

/**
 * The tab whose books a `Stelai-Session` header opens: the key that signed it is the one in force.
 * @throws InvalidSessionError, TabNotFoundError
 */
export async function tabOfSession(
  { session, tabs }: Pick<Metering, "session" | "tabs">,
  header: string,
): Promise<TabRow> {
  const { tabId, signer } = await session(header);
  const tab = await available("The chain", tabs.find(tabId, signer));
  if (tab === undefined) throw new TabNotFoundError(tabId);
  if (signer !== tab.sessionKey.toLowerCase()) {
    throw new InvalidSessionError("The tab's session key did not sign this session.");
  }
  return tab;
}
