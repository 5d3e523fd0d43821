import type { BudgetKey, BudgetKeyState } from "@stelai/sdk/wire";
import { getAddress } from "viem";
import { isKeyHeld, type TabRow } from "../metering/tabs.ts";
import type { tables } from "../store/index.ts";

/** A key as it is kept. */
export type KeyRow = typeof tables.budgetKeys.$inferSelect;

/** What of a tab's row is told. */
export type TabSide = TabRow;

/** A key as its account sees it. @param now The chain's time. */
export function keyView(key: KeyRow, tab: TabSide | undefined, now: bigint): BudgetKey {
  const { id, name, prefix, operator, createdAt, lastUsedAt, revokedAt } = key;
  return {
    ...{ id, name, prefix, operator, sessionAddress: getAddress(key.sessionAddress) },
    state: stateOfKey(key, tab, now),
    createdAt: createdAt.toISOString(),
    lastUsedAt: lastUsedAt?.toISOString() ?? null,
    revokedAt: revokedAt?.toISOString() ?? null,
    tab:
      tab === undefined
        ? null
        : {
            ...{ tabId: tab.tabId, cap: tab.cap, spent: tab.cumulative, reserved: tab.reserved, expiry: tab.expiry },
            closing: !tab.closed && (tab.closing || tab.closeSignature !== null),
            ...{ closed: tab.closed, problem: tab.broken },
          },
  };
}

function stateOfKey({ revokedAt }: KeyRow, tab: TabSide | undefined, now: bigint): BudgetKeyState {
  if (revokedAt !== null) return "revoked";
  if (tab === undefined) return "unfunded";
  // Also when it was closed since, as the operator does then.
  if (tab.expiry <= now) return "expired";
  if (tab.closed || tab.closing || tab.broken !== null || !isKeyHeld(tab)) return "closed";
  return tab.cumulative >= tab.cap ? "spent" : "active";
}
