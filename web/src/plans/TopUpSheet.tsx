import type { CreditPackage, GetTopUpReturnType } from "@stelai/sdk";
import { useBalance } from "@stelai/sdk/react";
import { type ReactNode, useState } from "react";
import { priceTable } from "../credits/packages.ts";
import { formatCredits, formatUsd, WEI_PER_CREDIT } from "../format/money.ts";
import { useT } from "../i18n/react.tsx";
import { Input } from "../ui/Input.tsx";
import { useWallet } from "../wallet/WalletProvider.tsx";
import { type Agreements, allowanceAfter, neededForYear, neededNext } from "./allowance.ts";
import { PlanSheet } from "./PlanSheet.tsx";
import css from "./Plans.module.css";
import { readTopUp, type TopUpDraft, type TopUpField, topUpsWithin, typedCredits, typedUsd } from "./topUp.ts";
import { useAgreed } from "./useAgreed.ts";

/** Below how many credits a top-up is proposed, and how many top-ups in 30 days. */
const PROPOSED = { threshold: 100n * WEI_PER_CREDIT, times: 3n };

/** What the fields begin with: what was agreed to, or the smallest package at its price. */
function draftOf({ agreed }: GetTopUpReturnType, packages: readonly CreditPackage[]): TopUpDraft {
  if (agreed) {
    return {
      threshold: typedCredits(agreed.threshold),
      credits: typedCredits(agreed.credits),
      maxPrice: typedUsd(agreed.maxPrice),
      cap: typedUsd(agreed.cap),
    };
  }
  const smallest = priceTable(packages).cards[0];
  return {
    threshold: typedCredits(PROPOSED.threshold),
    credits: smallest ? typedCredits(smallest.credits) : "",
    maxPrice: smallest ? typedUsd(smallest.price) : "",
    cap: smallest ? typedUsd(smallest.price * PROPOSED.times) : "",
  };
}

export interface TopUpSheetProps {
  topUp: GetTopUpReturnType;
  packages: readonly CreditPackage[];
  /** What a plan's renewals need of the same allowance. */
  renewal: Omit<Agreements, "cap"> | undefined;
  onClose: () => void;
}

/** Agrees to automatic top-ups within limits that the contract holds. Drawn only while open. */
export function TopUpSheet({ topUp, packages, renewal, onClose }: TopUpSheetProps) {
  const t = useT();
  const { address } = useWallet();
  const balance = useBalance(address);
  const { agreed: found, isError } = useAgreed();
  const [draft, setDraft] = useState(() => draftOf(topUp, packages));
  const { agreed, problems, price } = readTopUp(draft, packages);
  const needs: Agreements = { mandate: 0n, cadence: "month", ...renewal, cap: agreed?.cap ?? 0n };
  const after = found && allowanceAfter(found.allowance, { enough: neededNext(needs), wanted: neededForYear(needs) });
  const words = {
    threshold: formatCredits(agreed?.threshold),
    credits: formatCredits(agreed?.credits),
    maxPrice: formatUsd(agreed?.maxPrice),
    cap: formatUsd(agreed?.cap),
    spent: formatUsd(topUp.spent),
  };
  const isDue = agreed && balance.data && balance.data.stelai < agreed.threshold;
  const field = (name: TopUpField, inputMode: "decimal" | "numeric", hint?: ReactNode) => {
    const problem = problems[name];
    return (
      <Input
        label={t(`topUp.sheet.${name}`)}
        inputMode={inputMode}
        autoComplete="off"
        value={draft[name]}
        hint={hint}
        error={problem && t(`topUp.problem.${problem}`)}
        onChange={(event) => {
          const { value } = event.currentTarget;
          setDraft((before) => ({ ...before, [name]: value }));
        }}
      />
    );
  };
  return (
    <PlanSheet
      onClose={onClose}
      title={t("topUp.sheet.title")}
      action={t("topUp.sheet.action", words)}
      pays={0n}
      allowance={found && after !== undefined ? { before: found.allowance, after } : undefined}
      intent={{ id: "topUp.intent.on" }}
      send={(stelai, onStep) => {
        if (!agreed) throw new TypeError("nothing is agreed to");
        return stelai.credits.setTopUp({ ...agreed, allowance: after, onStep });
      }}
      lead={
        <div className={css.fields}>
          {field("threshold", "decimal", t("topUp.sheet.thresholdHint"))}
          {field(
            "credits",
            "numeric",
            price !== undefined && t("topUp.sheet.creditsHint", { price: formatUsd(price) }),
          )}
          {field("maxPrice", "decimal", t("topUp.sheet.maxPriceHint"))}
          {field(
            "cap",
            "decimal",
            agreed && t("topUp.sheet.capHint", { count: Number(topUpsWithin(agreed.cap, agreed.maxPrice)) }),
          )}
        </div>
      }
      hold={isError ? <p>{t("plan.sheet.unread")}</p> : agreed ? undefined : <p>{t("topUp.sheet.enter")}</p>}
      after={
        <>
          {topUp.spent > 0n && <p className={css.muted}>{t("topUp.sheet.counted", words)}</p>}
          {isDue && <p className={css.muted}>{t("topUp.sheet.due")}</p>}
        </>
      }
      terms={{
        get: t("topUp.sheet.get", words),
        atMost: t("topUp.sheet.atMost", words),
        until: t("topUp.sheet.until"),
        undo: t("topUp.sheet.undo"),
      }}
    />
  );
}
