import type { Address, LocalAccount } from "viem";
import type { StelaiClient } from "../client.ts";
import { encodeSession, type MeterReference, SESSION_HEADER, signMeter } from "../payment.ts";

/** The client's meter, as digests need it. */
export function meterOf(client: StelaiClient): MeterReference {
  const { chainId, contracts } = client.deployment;
  return { chainId, inferenceMeter: contracts.InferenceMeter };
}

/** How long a session's leave to read its books is good for, in seconds. */
const SESSION_LIFETIME = 600n;

/** The header by which a session key reads its tab's books; none when the payer's sign-in is to be used. */
export async function sessionHeader(
  client: StelaiClient,
  tab: { operator: Address; tabId: bigint; sessionKey?: LocalAccount | undefined; now: bigint },
): Promise<Record<string, string>> {
  if (!tab.sessionKey) return {};
  const message = { operator: tab.operator, tabId: tab.tabId, deadline: tab.now + SESSION_LIFETIME };
  const signature = await signMeter(tab.sessionKey, meterOf(client), "Session", message);
  return { [SESSION_HEADER]: encodeSession({ ...message, signature }) };
}
