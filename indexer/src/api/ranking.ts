import schema from "ponder:schema";
import { Hono } from "hono";
import { monthOf } from "../chain.ts";
import { monthBefore, PAYER_CAP, spanOf } from "../ranking.ts";
import { chainNow } from "./clock.ts";
import { toJson } from "./json.ts";
import { limitOf, monthIn, optionOf } from "./parameters.ts";
import { standingsIn } from "./standings.ts";

export const ranking = new Hono();

const MODALITIES = ["Image", ...schema.modality.enumValues.filter((each) => each !== "Image")] as const;

/**
 * Public characters of a modality by what was paid for them in a calendar month (UTC): `{ month, modality, provisional,
 * rules: { from, to, payerCap, ownPeople: 0, tieBreak: ["reachedAt", "characterId"] }, entries: [{ rank, characterId,
 * owner, paid, counted, users, generations, reachedAt, previousRank }] }`. How it is made is told in `src/ranking.ts`:
 * `counted` decides, `paid` is without the cap. `from` is the month's first second and `to` the next one's;
 * `provisional` until then. `previousRank` is by the same rules, null where it had none. `?modality=` one of the five
 * (Image); `?month=2026-11` (the current one); `?limit=` (20, at most 100).
 */
ranking.get("/", async (context) => {
  const modality = optionOf(context, "modality", MODALITIES);
  const limit = limitOf(context, 20, 100);
  const now = await chainNow();
  const month = monthIn(context) ?? monthOf(now);
  const before = monthBefore(month);
  const [entries, previous] = await Promise.all([
    standingsIn({ modality, months: [month], limit }),
    standingsIn({ modality, months: [before] }),
  ]);
  const rankBefore = new Map(previous.map(({ characterId, rank }) => [characterId, rank]));
  const { from, to } = spanOf(month);
  return toJson(context, {
    ...{ month, modality, provisional: now < to },
    rules: { from, to, payerCap: PAYER_CAP, ownPeople: 0n, tieBreak: ["reachedAt", "characterId"] },
    entries: entries.map(({ month: _, ...entry }) => ({
      ...entry,
      previousRank: rankBefore.get(entry.characterId) ?? null,
    })),
  });
});
