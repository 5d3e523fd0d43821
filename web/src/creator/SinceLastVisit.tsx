import { useEffect, useState } from "react";
import type { Address } from "viem";
import { formatCredits } from "../format/money.ts";
import { formatRelative } from "../format/time.ts";
import { useT } from "../i18n/react.tsx";
import { AtFloor } from "../ui/AtFloor.tsx";
import { look, type Seen } from "./lastVisit.ts";
import css from "./Studio.module.css";

export interface SinceLastVisitProps {
  account: Address;
  /** All that was ever earned, collected or not, in wei of STELAI. */
  net: bigint;
  /** Unix seconds of the chain. */
  now: bigint;
}

/** What came in since the visit before; nothing where nothing did. */
export function SinceLastVisit({ account, net, now }: SinceLastVisitProps) {
  const t = useT();
  const [seen, setSeen] = useState<Seen>();
  const seconds = Number(now);
  useEffect(() => {
    let gone = false;
    // Where nothing is remembered, nothing is told.
    void look(account, seconds, net).then(
      (found) => !gone && setSeen(found),
      () => undefined,
    );
    return () => {
      gone = true;
    };
  }, [account, seconds, net]);
  if (!seen || seen.net <= seen.sinceNet) return null;
  return (
    <p className={css.since} role="status">
      {t("studio.since", {
        amount: formatCredits(seen.net - seen.sinceNet, { rounding: "down" }),
        when: formatRelative(seen.since, seen.at),
      })}{" "}
      <AtFloor wei={seen.net - seen.sinceNet} />
    </p>
  );
}
