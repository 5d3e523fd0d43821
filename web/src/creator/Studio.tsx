import { type Address, isAddressEqual } from "viem";
import { useAppConfig } from "../config/ConfigContext.ts";
import { WEI_PER_MICROCREDIT } from "../format/money.ts";
import { useT } from "../i18n/react.tsx";
import { WorksSection } from "../selling/WorksSection.tsx";
import { useChainNow } from "../stelai/chainNow.ts";
import { explain } from "../stelai/explain.ts";
import { FloorRate } from "../ui/AtFloor.tsx";
import { Button } from "../ui/Button.tsx";
import { Card } from "../ui/Card.tsx";
import { ErrorState } from "../ui/ErrorState.tsx";
import { Skeleton } from "../ui/Skeleton.tsx";
import { CharacterTable } from "./CharacterTable.tsx";
import { Checklist } from "./Checklist.tsx";
import { ClaimCard } from "./ClaimCard.tsx";
import { EarningsChart } from "./EarningsChart.tsx";
import { addWaiting, NO_SUMS, type Sums, shareOf } from "./earnings.ts";
import { SinceLastVisit } from "./SinceLastVisit.tsx";
import { StatementTable } from "./StatementTable.tsx";
import css from "./Studio.module.css";
import { useCommission } from "./useCommission.ts";
import {
  type CreatorCharacters,
  type CreatorStatement,
  statementUrl,
  useCreatorCharacters,
  useCreatorStatement,
} from "./useCreatorIndex.ts";

/** What each character earned so far, collected or not. */
function earnedBy(
  account: Address,
  { characters, flows }: CreatorCharacters,
  statement: CreatorStatement,
  byUse: number,
  byPass: number,
): ReadonlyMap<bigint, Sums> {
  return new Map(
    characters.map(({ id, payee, accrued, harvestable }) => {
      const add = (sums: Sums, micro: bigint, commissionBps: number) => {
        const gross = micro * WEI_PER_MICROCREDIT;
        return addWaiting(sums, gross, shareOf(account, payee, gross, commissionBps, flows), commissionBps);
      };
      const collected = statement.characters.get(id) ?? NO_SUMS;
      return [id, add(add(collected, accrued, byUse), harvestable, byPass)];
    }),
  );
}

/** What an account earned and can claim, and the characters it earns with. */
export function Studio({ account }: { account: Address }) {
  const t = useT();
  const { indexerUrl } = useAppConfig();
  const own = useCreatorCharacters(account);
  const statement = useCreatorStatement(account, indexerUrl);
  const byUse = useCommission("InferenceMeter");
  const byPass = useCommission("CharacterAccess");
  // What was read before an outage stays on the screen.
  const failure = (own.data ? undefined : own.error) ?? (statement.data ? undefined : statement.error);
  const characters = own.data?.characters;
  const isNew =
    characters?.every(({ inferences, harvestable }) => inferences === 0n && harvestable === 0n) &&
    statement.data?.lines.length === 0;
  const earned =
    own.data && statement.data && byUse !== undefined && byPass !== undefined
      ? earnedBy(account, own.data, statement.data, byUse, byPass)
      : undefined;
  const now = useChainNow();
  const net = earned && [...earned.values()].reduce((sum, each) => sum + each.net, 0n);
  const newest = characters?.find(({ owner }) => isAddressEqual(owner, account));
  return (
    <div className={css.studio}>
      {net !== undefined && <SinceLastVisit account={account} net={net} now={now} />}
      <div className={css.top}>
        <ClaimCard account={account} own={own.data} isIndexDown={!own.data && own.error !== null} />
        {isNew ? (
          <Checklist newest={newest} />
        ) : (
          !failure && (
            <Card className={css.chart}>
              {statement.data ? <EarningsChart days={statement.data.days} now={now} /> : <Skeleton height="15rem" />}
            </Card>
          )
        )}
        {failure && (
          <ErrorState
            what={t("studio.indexDown")}
            money="untouched"
            technical={explain(failure).technical ?? failure.message}
            actions={
              <Button
                onClick={() => {
                  void own.refetch();
                  void statement.refetch();
                }}
              >
                {t("studio.again")}
              </Button>
            }
          >
            {t("studio.indexDownText")}
          </ErrorState>
        )}
      </div>
      {characters && characters.length > 0 && (
        <section className={css.section}>
          <h2>{t("studio.characters")}</h2>
          <p className={css.note}>
            {t("studio.charactersText")} <FloorRate />
          </p>
          <CharacterTable account={account} characters={characters} earned={earned} />
        </section>
      )}
      {!characters && !failure && <Skeleton height="12rem" />}
      <WorksSection account={account} earned={statement.data?.works} />
      {statement.data && !isNew && (
        <StatementTable
          statement={statement.data}
          characters={characters ?? []}
          csvUrl={statementUrl(indexerUrl, account, "csv")}
        />
      )}
    </div>
  );
}
