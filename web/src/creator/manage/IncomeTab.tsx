import { characterAccessAbi } from "@stelai/sdk/abis";
import { useHarvestable, useIncome } from "@stelai/sdk/react";
import { useCallback, useId, useMemo, useState } from "react";
import { encodeFunctionData } from "viem";
import { useAppConfig } from "../../config/ConfigContext.ts";
import { formatCredits, formatEther, WEI_PER_MICROCREDIT } from "../../format/money.ts";
import { formatUtcDay } from "../../format/time.ts";
import { useT } from "../../i18n/react.tsx";
import { SigningSheet } from "../../signing/SigningSheet.tsx";
import type { SigningRun } from "../../signing/terms.ts";
import { useAct } from "../../signing/useAct.ts";
import { useChainNow } from "../../stelai/chainNow.ts";
import { explain } from "../../stelai/explain.ts";
import { AtFloor, FloorRate, UsdAtFloor } from "../../ui/AtFloor.tsx";
import { BarChart } from "../../ui/BarChart.tsx";
import { Button } from "../../ui/Button.tsx";
import { Card } from "../../ui/Card.tsx";
import { EmptyState } from "../../ui/EmptyState.tsx";
import { ErrorState } from "../../ui/ErrorState.tsx";
import { Hash } from "../../ui/Hash.tsx";
import { ButtonLink } from "../../ui/Link.tsx";
import { Skeleton } from "../../ui/Skeleton.tsx";
import { useNetworkFee } from "../useNetworkFee.ts";
import css from "./Manage.module.css";
import type { ManagedCharacter } from "./managed.ts";

const DAY_SECONDS = 86_400;
const shown = (micro: bigint) => formatCredits(micro * WEI_PER_MICROCREDIT, { rounding: "down" });

/** What passes brought day by day and will bring, and the way from there to the wallet. */
export function IncomeTab({ character }: { character: ManagedCharacter }) {
  const t = useT();
  const heading = useId();
  const now = useChainNow();
  const { data, error, refetch } = useIncome(character.characterId, 30, { refetchInterval: 10_000 });
  const { data: harvestable = 0n } = useHarvestable(character.characterId, { refetchInterval: 10_000 });
  const [harvesting, setHarvesting] = useState<bigint>();
  if (error && !data) {
    return (
      <ErrorState
        what={t("manage.indexDown")}
        money="untouched"
        technical={explain(error).technical ?? error.message}
        actions={<Button onClick={() => void refetch()}>{t("studio.again")}</Button>}
      >
        {t("income.indexDown")}
      </ErrorState>
    );
  }
  if (!data) return <Skeleton height="24rem" />;
  if (data.sold === 0n) {
    return (
      <EmptyState title={t("income.empty")} actions={<ButtonLink href="/create">{t("income.toStudio")}</ButtonLink>}>
        <p>{t("income.emptyText")}</p>
      </EmptyState>
    );
  }
  const today = Math.floor(Number(now) / DAY_SECONDS);
  const facts = [
    [t("income.vested"), data.vested, t("income.vestedText")],
    [t("income.harvested"), data.harvested, t("income.harvestedText")],
    [t("income.toCome"), data.toCome, t("income.toComeText")],
    [t("income.refunded"), data.refunded, t("income.refundedText")],
  ] as const;
  return (
    <div className={css.section}>
      <section className={css.section} aria-labelledby={heading}>
        <h2 id={heading}>{t("income.title")}</h2>
        <p className={css.note}>
          {t("income.text")} <FloorRate />
        </p>
        <dl className={css.facts}>
          {facts.map(([label, amount, text]) => (
            <div key={label}>
              <dt>{label}</dt>
              <dd>
                {shown(amount)}
                <small>
                  <UsdAtFloor micro={amount} />
                </small>
                <small>{text}</small>
              </dd>
            </div>
          ))}
        </dl>
      </section>
      <Card className={css.section}>
        <p>
          {harvestable > 0n ? t("income.waiting", { amount: shown(harvestable) }) : t("income.nothingWaits")}{" "}
          {harvestable > 0n && <AtFloor micro={harvestable} />}
        </p>
        <div className={css.row}>
          <Button variant="primary" disabled={harvestable === 0n} onClick={() => setHarvesting(harvestable)}>
            {harvestable > 0n ? t("income.harvest", { amount: shown(harvestable) }) : t("income.harvestNothing")}
          </Button>
          <ButtonLink href="/create">{t("income.toStudio")}</ButtonLink>
        </div>
      </Card>
      <Card>
        <BarChart
          title={t("income.chart")}
          bars={data.days.map(({ day, vests }) => ({
            label: formatUtcDay(day * DAY_SECONDS),
            value: vests,
            isAhead: day > today,
          }))}
          columns={[t("studio.chart.day"), t("income.vests")]}
          format={shown}
          ahead={t("income.ahead")}
        />
      </Card>
      {harvesting !== undefined && (
        <HarvestSheet character={character} amount={harvesting} onClose={() => setHarvesting(undefined)} />
      )}
    </div>
  );
}

interface HarvestSheetProps {
  character: ManagedCharacter;
  /** Microcredits, gross. */
  amount: bigint;
  onClose: () => void;
}

function HarvestSheet({ character: { characterId, name }, amount, onClose }: HarvestSheetProps) {
  const t = useT();
  const act = useAct();
  const { contracts } = useAppConfig();
  const call = useMemo(() => {
    const data = encodeFunctionData({ abi: characterAccessAbi, functionName: "harvest", args: [characterId, 400n] });
    return { to: contracts.CharacterAccess, data };
  }, [contracts, characterId]);
  const fee = useNetworkFee(call);
  const harvest = useCallback(
    async (run: SigningRun) => {
      const intent = { id: "income.harvest.intent", values: { name } } as const;
      await act(run, intent, (stelai) => stelai.access.harvest({ characterId }));
    },
    [act, characterId, name],
  );
  return (
    <SigningSheet
      open
      onClose={onClose}
      title={t("income.harvest.title", { name })}
      action={t("income.harvest", { amount: shown(amount) })}
      kind="transaction"
      onSign={harvest}
      sending={{ label: t("income.harvest.sending"), seconds: 10 }}
      explain={explain}
      terms={{
        get: (
          <>
            {t("income.harvest.get", { amount: shown(amount) })}
            <div>
              <AtFloor micro={amount} />
            </div>
          </>
        ),
        now: t("studio.collect.now"),
        to: (
          <>
            {t("income.harvest.to")} <Hash value={contracts.CharacterAccess} what={t("income.harvest.to")} />
          </>
        ),
        undo: t("income.harvest.undo"),
        cost: t("publish.create.cost", { fee: formatEther(fee) }),
      }}
    />
  );
}
