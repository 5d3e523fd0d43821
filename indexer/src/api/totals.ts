import { db } from "ponder:api";
import schema from "ponder:schema";
import { Hono } from "hono";
import { WEI_PER_MICROCREDIT } from "../chain.ts";
import { toJson } from "./json.ts";

export const totals = new Hono();

/**
 * The running totals, and what contracts must hold by them; each can be read from the chain:
 * `supply` = `Stelai.totalSupply()`, `reserve` = `Reserve.balanceOf(CreditStore)`, `payoutsHold`, `meterHolds`,
 * `accessHolds` and `licensesHold` (wei) = `Stelai.balanceOf` of Payouts, InferenceMeter, CharacterAccess and Licenses:
 * the last is `escrow`, the prices of orders that are open, and `bonds`, those of disputes that are. `rewardsHold` is the
 * least that Rewards holds: what all accounts have of bonus credits, and the campaigns' budgets.
 */
totals.get("/", async (context) => {
  const [protocol] = await db.select().from(schema.protocol);
  if (!protocol) return toJson(context, {});
  const { id: _, ...sums } = protocol;
  const accrued = sums.settled - sums.collected;
  const escrow = sums.licencesSold - sums.licencesReleased - sums.licencesRefunded;
  return toJson(context, {
    ...sums,
    accrued,
    escrow,
    payoutsHold: sums.earned - sums.claimed,
    meterHolds: (sums.locked + accrued) * WEI_PER_MICROCREDIT,
    licensesHold: (escrow + sums.bonds) * WEI_PER_MICROCREDIT,
    rewardsHold: (sums.bonus + sums.budgets) * WEI_PER_MICROCREDIT,
    accessHolds: (sums.passesSold - sums.passesRefunded - sums.passesHarvested) * WEI_PER_MICROCREDIT,
  });
});
