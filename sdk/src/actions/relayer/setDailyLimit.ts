import type { StelaiClient } from "../../client.ts";
import { relayerRequest } from "../../internal/http.ts";

export type SetDailyLimitParameters = {
  /** The most that all of the account's tabs may spend here a UTC day, in microcredits; null is no limit. */
  dailyLimit: bigint | null;
};

/**
 * Has the operator refuse what would go above a limit a day (`DailyLimitReachedError`).
 * @throws NotSignedInError.
 *
 * @example
 * ```ts
 * await stelai.relayer.setDailyLimit({ dailyLimit: 5_000_000n });
 * ```
 */
export async function setDailyLimit(client: StelaiClient, parameters: SetDailyLimitParameters): Promise<void> {
  const { dailyLimit } = parameters;
  await relayerRequest(client, { path: "/v1/account/limit", method: "PUT", body: { dailyLimit }, signedIn: true });
}
