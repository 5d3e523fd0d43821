import type { OperatorInfo } from "@stelai/sdk";
import { useT } from "../../i18n/react.tsx";
import { Hash } from "../../ui/Hash.tsx";
import { Input } from "../../ui/Input.tsx";
import { Skeleton } from "../../ui/Skeleton.tsx";
import { Choice } from "../Choice.tsx";
import { termsOf } from "../compose.ts";
import { PriceFields, PriceWarnings } from "../PriceFields.tsx";
import css from "./Form.module.css";
import type { StepProps } from "./Step.tsx";

/** What it costs, who earns, and who serves it. */
export function PricesStep({ draft, set, problem, operator }: StepProps & { operator: OperatorInfo | undefined }) {
  const t = useT();
  return (
    <>
      <Choice
        label={t("publish.priceKind")}
        value={draft.isFree}
        onChange={(isFree) => set({ isFree })}
        options={[
          { value: false, label: t("publish.paid") },
          { value: true, label: t("publish.free") },
        ]}
      >
        {draft.isFree && t(draft.modality === "Chat" ? "publish.freeText" : "tools.freeText")}
      </Choice>
      {!draft.isFree && (
        <>
          <PriceFields
            modality={draft.modality}
            values={draft}
            problem={problem}
            onChange={(field, text) => set({ [field]: text })}
          />
          <PriceWarnings terms={termsOf(draft)} modality={draft.modality} />
        </>
      )}
      <Choice
        label={t("publish.split")}
        value={draft.isShared}
        onChange={(isShared) => set({ isShared })}
        options={[
          { value: false, label: t("publish.alone") },
          { value: true, label: t("publish.shared") },
        ]}
      >
        {draft.isShared && t("publish.partnerHint")}
      </Choice>
      {draft.isShared && (
        <div className={css.pair}>
          <Input
            label={t("publish.partner")}
            autoComplete="off"
            spellCheck={false}
            value={draft.partner}
            error={problem("partner")}
            onChange={(event) => set({ partner: event.target.value })}
          />
          <Input
            label={t("publish.partnerPercent")}
            inputMode="decimal"
            autoComplete="off"
            value={draft.partnerPercent}
            error={problem("partnerPercent")}
            onChange={(event) => set({ partnerPercent: event.target.value })}
          />
        </div>
      )}
      <div>
        <div className={css.label}>{t("publish.operator")}</div>
        {operator ? (
          <Hash value={operator.operator} what={t("publish.operatorAddress")} />
        ) : (
          <Skeleton width="8rem" height="1.5rem" />
        )}
        <p className={css.hint}>{t("publish.operatorText")}</p>
      </div>
    </>
  );
}
