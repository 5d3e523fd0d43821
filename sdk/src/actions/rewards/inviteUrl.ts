import type { Address } from "viem";
import type { StelaiClient } from "../../client.ts";
import { RelayerUrlMissingError } from "../../errors/client.ts";

/**
 * The address of an account's referral page at the operator: shown with a picture where it is sent around, it leads to the
 * dApp and names the account as who sent the buyer.
 * @throws RelayerUrlMissingError.
 *
 * @example
 * ```ts
 * await navigator.share({ url: stelai.rewards.inviteUrl(account) });
 * ```
 */
export function inviteUrl(client: StelaiClient, account: Address): string {
  if (client.relayerUrl === undefined) throw new RelayerUrlMissingError();
  return `${client.relayerUrl.replace(/\/$/, "")}/share/invite/${account}`;
}
