import type { Address } from "viem";
import { requireWallet, type StelaiClient } from "../../client.ts";
import { inferenceMeterTabOpenedEvent } from "../../generated/fragments.ts";
import { allLogs } from "../../internal/logs.ts";

export type ListTabsParameters = {
  /** Who paid for them; the wallet itself when absent. */
  payer?: Address | undefined;
  /** Only those with this operator; with all when absent. */
  operator?: Address | undefined;
};

/** Oldest first. What each stands at now is `getTab`'s. */
export type ListTabsReturnType = { operator: Address; tabId: bigint; blockNumber: bigint }[];

/**
 * Every tab that an account ever opened, closed ones too, from the chain's events: also those whose session key is in no
 * storage of this client.
 * @throws WalletRequiredError when neither payer nor wallet is given.
 *
 * @example
 * ```ts
 * const tabs = await stelai.tab.listTabs({ operator });
 * ```
 */
export async function listTabs(client: StelaiClient, parameters: ListTabsParameters = {}): Promise<ListTabsReturnType> {
  const { payer = requireWallet(client).account.address, operator } = parameters;
  const logs = await allLogs(client, {
    address: client.deployment.contracts.InferenceMeter,
    event: inferenceMeterTabOpenedEvent,
    args: { payer, ...(operator === undefined ? {} : { operator }) },
  });
  return logs.map(({ args, blockNumber }) => ({ operator: args.operator, tabId: args.tabId, blockNumber }));
}
