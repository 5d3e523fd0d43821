import type { Address } from "viem";
import type { StelaiClient } from "../../client.ts";
import { inferenceMeterSettledEvent } from "../../generated/fragments.ts";
import { sessionKeysOf, termsLookup } from "../../internal/history.ts";
import { allLogs } from "../../internal/logs.ts";
import { meterOf } from "../../internal/meter.ts";
import type { MeterReference } from "../../payment.ts";
import type { Terms } from "../../pricing.ts";
import { decodeSettled, type SettledRow } from "../../settlement.ts";
import { getTab } from "../tab/getTab.ts";

export type ReadBillParameters = {
  operator: Address;
  tabId: bigint;
  /** Whose terms are needed: characters and versions of the receipts to be checked. */
  terms: readonly { characterId: bigint; termsVersion: bigint }[];
  /** From where to look for settlements; the deployment's start when absent. */
  fromBlock?: bigint | undefined;
};

/** What the chain says about a tab: everything an audit holds a statement against. */
export type ChainBill = {
  meter: MeterReference;
  operator: Address;
  tabId: bigint;
  /** Every session key the tab ever had. */
  sessionKeys: Address[];
  /** Settled so far, in microcredits. */
  spent: bigint;
  /** The rows of this tab that were paid, oldest first. */
  settled: Extract<SettledRow, { outcome: "Paid" }>[];
  /** Terms by {@link termsKey}. */
  terms: Map<string, Terms>;
};

export type ReadBillReturnType = ChainBill;

/** How {@link ChainBill.terms} names one version of a character's terms. */
export function termsKey(characterId: bigint, termsVersion: bigint): string {
  return `${characterId}:${termsVersion}`;
}

/**
 * Reads from the chain what a bill is held against: keys, terms by version, settled rows, the settled total.
 * @throws UnknownTabError when the tab does not exist.
 *
 * @example
 * ```ts
 * const chain = await stelai.statement.readBill({ operator, tabId, terms: [{ characterId: 1n, termsVersion: 1n }] });
 * ```
 */
export async function readBill(client: StelaiClient, parameters: ReadBillParameters): Promise<ReadBillReturnType> {
  const { operator, tabId } = parameters;
  const termsAt = termsLookup(client);
  const [tab, sessionKeys, batches, versions] = await Promise.all([
    getTab(client, { operator, tabId }),
    sessionKeysOf(client, { operator, tabId }),
    allLogs(client, {
      address: client.deployment.contracts.InferenceMeter,
      event: inferenceMeterSettledEvent,
      args: { operator },
      fromBlock: parameters.fromBlock,
    }),
    Promise.all(
      parameters.terms.map(async ({ characterId, termsVersion }) => ({
        key: termsKey(characterId, termsVersion),
        terms: await termsAt(characterId, termsVersion),
      })),
    ),
  ]);
  const rows = batches.flatMap(({ args }) => decodeSettled(args.rows));
  const terms = new Map<string, Terms>();
  for (const version of versions) if (version.terms) terms.set(version.key, version.terms);
  return {
    meter: meterOf(client),
    operator,
    tabId,
    sessionKeys,
    spent: tab.spent,
    settled: rows.filter((row) => row.outcome === "Paid").filter((row) => row.tabId === tabId),
    terms,
  };
}
