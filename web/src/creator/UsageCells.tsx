import type { Modality } from "@stelai/sdk";
import { useUsage } from "@stelai/sdk/react";
import { formatCount, UNKNOWN } from "../format/money.ts";
import { useT } from "../i18n/react.tsx";
import css from "./CharacterTable.module.css";
import { unitsText } from "./usage.ts";

const DAYS = 30;
const useMonth = (id: bigint) => useUsage(id, DAYS, { staleTime: 60_000 }).data;

/** How many accounts paid a character in thirty days. */
export function UsersCell({ id }: { id: bigint }) {
  const usage = useMonth(id);
  return usage ? formatCount(usage.totals.users) : UNKNOWN;
}

/** How much of its modality's unit a character made in thirty days. */
export function UnitsCell({ id, modality }: { id: bigint; modality: Modality }) {
  const t = useT();
  const usage = useMonth(id);
  if (!usage || usage.totals.milliunits === 0n) return null;
  return (
    <small className={css.units}>
      {t(`usage.unitsOf.${modality}`, { units: unitsText(modality, usage.totals.milliunits) })}
    </small>
  );
}

/** Where a character stands this month, and its best. */
export function RankCell({ id }: { id: bigint }) {
  const t = useT();
  const ranking = useMonth(id)?.ranking;
  if (!ranking?.best) return UNKNOWN;
  return t("usage.rankCell", { rank: ranking.rank ?? UNKNOWN, best: ranking.best.rank });
}
