import type { OrderView } from "@stelai/sdk";
import { useStelai } from "@stelai/sdk/react";
import { useCallback, useState } from "react";
import { useAppConfig } from "../config/ConfigContext.ts";
import { Choice } from "../creator/Choice.tsx";
import { SignInFirst } from "../creator/SignInFirst.tsx";
import { formatCredits, WEI_PER_MICROCREDIT } from "../format/money.ts";
import { useT } from "../i18n/react.tsx";
import { formatSpan } from "../selling/span.ts";
import { SigningSheet } from "../signing/SigningSheet.tsx";
import type { SigningRun } from "../signing/terms.ts";
import { useAct } from "../signing/useAct.ts";
import { explain } from "../stelai/explain.ts";
import { Button } from "../ui/Button.tsx";
import { Hash } from "../ui/Hash.tsx";
import { TextArea } from "../ui/TextArea.tsx";
import css from "./Desks.module.css";

/** What the operator stores of such a text (`reviewTextSchema`). */
const LONGEST = 2_000;

/** Refund or release, with a reason that stays. */
export function DecideForm({ order, delay }: { order: OrderView; delay: number }) {
  const t = useT();
  const [isRefund, setRefund] = useState<boolean>();
  const [reason, setReason] = useState("");
  const [tried, setTried] = useState(false);
  const [deciding, setDeciding] = useState(false);
  const sum = formatCredits((order.price + (order.bond ?? 0n)) * WEI_PER_MICROCREDIT);
  if (delay > 0) return <p className={css.warn}>{t("desk.delayCase", { delay: formatSpan(BigInt(delay)) })}</p>;
  return (
    <form
      noValidate
      className={css.form}
      onSubmit={(event) => {
        event.preventDefault();
        setTried(true);
        if (isRefund !== undefined && reason.trim() !== "") setDeciding(true);
      }}
    >
      <h3>{t("desk.decide")}</h3>
      <Choice<"refund" | "release" | "none">
        label={t("desk.decision")}
        value={isRefund === undefined ? "none" : isRefund ? "refund" : "release"}
        onChange={(value) => setRefund(value === "refund")}
        options={[
          { value: "refund", label: t("desk.refund") },
          { value: "release", label: t("desk.release") },
        ]}
      >
        {isRefund === undefined
          ? tried && <span role="alert">{t("desk.decisionMissing")}</span>
          : t(isRefund ? "desk.refundText" : "desk.releaseText", { sum })}
      </Choice>
      <TextArea
        label={t("desk.reason")}
        hint={t("desk.reasonHint")}
        maxLength={LONGEST}
        value={reason}
        error={tried && reason.trim() === "" ? t("desk.reasonMissing") : undefined}
        onChange={(event) => setReason(event.target.value)}
      />
      <div>
        <Button type="submit" variant="primary">
          {t("desk.decide")}
        </Button>
      </div>
      {deciding && isRefund !== undefined && (
        <SignInFirst why="desk.signInReason" onClose={() => setDeciding(false)}>
          <DecideSheet {...{ order, isRefund, sum }} reason={reason.trim()} onClose={() => setDeciding(false)} />
        </SignInFirst>
      )}
    </form>
  );
}

interface DecideSheetProps {
  order: OrderView;
  isRefund: boolean;
  reason: string;
  sum: string;
  onClose: () => void;
}

function DecideSheet({ order: { licenceId, holder, seller }, isRefund, reason, sum, onClose }: DecideSheetProps) {
  const t = useT();
  const act = useAct();
  const stelai = useStelai();
  const { contracts } = useAppConfig();
  const id = String(licenceId);
  const sign = useCallback(
    async (run: SigningRun) => {
      const { uri } = await stelai.relayer.uploadContent({ reviewText: reason });
      const intent = { id: isRefund ? "desk.intent.refund" : "desk.intent.release", values: { id } } as const;
      await act(run, intent, (mine) => mine.market.resolve({ licenceId, isRefund, reasonURI: uri }));
    },
    [act, stelai, licenceId, isRefund, reason, id],
  );
  const to = isRefund ? holder : seller;
  return (
    <SigningSheet
      open
      onClose={onClose}
      title={t(isRefund ? "desk.refundTitle" : "desk.releaseTitle", { id })}
      action={t(isRefund ? "desk.refund" : "desk.release")}
      kind="transaction"
      onSign={sign}
      sending={{ label: t("desk.deciding"), seconds: 10 }}
      explain={explain}
      terms={{
        get: (
          <>
            <div>{t(isRefund ? "desk.refundText" : "desk.releaseText", { sum })}</div>
            <div>
              {t(isRefund ? "desk.holder" : "desk.seller")}: <Hash value={to} what={t("desk.account")} />
            </div>
          </>
        ),
        now: t("publish.create.now"),
        to: (
          <>
            {t("publish.create.to")} <Hash value={contracts.Licenses} what={t("publish.create.to")} />
          </>
        ),
        undo: t("desk.decideUndo"),
        cost: t("desk.cost"),
      }}
    />
  );
}
