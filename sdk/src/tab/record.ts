import type { Address, Hex } from "viem";
import type { StelaiClient } from "../client.ts";
import type { AgreedTerms } from "../errors/relayer.ts";
import { parseWire, toJson } from "../internal/json.ts";
import { initialTabState, type Receipt, type TabState } from "../voucher.ts";
import type { SignedReceipt } from "../wire.ts";
import type { AskedRequest } from "./asked.ts";

/** What is stored of one tab. */
export type TabRecord = {
  operator: Address;
  tabId: bigint;
  payer: Address;
  privateKey: Hex;
  /** Session keys before a rotation: they may have signed what is served already. */
  formerKeys: Address[];
  anchor: TabState;
  /** Verified receipts since the anchor. */
  receipts: Receipt[];
  /** Verified receipts that a missing one keeps from following. */
  waiting: SignedReceipt[];
  /** The total of the newest voucher that the operator has. */
  signed: bigint;
  /** What was agreed to pay, by character. */
  agreed: Record<string, AgreedTerms>;
  /** What was signed and not charged yet, by the request's struct hash. */
  asked: Record<Hex, AskedRequest>;
  /** Ids of all requests that this tab's receipts charge, from its first one on. */
  charged: Record<Hex, true>;
  /** Set until the books of a tab that this key did not open are taken over from the operator. */
  behind: boolean;
};

/** A session key that was made for a tab whose opening is not confirmed yet. */
export type PendingRecord = {
  operator: Address;
  payer: Address;
  privateKey: Hex;
  sessionKey: Address;
  /** The tab that it is to take over; absent for one that is being opened. */
  tabId?: bigint | undefined;
};

/** Everything a client stores carries its chain's genesis hash: what is left of another chain is never read. */
function prefix(client: StelaiClient, kind: "tab" | "pending"): string {
  const { chainId, genesisHash, contracts } = client.deployment;
  return `stelai:${chainId}:${genesisHash}:${contracts.InferenceMeter}:${kind}:`.toLowerCase();
}

const tabKey = (client: StelaiClient, operator: Address, tabId: bigint) =>
  `${prefix(client, "tab")}${operator.toLowerCase()}:${tabId}`;

/** The name under which work on a tab is serialised. */
export function lockName(client: StelaiClient, operator: Address, tabId: bigint): string {
  return tabKey(client, operator, tabId);
}

export async function loadRecord(
  client: StelaiClient,
  operator: Address,
  tabId: bigint,
): Promise<TabRecord | undefined> {
  const text = await client.storage.get(tabKey(client, operator, tabId));
  return text === undefined ? undefined : readRecord(text);
}

export async function saveRecord(client: StelaiClient, record: TabRecord): Promise<void> {
  await client.storage.set(tabKey(client, record.operator, record.tabId), toJson(record));
}

export async function deleteRecord(client: StelaiClient, operator: Address, tabId: bigint): Promise<void> {
  await client.storage.delete(tabKey(client, operator, tabId));
}

/** All tabs that are stored for this chain and meter. */
export async function loadRecords(client: StelaiClient): Promise<TabRecord[]> {
  return (await loadAll(client, prefix(client, "tab"))).map(readRecord);
}

export async function savePending(client: StelaiClient, pending: PendingRecord): Promise<void> {
  await client.storage.set(prefix(client, "pending") + pending.sessionKey.toLowerCase(), toJson(pending));
}

export async function deletePending(client: StelaiClient, sessionKey: Address): Promise<void> {
  await client.storage.delete(prefix(client, "pending") + sessionKey.toLowerCase());
}

export async function loadPending(client: StelaiClient): Promise<PendingRecord[]> {
  return (await loadAll(client, prefix(client, "pending"))).map((text) => parseWire<PendingRecord>(text));
}

/** A tab on which nothing is known yet but its key. */
export function newRecord(tab: Pick<TabRecord, "operator" | "tabId" | "payer" | "privateKey">): TabRecord {
  return {
    ...tab,
    formerKeys: [],
    anchor: initialTabState(tab.operator, tab.tabId),
    receipts: [],
    waiting: [],
    signed: 0n,
    agreed: {},
    asked: {},
    charged: {},
    behind: false,
  };
}

/**
 * A record as it is now: one that was stored before requests were kept has none of them, and one from before there was
 * anything but chat kept no quality with them, which was always Standard. One that counted as `open` took every failure
 * for a refusal: whether its requests were refused is not known, and what was charged for them all the same is owed.
 */
function readRecord(text: string): TabRecord {
  const stored = parseWire<Omit<TabRecord, "asked" | "charged"> & Partial<TabRecord>>(text);
  const asked = stored.asked ?? {};
  for (const one of Object.values<AskedRequest & { open?: number }>(asked)) {
    one.quality ??= "Standard";
    one.live ??= one.open || 1;
  }
  return { ...stored, asked, charged: stored.charged ?? {} };
}

async function loadAll(client: StelaiClient, keyPrefix: string): Promise<string[]> {
  const keys = await client.storage.keys(keyPrefix);
  const texts = await Promise.all(keys.sort().map((key) => client.storage.get(key)));
  return texts.filter((text) => text !== undefined);
}
