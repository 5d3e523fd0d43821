import { isAddressEqual } from "viem";
import { StelaiError } from "../../errors/base.ts";
import { RelayerProtocolError } from "../../errors/relayer.ts";
import type { Modality } from "../../pricing.ts";
import { mediaMilliunits } from "../../quoteMedia.ts";
import type { TabSession } from "../../tab/session.ts";
import type { Generation, MadeFile } from "../../wire.ts";
import { type Charge, chargeOf } from "./settleAnswer.ts";

/** What came of a generation's money: what it cost, or why its receipt was not signed for. */
export type Settled = { charge: Charge | undefined; unsettled: StelaiError | undefined };

const NOTHING: Settled = { charge: undefined, unsettled: undefined };

/**
 * Does what a generation's state asks of the tab that pays: signs for what was served when it waits for that; once it is
 * completed and has a file, verifies that its receipt is of that file and of no more than that measures, and signs for
 * it, once however often it is called; and keeps that nothing may be charged when it came to nothing. The file's own bytes
 * are held against it when they are fetched (`getFile`). Never throws what the operator or the network did: it is in the
 * result.
 */
export async function settleGeneration(session: TabSession, generation: Generation): Promise<Settled> {
  const { id, modality, status, waitsFor, metered, file } = generation;
  try {
    if (status === "failed" || status === "cancelled") await session.unmade(id);
    if (waitsFor === "voucher") {
      // Served beyond what is known here, if all that is known is signed for.
      session.missed();
      await session.acknowledge();
    }
    if (status !== "completed" || !metered || !isOf(session, metered.receipt.receipt)) return NOTHING;
    if (!file) throw new RelayerProtocolError("a completed generation has no file");
    await session.settle(id, metered, file.contentHash, measured(modality, file));
    return { charge: await chargeOf(session, metered), unsettled: undefined };
  } catch (error) {
    if (error instanceof StelaiError) return { charge: undefined, unsettled: error };
    throw error;
  }
}

/** How extensive a file is; undefined for a voiceover, which is counted by its text. */
function measured(modality: Modality, { width, height, seconds }: MadeFile): bigint | undefined {
  if (modality === "Voice") return undefined;
  try {
    return mediaMilliunits(modality, { size: `${width}x${height}`, seconds });
  } catch {
    throw new RelayerProtocolError("nothing says how large a file is");
  }
}

function isOf({ operator, tabId }: TabSession, receipt: Pick<TabSession, "operator" | "tabId">): boolean {
  return receipt.tabId === tabId && isAddressEqual(receipt.operator, operator);
}
