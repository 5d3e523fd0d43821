import { db } from "ponder:api";
import schema from "ponder:schema";
import { Hono } from "hono";
import { toJson } from "./json.ts";

const WEI_PER_MICROCREDIT = 1_000_000_000_000n;

export const totals = new Hono();

/**
 * The running totals, and what contracts must hold by them; each can be read from the chain:
 * `supply` = `Stelai.totalSupply()`, `reserve` = `Reserve.balanceOf(CreditStore)`, `payoutsHold`, `meterHolds` and
 * `accessHolds` (wei) = `Stelai.balanceOf` of Payouts, InferenceMeter and CharacterAccess.
 */
totals.get("/", async (context) => {
  const [protocol] = await db.select().from(schema.protocol);
  if (!protocol) return toJson(context, {});
  const { id: _, ...sums } = protocol;
  const accrued = sums.settled - sums.collected;
  return toJson(context, {
    ...sums,
    accrued,
    payoutsHold: sums.earned - sums.claimed,
    meterHolds: (sums.locked + accrued) * WEI_PER_MICROCREDIT,
    accessHolds: (sums.passesSold - sums.passesRefunded - sums.passesHarvested) * WEI_PER_MICROCREDIT,
  });
});
