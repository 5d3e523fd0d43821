import { type Plan, priceOf, type Terms } from "@stelai/sdk";
import { stelaiKey, useStelai } from "@stelai/sdk/react";
import { useQuery } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { formatCredits, WEI_PER_MICROCREDIT } from "../format/money.ts";
import { useT } from "../i18n/react.tsx";
import { Button } from "../ui/Button.tsx";
import css from "./Access.module.css";
import type { Sold } from "./plans.ts";
import { priceState } from "./priceState.ts";

const credits = (micro: bigint) => formatCredits(micro * WEI_PER_MICROCREDIT, { rounding: "up" });

/** A price that a sheet signs for. */
export interface Price {
  /** In microcredits: what the person saw when the sheet opened, or has agreed to in it since. Never more is signed. */
  readonly agreed: bigint;
  /** As the chain says them now; as they were shown until it has answered. */
  readonly terms: Terms;
  /** In place of the sheet's buttons, until the chain bears out the price that is shown. */
  readonly hold: ReactNode;
  /** Reads it anew. */
  readonly refresh: () => void;
}

/**
 * The price of a plan for as long as a sheet is open. What the operator said when it opened is only what is shown: it is
 * signed for once the chain says the same. Another price is told old → new, and agreed to again.
 * @param plan Undefined where nothing is priced.
 * @param seen What the page that opened the sheet showed, where it knew better than the operator; in microcredits.
 */
export function usePrice({ characterId, terms: shown }: Sold, plan: Plan | undefined, seen?: bigint): Price {
  const t = useT();
  const stelai = useStelai();
  const [opened] = useState(shown);
  const [told, setTold] = useState<Partial<Record<Plan, bigint>>>(() => (plan && seen ? { [plan]: seen } : {}));
  const query = useQuery({
    queryKey: stelaiKey(stelai, "terms", characterId),
    queryFn: () => stelai.characters.getTerms({ characterId }),
    enabled: plan !== undefined,
    staleTime: 0,
    gcTime: 0,
    refetchInterval: 5_000,
  });
  const terms = query.data?.terms ?? opened;
  const refresh = () => void query.refetch();
  if (plan === undefined) return { agreed: 0n, terms, hold: undefined, refresh };
  const agreed = told[plan] ?? priceOf(opened, plan);
  const current = query.data && priceOf(query.data.terms, plan);
  const state = priceState(agreed, current, query.isError);
  const hold =
    state === "agreed" ? undefined : state === "changed" && current !== undefined ? (
      <div className={css.short}>
        <p role="status">{t("pass.priceChanged", { before: credits(agreed), after: credits(current) })}</p>
        <Button variant="primary" onClick={() => setTold((before) => ({ ...before, [plan]: current }))}>
          {t("pass.agree", { price: credits(current) })}
        </Button>
      </div>
    ) : (
      <p className={css.note} role="status">
        {t(state === "reading" ? "pass.reading" : state === "unread" ? "pass.unread" : "pass.notSold")}
      </p>
    );
  return { agreed, terms, hold, refresh };
}
