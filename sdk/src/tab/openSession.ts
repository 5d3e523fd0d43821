import { type Address, isAddressEqual } from "viem";
import { getTab } from "../actions/tab/getTab.ts";
import { open } from "../actions/tab/open.ts";
import { openByTransfer } from "../actions/tab/openByTransfer.ts";
import type { OpenResult } from "../actions/tab/opening.ts";
import { openSponsored } from "../actions/tab/openSponsored.ts";
import { rotate, rotateSponsored } from "../actions/tab/rotate.ts";
import { requireWallet, type StelaiClient } from "../client.ts";
import { InvalidSessionError } from "../errors/relayer.ts";
import { SessionKeyDiffersError, SessionKeyMissingError } from "../errors/tab.ts";
import { inferenceMeterTabOpenedEvent } from "../generated/fragments.ts";
import { chainTime } from "../internal/authorization.ts";
import { allLogs } from "../internal/logs.ts";
import type { Sent, WaitOptions } from "../internal/send.ts";
import { operatorInfo } from "../internal/sponsor.ts";
import { newSessionKey, sessionAccount } from "./key.ts";
import {
  deletePending,
  loadPending,
  loadRecord,
  loadRecords,
  newRecord,
  type PendingRecord,
  savePending,
  saveRecord,
  type TabRecord,
} from "./record.ts";
import { TabSession } from "./session.ts";

export type OpenSessionParameters = {
  /** The most the tab can ever spend, in microcredits. */
  cap: bigint;
  /** How long it serves from now, in seconds; a day when absent. */
  duration?: bigint | undefined;
  /**
   * Who sends the transaction: the relayer for a wallet without ETH (`sponsored`, the default), or the wallet by
   * ERC-1363 (`transfer`) or by allowance (`allowance`).
   */
  by?: "sponsored" | "transfer" | "allowance" | undefined;
  /** Who serves; the client's relayer's operator when absent. */
  operator?: Address | undefined;
  /** How much of the cap comes from the payer's bonus credits, in microcredits; none when absent. */
  bonus?: bigint | undefined;
};

export type OpenSessionReturnType = Sent<OpenResult & { session: TabSession }>;

/**
 * Makes a session key, stores it, and opens a tab for it with one signature. The key is stored before anything is
 * signed, so that a page that closes in between loses nothing: {@link listSessions} finds the tab.
 * @throws what `openSponsored`, `openByTransfer` and `open` throw.
 *
 * @example
 * ```ts
 * const { hash, wait } = await stelai.tab.openSession({ cap: 5_000_000n });
 * const { session } = await wait();
 * ```
 */
export async function openSession(
  client: StelaiClient,
  parameters: OpenSessionParameters,
): Promise<OpenSessionReturnType> {
  const { cap, bonus, duration = 86_400n, by = "sponsored" } = parameters;
  const payer = requireWallet(client).account.address;
  const operator = parameters.operator ?? (await operatorInfo(client)).operator;
  const privateKey = await newSessionKey();
  const sessionKey = (await sessionAccount(privateKey)).address;
  const opening = { operator, sessionKey, cap, bonus, expiry: (await chainTime(client)) + duration };
  const pending = { operator, payer, privateKey, sessionKey };
  await savePending(client, pending);
  const how = { sponsored: openSponsored, transfer: openByTransfer, allowance: open }[by];
  const { hash, wait } = await how(client, opening);
  return {
    hash,
    wait: async (options?: WaitOptions) => {
      const result = await wait(options);
      return { ...result, session: await adopt(client, pending, result.tabId) };
    },
  };
}

export type ResumeSessionParameters = { operator: Address; tabId: bigint };
export type ResumeSessionReturnType = TabSession;

/**
 * The session of a tab whose key is in this client's storage: after a reload, or in another window.
 * @throws SessionKeyMissingError when it is not there: {@link rotateSession}.
 *
 * @example
 * ```ts
 * const session = await stelai.tab.resumeSession({ operator, tabId });
 * ```
 */
export async function resumeSession(
  client: StelaiClient,
  { operator, tabId }: ResumeSessionParameters,
): Promise<ResumeSessionReturnType> {
  const record = await loadRecord(client, operator, tabId);
  if (!record) throw new SessionKeyMissingError(tabId);
  return sessionOf(client, record);
}

export type ListSessionsParameters = {
  /** Only tabs of this payer; all when absent. */
  payer?: Address | undefined;
};
export type ListSessionsReturnType = TabSession[];

/**
 * Every session in this client's storage, tabs whose opening was sent but never seen included.
 *
 * @example
 * ```ts
 * const [session] = await stelai.tab.listSessions({ payer });
 * ```
 */
export async function listSessions(
  client: StelaiClient,
  { payer }: ListSessionsParameters = {},
): Promise<ListSessionsReturnType> {
  const mine = (record: { payer: Address }) => payer === undefined || isAddressEqual(record.payer, payer);
  for (const pending of (await loadPending(client)).filter(mine)) {
    const { operator, tabId } = pending;
    if (tabId !== undefined) {
      const tab = await getTab(client, { operator, tabId });
      if (isAddressEqual(tab.sessionKey, pending.sessionKey)) await adopt(client, pending, tabId);
      continue;
    }
    const logs = await allLogs(client, {
      address: client.deployment.contracts.InferenceMeter,
      event: inferenceMeterTabOpenedEvent,
      args: { operator: pending.operator, payer: pending.payer },
    });
    const found = logs.find(({ args }) => isAddressEqual(args.sessionKey, pending.sessionKey));
    if (!found) continue;
    const tab = await getTab(client, { operator, tabId: found.args.tabId });
    // Rotated elsewhere before this client saw the opening: the key spends nothing any more.
    if (isAddressEqual(tab.sessionKey, pending.sessionKey)) await adopt(client, pending, found.args.tabId);
    else await deletePending(client, pending.sessionKey);
  }
  const records = (await loadRecords(client)).filter(mine);
  return Promise.all(records.map((record) => sessionOf(client, record)));
}

export type RotateSessionParameters = {
  operator: Address;
  tabId: bigint;
  /** Who sends the transaction; the relayer when absent. */
  by?: "sponsored" | "wallet" | undefined;
};

export type RotateSessionReturnType = Sent<{ previousKeyUntil: bigint; session: TabSession }>;

/**
 * Gives a tab a new session key with one signature of its payer, and takes over its books from the operator, each
 * receipt verified: after a cleared browser, or on another device. The new key is stored before it is used.
 * @throws NotPayerError, TabClosingError, RotationTooSoonError, UserRejectedError, ReceiptRefusedError.
 *
 * @example
 * ```ts
 * const { session } = await (await stelai.tab.rotateSession({ operator, tabId })).wait();
 * ```
 */
export async function rotateSession(
  client: StelaiClient,
  { operator, tabId, by = "sponsored" }: RotateSessionParameters,
): Promise<RotateSessionReturnType> {
  const { payer } = await getTab(client, { operator, tabId });
  const privateKey = await newSessionKey();
  const sessionKey = (await sessionAccount(privateKey)).address;
  const pending = { operator, payer, privateKey, sessionKey, tabId };
  await savePending(client, pending);
  const { hash, wait } = await (by === "wallet" ? rotate : rotateSponsored)(client, { operator, tabId, sessionKey });
  return {
    hash,
    wait: async (options?: WaitOptions) => {
      const result = await wait(options);
      const session = await adopt(client, pending, tabId);
      await syncWhenSeen(client, session);
      return { ...result, session };
    },
  };
}

/** How long a relayer may take to see a block, in milliseconds. */
const SEEN_WITHIN = 15_000;

/** Takes over the books as soon as the relayer has seen that this key spends the tab now. */
async function syncWhenSeen(client: StelaiClient, session: TabSession): Promise<void> {
  const start = Date.now();
  for (;;) {
    try {
      await session.sync();
      return;
    } catch (error) {
      if (!(error instanceof InvalidSessionError) || Date.now() - start > SEEN_WITHIN) throw error;
    }
    await new Promise((resolve) => setTimeout(resolve, client.publicClient.pollingInterval));
  }
}

/** Stores a key whose tab is known. @throws SessionKeyDiffersError when the tab is spent by another one. */
async function adopt(client: StelaiClient, pending: PendingRecord, tabId: bigint): Promise<TabSession> {
  const { operator, payer, privateKey, sessionKey } = pending;
  const tab = await getTab(client, { operator, tabId });
  if (!isAddressEqual(tab.sessionKey, sessionKey)) {
    throw new SessionKeyDiffersError(tabId, tab.sessionKey, sessionKey);
  }
  const record = newRecord({ operator, tabId, payer, privateKey });
  record.behind = pending.tabId !== undefined;
  const before = await loadRecord(client, operator, tabId);
  // What was agreed to outlives the key, and so does what was asked for and not charged.
  if (before) Object.assign(record, { agreed: before.agreed, asked: before.asked });
  await saveRecord(client, record);
  await deletePending(client, sessionKey);
  return sessionOf(client, record);
}

async function sessionOf(client: StelaiClient, record: TabRecord): Promise<TabSession> {
  return new TabSession(client, record, await sessionAccount(record.privateKey));
}
