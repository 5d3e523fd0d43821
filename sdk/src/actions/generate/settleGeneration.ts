import { isAddressEqual } from "viem";
import { StelaiError } from "../../errors/base.ts";
import type { TabSession } from "../../tab/session.ts";
import type { Generation } from "../../wire.ts";
import { type Charge, chargeOf } from "./settleAnswer.ts";

/** What came of a generation's money: what it cost, or why its receipt was not signed for. */
export type Settled = { charge: Charge | undefined; unsettled: StelaiError | undefined };

const NOTHING: Settled = { charge: undefined, unsettled: undefined };

/**
 * Does what a generation's state asks of the tab that pays: signs for what was served when it waits for that, verifies
 * its receipt and signs for it when it is there, once however often it is called, and keeps that nothing may be charged
 * when it came to nothing. Never throws what the operator or the network did: it is in the result.
 */
export async function settleGeneration(session: TabSession, generation: Generation): Promise<Settled> {
  const { id, status, waitsFor, metered, file } = generation;
  try {
    if (status === "failed" || status === "cancelled") await session.unmade(id);
    if (waitsFor === "voucher") {
      // Served beyond what is known here, if all that is known is signed for.
      session.missed();
      await session.acknowledge();
    }
    if (!metered || !isOf(session, metered.receipt.receipt)) return NOTHING;
    await session.settle(id, metered, file?.contentHash);
    return { charge: await chargeOf(session, metered), unsettled: undefined };
  } catch (error) {
    if (error instanceof StelaiError) return { charge: undefined, unsettled: error };
    throw error;
  }
}

function isOf({ operator, tabId }: TabSession, receipt: Pick<TabSession, "operator" | "tabId">): boolean {
  return receipt.tabId === tabId && isAddressEqual(receipt.operator, operator);
}
