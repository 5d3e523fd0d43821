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
import { useKept } from "../studio/stored.ts";
import { Button } from "../ui/Button.tsx";
import { CopyButton } from "../ui/CopyButton.tsx";
import { Hash } from "../ui/Hash.tsx";
import { TextArea } from "../ui/TextArea.tsx";
import css from "./Desks.module.css";

/** What the operator stores of such a text (`reviewTextSchema`). */
const LONGEST = 2_000;

/** Where a reason is kept until it is stored. */
const reasonKey = (licenceId: bigint) => `decide:${licenceId}`;

/** The reason of a decision that went without it: it stands here alone, to be copied. */
export function KeptReason({ licenceId }: { licenceId: bigint }) {
  const t = useT();
  const [reason] = useKept(reasonKey(licenceId), "");
  if (reason.trim() === "") return null;
  return (
    <section className={css.section} aria-labelledby="desk-kept">
      <h3 id="desk-kept">
        {t("desk.kept")} <CopyButton text={reason} what={t("desk.reason")} />
      </h3>
      <p className={css.words} translate="no">
        {reason}
      </p>
    </section>
  );
}

interface DecideFormProps {
  order: OrderView;
  delay: number;
  /** Told that a decision is on its way, and that it is no longer. */
  onDeciding: (isDeciding: boolean) => void;
}

/** Refund or release, with a reason that stays. */
export function DecideForm({ order, delay, onDeciding }: DecideFormProps) {
  const t = useT();
  const [isRefund, setRefund] = useState<boolean>();
  const [reason, setReason] = useKept(reasonKey(order.licenceId), "");
  const [tried, setTried] = useState(false);
  const [deciding, setDeciding] = useState<"stored" | "bare">();
  // A sign-in did not come about, or storing failed: the resolver is not kept from deciding by that.
  const [isUnstored, setUnstored] = useState(false);
  const sum = formatCredits((order.price + (order.bond ?? 0n)) * WEI_PER_MICROCREDIT);
  if (delay > 0) return <p className={css.warn}>{t("desk.delayCase", { delay: formatSpan(BigInt(delay)) })}</p>;
  const sheet = {
    ...{ order, sum, reason: reason.trim(), onClose: () => setDeciding(undefined) },
    onSaid: () => setReason(""),
    onDeciding,
    onUnstored: () => {
      setUnstored(true);
      setDeciding("bare");
    },
  };
  return (
    <form
      noValidate
      className={css.form}
      onSubmit={(event) => {
        event.preventDefault();
        setTried(true);
        if (isRefund !== undefined && reason.trim() !== "") setDeciding("stored");
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
      {isUnstored && isRefund !== undefined && reason.trim() !== "" && (
        <div className={css.row}>
          <p className={css.warn}>
            {t("desk.unstored")} <CopyButton text={reason.trim()} what={t("desk.reason")} />
          </p>
          <Button onClick={() => setDeciding("bare")}>{t("desk.without")}</Button>
        </div>
      )}
      {deciding === "stored" && isRefund !== undefined && (
        <SignInFirst
          why="desk.signInReason"
          onClose={() => {
            setDeciding(undefined);
            setUnstored(true);
          }}
        >
          <DecideSheet {...sheet} isRefund={isRefund} />
        </SignInFirst>
      )}
      {deciding === "bare" && isRefund !== undefined && <DecideSheet {...sheet} isRefund={isRefund} isBare />}
    </form>
  );
}

interface DecideSheetProps {
  order: OrderView;
  isRefund: boolean;
  reason: string;
  sum: string;
  onClose: () => void;
  /** When the decision stands with its reason. */
  onSaid: () => void;
  onDeciding: (isDeciding: boolean) => void;
  /** Goes on without the reason. */
  onUnstored: () => void;
  /** Whether the decision is sent without it. */
  isBare?: boolean;
}

function DecideSheet({ order, isRefund, reason, sum, isBare = false, ...told }: DecideSheetProps) {
  const { onClose, onSaid, onDeciding, onUnstored } = told;
  const { licenceId, holder, seller } = order;
  const t = useT();
  const act = useAct();
  const stelai = useStelai();
  const { contracts } = useAppConfig();
  const id = String(licenceId);
  const [isUnstored, setUnstored] = useState(false);
  const store = useCallback(async () => {
    setUnstored(true);
    const { uri } = await stelai.relayer.uploadContent({ reviewText: reason });
    setUnstored(false);
    return uri;
  }, [stelai, reason]);
  const sign = useCallback(
    async (run: SigningRun) => {
      const uri = isBare ? "" : await store();
      const intent = { id: isRefund ? "desk.intent.refund" : "desk.intent.release", values: { id } } as const;
      onDeciding(true);
      try {
        await act(run, intent, (mine) => mine.market.resolve({ licenceId, isRefund, reasonURI: uri }));
        if (!isBare) onSaid();
      } finally {
        onDeciding(false);
      }
    },
    [act, store, licenceId, isBare, isRefund, onSaid, onDeciding, id],
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
      explain={(error) => {
        const explained = explain(error);
        // What the chain or the wallet refused, they would refuse without the reason, too.
        if (!isUnstored) return explained;
        return { ...explained, actions: <Button onClick={onUnstored}>{t("desk.without")}</Button> };
      }}
      lead={isBare && <p role="alert">{t("desk.unstored")}</p>}
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
