import type { GetAccessReturnType, GetRenewalReturnType } from "@stelai/sdk";
import { TriangleAlert } from "lucide-react";
import { formatCredits, WEI_PER_MICROCREDIT } from "../format/money.ts";
import { useT } from "../i18n/react.tsx";
import { Button } from "../ui/Button.tsx";
import { Icon } from "../ui/Icon.tsx";
import css from "./AccessPanel.module.css";
import type { AccessAct } from "./AccessSheets.tsx";
import type { Sold } from "./plans.ts";
import { isProblem, type Mend, mendOf, whyOf } from "./renewal.ts";

const credits = (micro: bigint) => formatCredits(micro * WEI_PER_MICROCREDIT, { rounding: "up" });

/** Why a pass will not renew, and the button that mends it; nothing while all is well. */
export function RenewalNotice({
  sold,
  access,
  renewal,
  onAct,
}: {
  sold: Sold;
  access: GetAccessReturnType;
  renewal: GetRenewalReturnType;
  onAct: (act: AccessAct) => void;
}) {
  const t = useT();
  const { problem, price, mandate, balance, allowance } = renewal;
  if (!isProblem(problem)) return null;
  const plan = access.renewalPlan;
  const acts: Record<Mend, AccessAct> = {
    renew: { do: "renew", plan },
    accept: { do: "renew", plan },
    subscribe: { do: "buy", plan },
    topUp: { do: "topUp" },
    allow: { do: "allow" },
  };
  // What is not sold any more cannot be subscribed to anew.
  const mend = problem === "Lapsed" && price === 0n ? undefined : mendOf(problem);
  const words = {
    ...{ price: credits(price), mandate: credits(mandate), name: sold.name },
    ...{ missing: credits(price > balance ? price - balance : 0n) },
    allowance: formatCredits(allowance * WEI_PER_MICROCREDIT, { rounding: "down" }),
    balance: formatCredits(balance * WEI_PER_MICROCREDIT, { rounding: "down" }),
  };
  return (
    <div className={css.notice} role="status">
      <Icon of={TriangleAlert} size={16} />
      <p>{t(whyOf(problem), words)}</p>
      {mend && (
        <Button size="small" onClick={() => onAct(acts[mend])}>
          {t(`renewal.mend.${mend}`, words)}
        </Button>
      )}
    </div>
  );
}
