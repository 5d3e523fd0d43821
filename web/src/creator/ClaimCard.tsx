import { useClaimable, useSolvency } from "@stelai/sdk/react";
import { useState } from "react";
import type { Address } from "viem";
import { formatCredits, formatUsd, WEI_PER_MICROCREDIT, worth } from "../format/money.ts";
import { useT } from "../i18n/react.tsx";
import { explain } from "../stelai/explain.ts";
import { Amount } from "../ui/Amount.tsx";
import { Button } from "../ui/Button.tsx";
import { Card } from "../ui/Card.tsx";
import { ErrorState } from "../ui/ErrorState.tsx";
import { Skeleton } from "../ui/Skeleton.tsx";
import css from "./ClaimCard.module.css";
import { type ClaimPlan, ClaimSheet, type Uncollected } from "./ClaimSheet.tsx";
import { shareOf } from "./earnings.ts";
import { useCommission } from "./useCommission.ts";
import type { CreatorCharacters } from "./useCreatorIndex.ts";

export interface ClaimCardProps {
  account: Address;
  /** Undefined while the index does not tell: then what was not collected yet is not counted. */
  own: CreatorCharacters | undefined;
  /** Whether the index is out of reach. */
  isIndexDown: boolean;
}

/** What waits for an account, by character and by where it was earned, where it is anything. */
function uncollectedOf(
  { characters, flows }: CreatorCharacters,
  account: Address,
  byUse: number,
  byPass: number,
): Uncollected[] {
  const net = (payee: bigint, micro: bigint, commissionBps: number) =>
    shareOf(account, payee, micro * WEI_PER_MICROCREDIT, commissionBps, flows);
  return characters
    .flatMap(({ id, metadataURI, payee, accrued, harvestable }): Uncollected[] => [
      { id, metadataURI, from: "use", net: net(payee, accrued, byUse) },
      { id, metadataURI, from: "passes", net: net(payee, harvestable, byPass) },
    ])
    .filter((each) => each.net > 0n);
}

/** What can be claimed now, net, and the two ways to take it. */
export function ClaimCard({ account, own, isIndexDown }: ClaimCardProps) {
  const t = useT();
  const claimable = useClaimable(account, { refetchInterval: 10_000 });
  const { data: solvency } = useSolvency();
  const byUse = useCommission("InferenceMeter");
  const byPass = useCommission("CharacterAccess");
  const [plan, setPlan] = useState<ClaimPlan>();

  const floor = solvency?.floorPrice;
  const isKnown = own && byUse !== undefined && byPass !== undefined;
  const uncollected = isKnown ? uncollectedOf(own, account, byUse, byPass) : undefined;
  const waitingFrom = (source: Uncollected["from"]) =>
    uncollected?.reduce((sum, { net, from }) => (from === source ? sum + net : sum), 0n);
  const [unsettled, vested] = [waitingFrom("use"), waitingFrom("passes")];
  const waiting = unsettled === undefined || vested === undefined ? undefined : unsettled + vested;
  const found = claimable.data;
  const total = found && (waiting !== undefined || isIndexDown) ? found.total + (waiting ?? 0n) : undefined;
  const cashOut = worth(total, floor);
  const canClaim = total !== undefined && total > 0n;
  const begin = (isCashOut: boolean) => {
    if (total === undefined) return;
    setPlan({ uncollected: uncollected ?? [], total, cashOut: isCashOut ? cashOut : undefined, floor });
  };

  return (
    <Card className={css.card}>
      <h2>{t("studio.claimable")}</h2>
      <div className={css.total}>
        {total === undefined && !claimable.error ? (
          <Skeleton width="12rem" height="1.75rem" />
        ) : (
          <Amount wei={total} rounding="down" at="floor" />
        )}
      </div>
      {claimable.error && !found && (
        <ErrorState
          what={explain(claimable.error).what}
          money="untouched"
          technical={explain(claimable.error).technical}
          actions={<Button onClick={() => void claimable.refetch()}>{t("studio.again")}</Button>}
        />
      )}
      {found && (
        <dl className={css.parts}>
          <div>
            <dt>{t("studio.direct")}</dt>
            <dd>{formatCredits(found.direct, { rounding: "down" })}</dd>
          </div>
          {found.throughSplits > 0n && (
            <div>
              <dt>{t("studio.throughSplits")}</dt>
              <dd>{formatCredits(found.throughSplits, { rounding: "down" })}</dd>
            </div>
          )}
          <div>
            <dt>{t("studio.uncollected")}</dt>
            <dd>{formatCredits(unsettled, { rounding: "down" })}</dd>
          </div>
          {vested !== undefined && vested > 0n && (
            <div>
              <dt>{t("studio.unharvested")}</dt>
              <dd>{formatCredits(vested, { rounding: "down" })}</dd>
            </div>
          )}
        </dl>
      )}
      <div className={css.actions}>
        <Button variant="primary" disabled={!canClaim} onClick={() => begin(false)}>
          {canClaim
            ? t("studio.claim.action", { amount: formatCredits(total, { rounding: "down" }) })
            : t("studio.claim.nothing")}
        </Button>
        <Button disabled={!canClaim || !cashOut} onClick={() => begin(true)}>
          {canClaim && cashOut
            ? t("studio.cashOut.button", { usd: formatUsd(cashOut, { rounding: "down" }) })
            : t("studio.cashOut.nothing")}
        </Button>
      </div>
      {vested !== undefined && vested > 0n && <p className={css.note}>{t("studio.harvestFirst")}</p>}
      <p className={css.note}>{t("studio.floor", { rate: formatUsd(floor) })}</p>
      {isIndexDown && <p className={css.note}>{t("studio.indexDownClaim")}</p>}
      {plan && <ClaimSheet plan={plan} account={account} onClose={() => setPlan(undefined)} />}
    </Card>
  );
}
