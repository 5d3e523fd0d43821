import type { Allowance } from "@stelai/sdk";
import { useState } from "react";
import type { Address } from "viem";
import { useAppConfig } from "../config/ConfigContext.ts";
import { formatCredits, formatUsd, WEI_PER_MICROCREDIT } from "../format/money.ts";
import { formatMoment } from "../format/time.ts";
import { useT } from "../i18n/react.tsx";
import { useNameOfCharacter } from "../people/names.ts";
import { usePlanNames } from "../plans/usePlanNames.ts";
import { explain } from "../stelai/explain.ts";
import { Button } from "../ui/Button.tsx";
import { EmptyState } from "../ui/EmptyState.tsx";
import { ErrorState } from "../ui/ErrorState.tsx";
import { Hash } from "../ui/Hash.tsx";
import { Link } from "../ui/Link.tsx";
import { Skeleton } from "../ui/Skeleton.tsx";
import css from "./Allowances.module.css";
import { type Agreement, mostNow } from "./agreements.ts";
import { RevokeSheet } from "./RevokeSheet.tsx";
import { useAgreements, useAllowances } from "./useAllowances.ts";

/** What the account lets our contracts take: what for, at most how much now and by what was agreed, and the way back. */
export function Allowances({ account }: { account: Address }) {
  const t = useT();
  const { data, error, refetch } = useAllowances(account);
  const agreements = useAgreements(account);
  const words = useAmountWords();
  const [revoking, setRevoking] = useState<Allowance>();
  if (error && !data) {
    const { what, technical } = explain(error);
    return (
      <ErrorState
        what={what}
        money="untouched"
        technical={technical}
        actions={<Button onClick={() => void refetch()}>{t("allowances.again")}</Button>}
      >
        {t("allowances.unread")}
      </ErrorState>
    );
  }
  if (!data) return <Skeleton height="12rem" />;
  const given = data.filter(({ amount }) => amount > 0n);
  const others = data.filter(({ amount }) => amount === 0n);
  return (
    <div className={css.page}>
      {given.length === 0 ? (
        <EmptyState title={t("allowances.none")}>{t("allowances.noneText")}</EmptyState>
      ) : (
        <ul className={css.list}>
          {given.map((one) => (
            <Given
              key={one.contract}
              of={one}
              agreements={agreements.of(one.contract)}
              isUnknown={one.contract === "CharacterAccess" && agreements.isIndexDown}
              onRevoke={() => setRevoking(one)}
            />
          ))}
        </ul>
      )}
      {given.length > 0 && others.length > 0 && (
        <p className={css.muted}>
          {t("allowances.others", { names: others.map(({ contract }) => t(`contract.${contract}`)).join(", ") })}
        </p>
      )}
      <p className={css.muted}>{t("allowances.only")}</p>
      {revoking && (
        <RevokeSheet
          allowance={revoking}
          amount={words(revoking)}
          agreements={agreements.of(revoking.contract) ?? []}
          onClose={() => setRevoking(undefined)}
        />
      )}
    </div>
  );
}

/** How an allowance is told: dollars of USDC, credits of STELAI. */
function useAmountWords(): (of: Pick<Allowance, "asset" | "amount" | "isUnlimited">) => string {
  const t = useT();
  return ({ asset, amount, isUnlimited }) =>
    isUnlimited
      ? t("allowances.endless")
      : asset === "stelai"
        ? t("allowances.credits", { amount: formatCredits(amount, { rounding: "up" }) })
        : formatUsd(amount, { rounding: "up" });
}

interface GivenProps {
  of: Allowance;
  /** Undefined while it is not known. */
  agreements: readonly Agreement[] | undefined;
  /** Whether it cannot be known now. */
  isUnknown: boolean;
  onRevoke: () => void;
}

function Given({ of, agreements, isUnknown, onRevoke }: GivenProps) {
  const t = useT();
  const { contracts } = useAppConfig();
  const words = useAmountWords();
  const { contract, asset, uses } = of;
  const unit = asset === "stelai" ? WEI_PER_MICROCREDIT : 1n;
  const most = agreements && mostNow(of.amount / unit, agreements) * unit;
  const name = t(`contract.${contract}`);
  return (
    <li className={css.row}>
      <div className={css.what}>
        <h2>
          {name} <Hash value={contracts[contract]} what={name} />
        </h2>
        <ul className={css.uses}>
          {uses.map((use) => (
            <li key={use}>{t(`allowances.for.${use}`)}</li>
          ))}
        </ul>
        {isUnknown ? (
          <p className={css.muted}>{t("allowances.indexDown")}</p>
        ) : !agreements ? (
          <Skeleton height="1.5rem" width="16rem" />
        ) : agreements.length === 0 ? (
          <p className={css.muted}>{t("allowances.byItself.none")}</p>
        ) : (
          <>
            <p>{t("allowances.byItself", { most: words({ asset, amount: most ?? 0n, isUnlimited: false }) })}</p>
            <ul className={css.agreements}>
              {agreements.map((each) => (
                <li key={each.kind === "pass" ? `pass ${each.characterId}` : each.kind}>
                  <AgreementLine of={each} />
                </li>
              ))}
            </ul>
          </>
        )}
      </div>
      <div className={css.end}>
        <span className={css.amount}>
          <span className={css.muted}>{t("allowances.atMost")}</span> {words(of)}
        </span>
        <Button size="small" aria-label={t("allowances.revokeOf", { name })} onClick={onRevoke}>
          {t("allowances.revoke")}
        </Button>
      </div>
    </li>
  );
}

function AgreementLine({ of }: { of: Agreement }) {
  const t = useT();
  const planName = usePlanNames();
  if (of.kind === "pass") return <PassLine of={of} />;
  if (of.kind === "plan") {
    const when = formatMoment(Number(of.next));
    return (
      <Link href="/credits#plans">
        {t("allowances.plan", { name: planName(of.planId), most: formatUsd(of.most), when })}
      </Link>
    );
  }
  const { most, cap, each } = of;
  return (
    <Link href="/credits#top-up">
      {t("allowances.topUps", { each: formatUsd(each), most: formatUsd(most), cap: formatUsd(cap) })}
    </Link>
  );
}

function PassLine({ of: { characterId, most, next } }: { of: Extract<Agreement, { kind: "pass" }> }) {
  const t = useT();
  const name = useNameOfCharacter(characterId);
  const credits = formatCredits(most * WEI_PER_MICROCREDIT, { rounding: "up" });
  return <Link href="/library">{t("allowances.pass", { name, credits, when: formatMoment(Number(next)) })}</Link>;
}
