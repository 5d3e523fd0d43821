import { applyReceipt, initialTabState, isMeterSignature } from "@stelai/sdk";
import type { Statement } from "@stelai/sdk/wire";
import { expect } from "chai";
import type { TabClient } from "./client.ts";
import type { World } from "./world.ts";

/** Recomputes a statement's chain of receipts, checks every signature, and returns the total. */
export async function auditReceipts(world: World, client: TabClient, statement: Statement): Promise<bigint> {
  let state = initialTabState(world.operator.address, client.tab.tabId);
  for (const { receipt: signed } of statement.entries) {
    if (signed === null) continue;
    const { receipt, signature } = signed;
    expect(await isMeterSignature(world.operator.address, client.meter, "Receipt", receipt, signature)).to.equal(true);
    state = applyReceipt({ ...state, lines: [] }, receipt);
  }
  return state.cumulative;
}
