import { Choice } from "../../creator/Choice.tsx";
import { useCommission } from "../../creator/useCommission.ts";
import form from "../../creator/wizard/Form.module.css";
import { useT } from "../../i18n/react.tsx";
import { Input } from "../../ui/Input.tsx";
import { TIERS } from "../draft.ts";
import { parentsBps } from "../problems.ts";
import css from "../Selling.module.css";
import { type KnownPerson, mineBpsOf } from "../shares.ts";
import { EarnersField } from "./EarnersField.tsx";
import { ParentsField } from "./ParentsField.tsx";
import type { SellStepProps } from "./Step.tsx";
import { TierCard } from "./TierCard.tsx";

/** The second step: what is offered, for what, who earns, and how it stands to other works. */
export function TiersStep({ draft, change, problem, known }: SellStepProps & { known: readonly KnownPerson[] }) {
  const t = useT();
  const commissionBps = useCommission("Licenses");
  const earning = { commissionBps, parentsBps: parentsBps(draft), mineBps: mineBpsOf(draft) };
  return (
    <>
      <div className={css.tiers}>
        {TIERS.map((tier) => (
          <TierCard
            key={tier}
            tier={tier}
            value={draft.tiers[tier]}
            onChange={(values) => change({ kind: "tier", tier, values })}
            problem={problem}
            {...earning}
          />
        ))}
      </div>
      {problem("tiers") && (
        <p className={css.bad} role="alert">
          {problem("tiers")}
        </p>
      )}
      <Input
        label={t("sell.royalty")}
        hint={t("sell.royaltyHint")}
        inputMode="decimal"
        autoComplete="off"
        value={draft.royalty}
        error={problem("royalty")}
        onChange={(event) => change({ kind: "set", values: { royalty: event.target.value } })}
      />
      <EarnersField {...{ draft, change, problem, known }} />
      <DerivativesField
        allows={draft.allowsDerivatives}
        percent={draft.derivativePercent}
        error={problem("derivativePercent")}
        onChange={(values) => change({ kind: "set", values })}
      />
      <div className={form.section}>
        <ParentsField {...{ draft, change, problem }} />
      </div>
    </>
  );
}

export interface DerivativesFieldProps {
  allows: boolean;
  percent: string;
  error: string | undefined;
  onChange: (values: { allowsDerivatives?: boolean; derivativePercent?: string }) => void;
}

/** Whether others may build on it, and what they owe for it. */
export function DerivativesField({ allows, percent, error, onChange }: DerivativesFieldProps) {
  const t = useT();
  return (
    <div className={css.stack}>
      <Choice
        label={t("sell.derivatives")}
        value={allows}
        onChange={(allowsDerivatives) => onChange({ allowsDerivatives })}
        options={[
          { value: false, label: t("sell.derivativesNo") },
          { value: true, label: t("sell.derivativesYes") },
        ]}
      >
        {t(allows ? "sell.derivativesYesText" : "sell.derivativesNoText")}
      </Choice>
      {allows && (
        <Input
          label={t("sell.derivativePercent")}
          hint={t("sell.derivativeHint")}
          inputMode="decimal"
          autoComplete="off"
          value={percent}
          error={error}
          onChange={(event) => onChange({ derivativePercent: event.target.value })}
        />
      )}
    </div>
  );
}
